import { spawn } from 'node:child_process';
import { buffer } from 'node:stream/consumers';

/** One Git command on the repository that the hook runs in. */
export async function git(
  words: readonly string[],
  input = '',
): Promise<{ readonly exitCode: number | null; readonly output: Buffer }> {
  const child = spawn('git', words, { stdio: ['pipe', 'pipe', 'ignore'] });
  child.stdin.on('error', () => undefined).end(input);
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  const output = await buffer(child.stdout);
  return { exitCode: await closed, output };
}

/** @throws {Error} */
export async function gitOutput(words: readonly string[], input = ''): Promise<Buffer> {
  const { exitCode, output } = await git(words, input);
  if (exitCode === 0) return output;
  throw new Error(`Cannot look at the push: git ${words[0]} failed with ${exitCode}`);
}
