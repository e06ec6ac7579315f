import { readlink } from 'node:fs/promises';
import type { GitFileState, GitVersions } from '@strongroom/contracts';
import { nativePath } from '../contents/file-name.ts';
import { type HomeFolder, statEntry } from '../contents/home-folder.ts';
import { openRegularFile, readWholeFile } from '../contents/open-file.ts';
import { AgentError } from '../http/agent-error.ts';
import { type Blob, maximumVersionBytes, readBlobs, textOf } from './blobs.ts';
import { changedFiles } from './changed-files.ts';
import { checkFilePath, workingEntry } from './file-path.ts';
import { stripNotebookText } from './notebook-text.ts';
import type { Repository } from './repository.ts';
import type { Git } from './run-git.ts';

export async function readVersions(
  git: Git,
  home: HomeFolder,
  repository: Repository,
  request: { file: string; of: string },
): Promise<GitVersions> {
  const path = checkFilePath(home, request.file);
  if (request.of !== 'working-tree') {
    return describe(await committedVersions(git, repository, path, request.of));
  }
  const [before = 'missing'] = await readBlobs(git, repository, [`:0:${path}`]);
  const after = await readWorkingFile(home, repository, path);
  const strips = repository.configuration.stripsOutputs && path.endsWith('.ipynb');
  // What would be committed: the outputs that stay in the file are no change.
  return describe([before, strips ? strip(after) : after]);
}

async function committedVersions(
  git: Git,
  repository: Repository,
  path: string,
  of: string,
): Promise<readonly [Blob, Blob]> {
  const [old, now] = of === 'staged' ? ['HEAD:', ':0:'] : [`${of}^1:`, `${of}:`];
  const [before = 'missing', after = 'missing'] = await readBlobs(git, repository, [
    `${old}${path}`,
    `${now}${path}`,
  ]);
  if (before !== 'missing' || after === 'missing') return [before, after];
  // New here; it may have had another name before.
  const files: { path: string; state: GitFileState; oldPath: string | null }[] = await changedFiles(
    git,
    repository,
    of,
  );
  const oldPath = files.find((file) => file.path === path)?.oldPath ?? null;
  if (oldPath === null) return [before, after];
  const [renamed = 'missing'] = await readBlobs(git, repository, [`${old}${oldPath}`]);
  return [renamed, after];
}

async function readWorkingFile(
  home: HomeFolder,
  repository: Repository,
  path: string,
): Promise<Blob> {
  const entry = await workingEntry(home, repository, path).catch((error: unknown) => {
    if (error instanceof AgentError && error.code === 'NotFound') return undefined;
    throw error;
  });
  const stats = entry && (await statEntry(entry.path));
  if (entry === undefined || stats === undefined) return 'missing';
  // Git keeps of a link where it leads.
  if (stats.isSymbolicLink()) return Buffer.from(await readlink(nativePath(entry.path), 'buffer'));
  if (!stats.isFile()) return 'missing';
  if (stats.size > maximumVersionBytes) return 'large';
  const file = await openRegularFile(entry.path, path);
  try {
    return await readWholeFile(file, { maximumBytes: maximumVersionBytes, subject: path });
  } finally {
    await file.handle.close();
  }
}

function strip(blob: Blob): Blob {
  if (!Buffer.isBuffer(blob)) return blob;
  return Buffer.from(stripNotebookText(blob.toString('utf8')) ?? blob);
}

function describe(sides: readonly [Blob, Blob]): GitVersions {
  if (sides.includes('large')) return { before: null, after: null, isBinary: false, isLarge: true };
  const [before, after] = sides.map((side) => (Buffer.isBuffer(side) ? textOf(side) : null));
  const isBinary = before === undefined || after === undefined;
  return { before: before ?? null, after: after ?? null, isBinary, isLarge: false };
}
