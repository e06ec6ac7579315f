import { StrongroomError } from '@strongroom/contracts';
import type { GitSandboxes, GitWork } from './git-sandboxes.ts';

const defaultLimitMilliseconds = 30_000;
const defaultMaximumBytes = 8 * 1024 ** 2;

/** A script's exit code that says so: what was asked for is not there. */
const notFoundCode = 44;

/**
 * The whole output of a script. Where it is longer than allowed it is cut there, and the script ended.
 *
 * @throws {StrongroomError} `RevisionNotFound` (exit code `notFoundCode`), `RepositoryUnavailable`, `DiskFull`
 */
export async function runGit(
  sandboxes: Pick<GitSandboxes, 'start'>,
  work: GitWork & {
    readonly input?: string;
    readonly maximumBytes?: number;
  },
): Promise<Buffer> {
  const { input = '', maximumBytes = defaultMaximumBytes, ...rest } = work;
  const process = await sandboxes.start({ limitMilliseconds: defaultLimitMilliseconds, ...rest });
  process.input.end(input);
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  let isCut = false;
  for await (const chunk of process.output as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    sizeBytes += chunk.length;
    if (sizeBytes <= maximumBytes) continue;
    isCut = true;
    process.stop();
    break;
  }
  const output = Buffer.concat(chunks).subarray(0, maximumBytes);
  const { exitCode } = await process.ended;
  if (exitCode === 0 || isCut) return output;
  if (exitCode === notFoundCode) {
    throw new StrongroomError('RevisionNotFound', 'Cannot find this in the repository');
  }
  throw gitFailure(process.complaint());
}

export function gitFailure(complaint: string): StrongroomError {
  const cause = new Error(`Git failed: ${complaint.trim()}`);
  if (/No space left on device|Disk quota exceeded/.test(complaint)) {
    return new StrongroomError('DiskFull', 'Cannot do this: there is no room for repositories', {
      remedy: 'Ask an administrator to free space.',
      cause,
    });
  }
  return new StrongroomError(
    'RepositoryUnavailable',
    'Cannot do this: Git did not finish in its limits of time and memory',
    { remedy: 'Try again. If it fails again, give an administrator the reference.', cause },
  );
}
