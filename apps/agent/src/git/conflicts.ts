import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitAnswer, GitRequest } from '@strongroom/contracts';
import { replaceFile } from '../contents/atomic-write.ts';
import { nativePath } from '../contents/file-name.ts';
import { type HomeFolder, statEntry } from '../contents/home-folder.ts';
import { isObject } from '../contents/notebook-shape.ts';
import { findNotebookFault } from '../contents/notebook-validation.ts';
import { AgentError } from '../http/agent-error.ts';
import { type Blob, readBlobs, textOf } from './blobs.ts';
import { currentBranch } from './current-branch.ts';
import { checkFilePath, pathList, workingEntry } from './file-path.ts';
import type { Repository } from './repository.ts';
import type { Git } from './run-git.ts';

/** git-read-tree(1), "3-way merge": the index keeps the three sides as stages. */
const stages = { base: 1, ours: 2, theirs: 3 } as const;

export async function readConflict(
  git: Git,
  home: HomeFolder,
  repository: Repository,
  request: { file: string },
): Promise<GitAnswer<'conflict'>> {
  const path = checkFilePath(home, request.file);
  const sides = await readSides(git, repository, path);
  if (Object.values(sides).includes('large')) {
    throw new AgentError('TooLarge', `Cannot compare "${path}": it is larger than 20 MB`);
  }
  const text = (side: Blob) => (Buffer.isBuffer(side) ? textOf(side) : null);
  const [base, ours, theirs] = [text(sides.base), text(sides.ours), text(sides.theirs)];
  return {
    base: base ?? null,
    ours: ours ?? null,
    theirs: theirs ?? null,
    oursName: (await currentBranch(git, repository)) ?? 'HEAD',
    theirsName: await nameOfTheirs(repository),
    isNotebook: path.endsWith('.ipynb'),
    isBinary: [base, ours, theirs].includes(undefined),
  };
}

export async function resolveConflict(
  git: Git,
  home: HomeFolder,
  repository: Repository,
  request: Pick<GitRequest<'resolve'>, 'file' | 'resolution'>,
): Promise<void> {
  const path = checkFilePath(home, request.file);
  const { resolution } = request;
  const sides = await readSides(git, repository, path);
  if ('side' in resolution) {
    await takeSide(git, home, repository, {
      path,
      side: resolution.side,
      blob: sides[resolution.side],
    });
  } else {
    if (path.endsWith('.ipynb')) checkNotebook(path, resolution.text);
    await writeWorkingFile(home, repository, path, resolution.text);
  }
  await git.demand(`resolve "${path}"`, {
    repository,
    parameters: ['update-index', '--add', '--remove', '--replace', '-z', '--stdin'],
    input: pathList([path]),
  });
}

async function readSides(
  git: Git,
  repository: Repository,
  path: string,
): Promise<Readonly<Record<keyof typeof stages, Blob>>> {
  const [base = 'missing', ours = 'missing', theirs = 'missing'] = await readBlobs(
    git,
    repository,
    Object.values(stages).map((stage) => `:${stage}:${path}`),
  );
  if ([base, ours, theirs].every((side) => side === 'missing')) {
    throw new AgentError('NotFound', `"${path}" has no conflict`);
  }
  return { base, ours, theirs };
}

async function takeSide(
  git: Git,
  home: HomeFolder,
  repository: Repository,
  taken: { path: string; side: 'ours' | 'theirs'; blob: Blob },
): Promise<void> {
  if (taken.blob === 'missing') {
    const entry = await workingEntry(home, repository, taken.path);
    await rm(nativePath(entry.path), { force: true });
    return;
  }
  // With git: the filters of large files, and the mode, are its business.
  await git.demand(`resolve "${taken.path}"`, {
    repository,
    parameters: [
      ...(['checkout-index', '--force', `--stage=${stages[taken.side]}`] as const),
      ...(['-z', '--stdin'] as const),
    ],
    input: pathList([taken.path]),
  });
}

async function writeWorkingFile(
  home: HomeFolder,
  repository: Repository,
  path: string,
  text: string,
): Promise<void> {
  const entry = await workingEntry(home, repository, path);
  const stats = await statEntry(entry.path);
  if (stats !== undefined && !stats.isFile()) {
    throw new AgentError('Conflict', `Cannot write "${path}": it is no file. Take a side instead`);
  }
  await replaceFile(entry.path, stats?.mode, async (handle) => {
    await handle.writeFile(text, 'utf8');
  });
}

function checkNotebook(path: string, text: string): void {
  const fault = notebookFault(text);
  if (fault === undefined) return;
  throw new AgentError('InvalidNotebook', `Cannot resolve "${path}": ${fault}`);
}

function notebookFault(text: string): string | undefined {
  let notebook: unknown;
  try {
    notebook = JSON.parse(text);
  } catch {
    return 'the result is not JSON';
  }
  if (!isObject(notebook) || notebook.nbformat !== 4)
    return 'the result is no notebook of format 4';
  return findNotebookFault(notebook);
}

/** By the message that git has prepared, which names the branch. */
async function nameOfTheirs(repository: Repository): Promise<string> {
  const path = join(repository.gitFolder, 'MERGE_MSG');
  const stats = await statEntry(path);
  if (stats === undefined || !stats.isFile() || stats.size > 1024 * 1024) return 'theirs';
  const [subject = ''] = (await readFile(path, 'utf8')).split('\n', 1);
  return /^Merge (?:remote-tracking )?(?:branch|commit|tag) '(.+?)'/.exec(subject)?.[1] ?? 'theirs';
}
