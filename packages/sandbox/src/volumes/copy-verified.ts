import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import type { HostSetup } from '../host-setup.ts';
import { giveTo } from './change-owner.ts';
import { countEntries, differencesOf } from './compare-trees.ts';
import { syncFolder } from './copy-folder.ts';
import { requireTool, toolEnvironment } from './run-tool.ts';
import { VolumeError } from './volume-error.ts';

export interface CopyProgress {
  readonly copiedCount: number;
  readonly totalCount: number;
}

export interface CopyVerifiedOptions {
  readonly setup: HostSetup;
  readonly source: string;
  /** May hold what an earlier copying of the same source left. */
  readonly target: string;
  /** Whose the files are to be. */
  readonly hostUid: number | undefined;
  onProgress(progress: CopyProgress): void;
}

const progressMilliseconds = 5000;
const attemptCount = 3;
const keptErrorCharacters = 4096;

/**
 * Copies what is in a folder that nobody uses. When it resolves, every entry was read back from the
 * copy and is the same, and the copy is on the disk; otherwise it rejects, and the source is as it was.
 *
 * @throws {VolumeError} `MountFailed`
 */
export async function copyVerified(options: CopyVerifiedOptions): Promise<void> {
  const { setup, source, target, hostUid } = options;
  await giveTo(setup.volumeTools, hostUid, [source]);
  const totalCount = await countEntries(Buffer.from(source));
  for (let attempt = 1; attempt <= attemptCount; attempt += 1) {
    await copyNewer(options, totalCount);
    await syncFolder(setup.volumeTools, target);
    let differenceCount = 0;
    for await (const path of differencesOf(Buffer.from(source), Buffer.from(target))) {
      differenceCount += 1;
      // What an interrupted copying had left unfinished looks newer than its source.
      await rm(path, { recursive: true, force: true });
    }
    if (differenceCount === 0) return;
  }
  throw new VolumeError('MountFailed', `Cannot copy "${source}": the copy is not the same`);
}

async function copyNewer(options: CopyVerifiedOptions, totalCount: number): Promise<void> {
  const { setup, source, target, onProgress } = options;
  const words = ['--archive', '--update', '--sparse=auto', '--verbose', '--no-target-directory'];
  const child = spawn(requireTool(setup.volumeTools, 'cp'), [...words, '--', source, target], {
    ...{ cwd: '/', env: toolEnvironment, stdio: ['ignore', 'pipe', 'pipe'] },
  });
  let copiedCount = 0;
  let standardError = '';
  // It prints a line for each entry.
  child.stdout.on('data', (chunk: Buffer) => {
    for (const byte of chunk) if (byte === 0x0a) copiedCount += 1;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    standardError = (standardError + chunk.toString('utf8')).slice(-keptErrorCharacters);
  });
  const report = () => onProgress({ copiedCount, totalCount });
  const timer = setInterval(report, progressMilliseconds);
  try {
    const [code] = await once(child, 'close');
    if (code === 0) return report();
  } finally {
    clearInterval(timer);
  }
  const said = standardError.trim().split('\n').at(-1) ?? '';
  throw new VolumeError('MountFailed', `Cannot copy "${source}": ${said}`, { standardError });
}
