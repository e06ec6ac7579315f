import type { S3Manager, S3ManagerError } from '@strongroom/s3-manager';
import type { Terminal } from '../program.ts';
import { type ConnectionOptions, openManager } from './open-manager.ts';
import { printable } from './printable.ts';
import { ProgressLine } from './progress-line.ts';
import type { Surroundings } from './surroundings.ts';
import { UsageError } from './usage-error.ts';

/** What a command works with. */
export interface S3Session {
  readonly s3: S3Manager;
  readonly signal: AbortSignal;
  readonly progress: ProgressLine;
  readonly ask: Surroundings['ask'];
  /** A line on standard output, past the progress. */
  print(line: string): void;
  /** A line on standard error, past the progress. */
  warn(line: string): void;
}

/**
 * Runs one command to its exit status: 0 done, 1 something failed, 2 written wrongly. An interrupt
 * ends what runs and cleans up; a second one ends the process as usual.
 */
export async function runS3(
  { terminal, surroundings }: { readonly terminal: Terminal; readonly surroundings: Surroundings },
  options: ConnectionOptions,
  command: (session: S3Session) => Promise<number>,
): Promise<number> {
  const abort = new AbortController();
  const ignoreInterrupts = surroundings.onInterrupt(() => abort.abort());
  const progress = new ProgressLine(surroundings);
  const warn = (line: string): void => {
    progress.clear();
    surroundings.errors.write(`${printable(line)}\n`);
  };
  const print = (line: string): void => {
    progress.clear();
    terminal.print(printable(line));
  };
  let s3: S3Manager | undefined;
  try {
    s3 = await openManager(options, surroundings);
    return await command({
      s3,
      signal: abort.signal,
      progress,
      ask: surroundings.ask,
      print,
      warn,
    });
  } catch (error) {
    describeError(error).forEach(warn);
    return isUsage(error) ? 2 : 1;
  } finally {
    progress.clear();
    ignoreInterrupts();
    s3?.close();
  }
}

function describeError(error: unknown): string[] {
  if (!(error instanceof Error)) return [String(error)];
  const { failures = [] } = error as Partial<S3ManagerError>;
  return [...failures.map((failure) => failure.error.message), error.message];
}

/** The library too refuses what cannot be, before it asks anybody. */
function isUsage(error: unknown): boolean {
  if (error instanceof UsageError) return true;
  const { code, status } = error as Partial<S3ManagerError>;
  return code === 'InvalidArgument' && status === undefined;
}
