// @ts-check
import { spawn } from 'node:child_process';
import { reportProgress } from './report-progress.mjs';
import { repositoryFolder } from './repository.mjs';
import { SetUpError } from './set-up-error.mjs';

const keptLines = 40;

/**
 * Runs one long step of the set-up, says how long it has taken while it runs, and shows what the
 * program wrote only if it fails.
 *
 * @param {{ title: string, command: string, arguments: readonly string[], environment?: NodeJS.ProcessEnv, folder?: string }} step
 * @returns {Promise<void>}
 */
export async function runStep(step) {
  const child = spawn(step.command, step.arguments, {
    cwd: step.folder ?? repositoryFolder,
    env: { ...process.env, ...step.environment },
    // The terminal stays the child's standard input: sudo may have to ask for a password.
    stdio: [process.stdin.isTTY ? 'inherit' : 'ignore', 'pipe', 'pipe'],
  });
  const progress = reportProgress(step.title);
  /** @type {string[]} */
  const lines = [];
  const keep = (/** @type {Buffer} */ chunk) => {
    lines.push(...chunk.toString().split('\n').filter(Boolean));
    lines.splice(0, lines.length - keptLines);
    progress.detail(lines.at(-1) ?? '');
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);

  const outcome = await /** @type {Promise<string>} */ (
    new Promise((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('close', (code, signal) =>
        resolve(code === 0 ? '' : `ended with ${signal ?? code}`),
      );
    })
  );
  progress.end(outcome === '');
  if (outcome === '') return;
  const commandLine = [step.command, ...step.arguments].join(' ');
  throw new SetUpError(
    'StepFailed',
    `${lines.join('\n')}\n\nCannot run "${commandLine}": ${outcome}`,
  );
}
