import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs `openssl` and answers what it prints. @throws {Error} with what it said */
export async function openssl(words: readonly string[]): Promise<string> {
  try {
    const { stdout } = await run('openssl', [...words], {
      // Nothing of the host's own configuration gets into a certificate.
      env: { PATH: process.env.PATH ?? '/usr/bin:/bin', OPENSSL_CONF: '/dev/null' },
    });
    return stdout;
  } catch (error) {
    const said = String((error as { stderr?: string }).stderr ?? (error as Error).message);
    const [last = 'no message'] = said.trim().split('\n').slice(-1);
    throw new Error(`openssl ${words[0]}: ${last}`, { cause: error });
  }
}
