// @ts-check
import { spawn } from 'node:child_process';
import { repositoryFolder } from './bootstrap/repository.mjs';

/**
 * Runs a Node.js program with this terminal, from the root of the repository.
 *
 * @param {string} program path relative to the repository
 * @param {readonly string[]} programArguments
 * @returns {Promise<number>} its exit code; 1 where a signal ended it
 */
export function runInForeground(program, programArguments) {
  const child = spawn(process.execPath, [program, ...programArguments], {
    cwd: repositoryFolder,
    stdio: 'inherit',
  });
  // The terminal sends Ctrl-C to both: wait for the child's own end.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.on(signal, () => child.kill(signal));
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
