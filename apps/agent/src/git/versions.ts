import type { GitFileState, GitVersions } from '@strongroom/contracts';
import type { HomeFolder } from '../contents/home-folder.ts';
import { type Blob, readBlobs, textOf } from './blobs.ts';
import { changedFiles } from './changed-files.ts';
import { checkFilePath } from './file-path.ts';
import { stripNotebookText } from './notebook-text.ts';
import type { Repository } from './repository.ts';
import type { Git } from './run-git.ts';
import { readWorkingFile } from './working-file.ts';

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
