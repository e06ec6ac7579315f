import { type HomeFolder, statEntry } from '../contents/home-folder.ts';
import type { Trash } from '../contents/trash.ts';
import { AgentError } from '../http/agent-error.ts';
import { checkFilePath, pathList, workingEntry } from './file-path.ts';
import { gitFailure } from './git-failure.ts';
import type { Repository } from './repository.ts';
import type { Git } from './run-git.ts';
import { StatusParser } from './status-parser.ts';

/** Tracked files become what the index has; untracked ones go to the trash. */
export async function discardChanges(
  git: Git,
  options: { home: HomeFolder; trash: Trash; repository: Repository; files: readonly string[] },
): Promise<void> {
  const { home, trash, repository } = options;
  const files = options.files.map((file) => checkFilePath(home, file));
  const status = await readChanges(git, repository);
  const conflicted = files.find((file) => status.conflicted.has(file));
  if (conflicted !== undefined) {
    throw new AgentError(
      'Conflicts',
      `Cannot discard the changes of "${conflicted}": it has conflicts. Resolve them, or abort the merge`,
    );
  }
  for (const file of files.filter((path) => status.untracked.has(path))) {
    await trash.take(await workingEntry(home, repository, file));
  }
  const tracked = files.filter((path) => status.changed.has(path));
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

interface Changes {
  readonly changed: ReadonlySet<string>;
  readonly untracked: ReadonlySet<string>;
  readonly conflicted: ReadonlySet<string>;
}

async function readChanges(git: Git, repository: Repository): Promise<Changes> {
  const parser = new StatusParser(Number.MAX_SAFE_INTEGER);
  const result = await git.run({
    repository,
    isRead: true,
    parameters: [
      ...(['status', '--porcelain=v2', '-z', '--no-renames'] as const),
      ...(['--untracked-files=all', '--ignore-submodules=all'] as const),
    ],
    onOutput: (part) => parser.add(part),
  });
  if (result.exitCode !== 0) throw gitFailure(result, 'discard the changes');
  const { changed, untracked, conflicted } = parser.status;
  return {
    changed: new Set(changed.map(({ path }) => path)),
    // A repository of its own is written with a slash at its end.
    untracked: new Set(untracked.map((path) => path.replace(/\/$/, ''))),
    conflicted: new Set(conflicted),
  };
}
