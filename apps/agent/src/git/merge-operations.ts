import type { HomeFolder } from '../contents/home-folder.ts';
import { resolveBranch } from './branches.ts';
import { readConflict, resolveConflict } from './conflicts.ts';
import type { Handlers } from './git-operations.ts';
import { abortMerge, continueMerge, mergeReference } from './merge.ts';
import { changeWith, type RepositoryAccess } from './repository-access.ts';
import type { Git } from './run-git.ts';
import { applyStash, dropStash, listStashes, stashChanges } from './stash.ts';

type Names =
  | ('merge' | 'continue-merge' | 'abort-merge' | 'conflict' | 'resolve')
  | ('stashes' | 'stash' | 'apply-stash' | 'drop-stash');

/** What brings lines of work together. */
export function mergeOperations(options: {
  git: Git;
  home: HomeFolder;
  access: RepositoryAccess;
}): Pick<Handlers, Names> {
  const { git, home, access } = options;
  const change = changeWith(access);
  return {
    merge: async (request) =>
      await access.change(request, async (repository) => {
        const { reference } = await resolveBranch(git, repository, request.name);
        return { outcome: await mergeReference(git, home, repository, reference) };
      }),
    'continue-merge': async (request) =>
      await change(request, (repository) => continueMerge(git, repository, request.message)),
    'abort-merge': async (request) =>
      await change(request, (repository) => abortMerge(git, repository)),
    conflict: async (request) =>
      await access.read(request, (repository) => readConflict(git, home, repository, request)),
    resolve: async (request) =>
      await change(request, (repository) => resolveConflict(git, home, repository, request)),
    stashes: async (request) =>
      await access.read(request, async (repository) => ({
        stashes: await listStashes(git, repository),
      })),
    stash: async (request) =>
      await change(request, (repository) => stashChanges(git, repository, request.message)),
    'apply-stash': async (request) =>
      await change(request, (repository) => applyStash(git, home, repository, request)),
    'drop-stash': async (request) =>
      await change(request, (repository) => dropStash(git, repository, request.index)),
  };
}
