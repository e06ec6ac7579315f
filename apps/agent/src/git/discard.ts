import { type HomeFolder, statEntry } from '../contents/home-folder.ts';
import type { Trash } from '../contents/trash.ts';
import { AgentError } from '../http/agent-error.ts';
import { readChanges } from './changes.ts';
import { checkFilePath, pathList, workingEntry } from './file-path.ts';
import type { Repository } from './repository.ts';
import type { Git } from './run-git.ts';
import { leftToTerminal, submoduleMode } from './submodules.ts';

/** Tracked files become what the index has; untracked ones go to the trash. */
export async function discardChanges(
  git: Git,
  options: { home: HomeFolder; trash: Trash; repository: Repository; files: readonly string[] },
): Promise<void> {
  const { home, trash, repository } = options;
  const files = options.files.map((file) => checkFilePath(home, file));
  const { status, changedInTree } = await readChanges(git, repository, 'all');
  const submodule = changedInTree.find(
    ({ path, indexMode }) => indexMode === submoduleMode && files.includes(path),
  );
  if (submodule !== undefined) throw leftToTerminal('discard the change', submodule.path);
  const conflicts = new Set(status.conflicted);
  const conflicted = files.find((file) => conflicts.has(file));
  if (conflicted !== undefined) {
    throw new AgentError(
      'Conflicts',
      `Cannot discard the changes of "${conflicted}": it has conflicts. Resolve them, or abort the merge`,
    );
  }
  // A repository of its own is written with a slash at its end.
  const untracked = new Set(status.untracked.map((path) => path.replace(/\/$/, '')));
  for (const file of files.filter((path) => untracked.has(path))) {
    await trash.take(await workingEntry(home, repository, file));
  }
  const changed = new Set(status.changed.map(({ path }) => path));
  const tracked = files.filter((path) => changed.has(path));
  for (const file of tracked) await moveFolderInTheWay(home, trash, repository, file);
  if (tracked.length === 0) return;
  await git.demand('discard the changes', {
    repository,
    // Not `git checkout`: it takes paths as patterns of folders, and asks submodules.
    parameters: ['checkout-index', '--force', '--index', '-z', '--stdin'],
    input: pathList(tracked),
  });
}

/** A folder where the index has a file would be deleted with all that is in it. */
async function moveFolderInTheWay(
  home: HomeFolder,
  trash: Trash,
  repository: Repository,
  file: string,
): Promise<void> {
  const entry = await workingEntry(home, repository, file).catch((error: unknown) => {
    if (error instanceof AgentError && error.code === 'NotFound') return undefined;
    throw error;
  });
  if (entry === undefined || !(await statEntry(entry.path))?.isDirectory()) return;
  await trash.take(entry);
}
