import { fileURLToPath } from 'node:url';
import { DomainFileError } from '@strongroom/domain';
import { Closers } from './closers.ts';
import { composeControlPlane } from './compose.ts';
import { readEnvironment } from './config/environment.ts';
import { StartError } from './start-error.ts';

/** The other apps' builds lie beside this one's. */
const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const programs = {
  agent: folder('../../agent/dist'),
  lab: folder('../../lab/dist'),
  console: folder('../../console/dist'),
  viewer: folder('../../viewer/dist'),
  node: process.execPath,
  gitHooks: folder('./git-hooks'),
  clusterNode: folder('./cluster-node.js'),
  notebookWorker: folder('./notebook-worker.js'),
};

// A terminal that went away is no reason to end everybody's work.
process.stdout.on('error', () => undefined);
const print = (line: string) => process.stdout.write(`${line}\n`);
const closers = new Closers();
let stoppingSince: number | undefined;
/** Ctrl-C under npm arrives twice, from the terminal and from npm: one press, one signal. */
const repeatMilliseconds = 2_000;

/** 128 and the signal's number, as shells give it. */
const exitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => void stop(signal));
}

try {
  const environment = readEnvironment(process.env, process.cwd());
  const { consoleUrl, log } = await composeControlPlane({ environment, programs, closers, print });
  process.on('unhandledRejection', (error) => {
    log.error({ err: error }, 'Unhandled rejection');
  });
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'Uncaught exception');
    void fail(error);
  });
  print(`Strongroom is ready: ${consoleUrl}`);
} catch (error) {
  // What stopping took away in the middle of a start is no error of its own.
  if (stoppingSince === undefined) await fail(error);
}

/** Ends every app, mount and connection; a second signal does not wait for them. */
async function stop(signal: keyof typeof exitCodes): Promise<void> {
  if (stoppingSince !== undefined) {
    if (performance.now() - stoppingSince > repeatMilliseconds) process.exit(exitCodes[signal]);
    return;
  }
  stoppingSince = performance.now();
  print('Stopping …');
  try {
    await closers.close();
    process.exit(0);
  } catch (error) {
    process.stderr.write(`Cannot stop cleanly: ${(error as Error).message}\n`);
    process.exit(1);
  }
}

async function fail(error: unknown): Promise<never> {
  process.stderr.write(`${explain(error)}\n`);
  await closers.close().catch(() => undefined);
  process.exit(1);
}

/** A refusal says what to do in its message; of all else the stack is what helps. */
function explain(error: unknown): string {
  if (error instanceof StartError || error instanceof DomainFileError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
