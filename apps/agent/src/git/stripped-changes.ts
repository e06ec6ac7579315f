import { createHash } from 'node:crypto';
import type { HomeFolder } from '../contents/home-folder.ts';
import { readChanges } from './changes.ts';
import { pathList } from './file-path.ts';
import { stripNotebookText } from './notebook-text.ts';
import type { Repository } from './repository.ts';
import type { Git } from './run-git.ts';
import type { ChangedInTree } from './status-parser.ts';
import { readWorkingFile } from './working-file.ts';

/**
 * Where outputs are left out, a notebook that was only run again has not changed. Git takes it for
 * changed by its size alone, without asking the filter.
 */
export async function isChangedByOutputsOnly(
  home: HomeFolder,
  repository: Repository,
  file: ChangedInTree,
): Promise<boolean> {
  if (!repository.configuration.stripsOutputs || !file.path.endsWith('.ipynb')) return false;
  if (file.state !== 'modified' || file.indexMode !== file.treeMode) return false;
  const content = await readWorkingFile(home, repository, file.path);
  if (!Buffer.isBuffer(content)) return false;
  const stripped = stripNotebookText(content.toString('utf8'));
  return stripped !== undefined && blobId(Buffer.from(stripped)) === file.indexId;
}

/**
 * Tells git of each that it has not changed, so that it does not keep a merge or another branch from
 * writing the file: what would be lost are outputs that are not kept anyway.
 */
export async function settleStripped(
  git: Git,
  home: HomeFolder,
  repository: Repository,
): Promise<void> {
  if (!repository.configuration.stripsOutputs) return;
  const { changedInTree } = await readChanges(git, repository, 'no');
  const settled: string[] = [];
  for (const file of changedInTree) {
    if (await isChangedByOutputsOnly(home, repository, file)) settled.push(file.path);
  }
  if (settled.length === 0) return;
  await git.demand('read the notebooks again', {
    repository,
    parameters: ['update-index', '-z', '--stdin'],
    input: pathList(settled),
  });
}

/** As git names a blob (gitformat-pack(5) and "Git Internals - Git Objects"). */
function blobId(content: Buffer): string {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}
