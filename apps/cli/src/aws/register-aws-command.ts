import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';

/** Beside this program's own, as both are built. */
const awsProgram = fileURLToPath(new URL('../../aws/dist/main.js', import.meta.url));

/**
 * `strongroom aws …` is a program of its own: what it takes is large, and whoever stays on one machine
 * never loads it. It has the same words and the same terminal.
 */
export function registerAwsCommand(
  program: Command,
  finish: (status: number) => void,
  path: string = awsProgram,
): void {
  program
    .enablePositionalOptions()
    .command('aws')
    .description('the same domain on AWS: synth, verify, diff, deploy, check, cost, destroy')
    .argument('[words...]')
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .action(async (words: string[]) => finish(await runInThisTerminal(path, words)));
}

function runInThisTerminal(path: string, words: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [path, ...words], { stdio: 'inherit' });
  const pass = (signal: NodeJS.Signals) => child.kill(signal);
  const signals = ['SIGINT', 'SIGTERM'] as const;
  // The terminal sends Ctrl-C to both: wait for the child's own end.
  for (const signal of signals) process.on(signal, pass);
  return new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  }).finally(() => {
    for (const signal of signals) process.off(signal, pass);
  });
}
