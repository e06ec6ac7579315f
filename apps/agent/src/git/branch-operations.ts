import type { HomeFolder } from '../contents/home-folder.ts';
import { createBranch, deleteBranch, listBranches, switchBranch } from './branches.ts';
import { changedFiles } from './changed-files.ts';
import type { Handlers } from './git-operations.ts';
import { readLog } from './log.ts';
import { changeWith, type RepositoryAccess } from './repository-access.ts';
import type { Git } from './run-git.ts';

type Names =
  | ('branches' | 'create-branch' | 'switch-branch' | 'delete-branch')
  | ('log' | 'commit-files');

/** Branches and what they hold. */
export function branchOperations(options: {
  git: Git;
  home: HomeFolder;
  access: RepositoryAccess;
}): Pick<Handlers, Names> {
  const { git, home, access } = options;
  const change = changeWith(access);
  return {
    branches: async (request) =>
      await access.read(request, async (repository) => ({
        branches: await listBranches(git, repository),
      })),
    log: async (request, signal) =>
      await access.read(request, (repository) => readLog(git, home, repository, request, signal)),
    'commit-files': async (request) =>
      await access.read(request, async (repository) => ({
        files: await changedFiles(git, repository, request.commitId),
      })),
    'create-branch': async (request) =>
      await change(request, (repository) => createBranch(git, repository, request)),
    'switch-branch': async (request) =>
      await change(request, (repository) => switchBranch(git, home, repository, request.name)),
    'delete-branch': async (request) =>
      await change(request, (repository) => deleteBranch(git, repository, request)),
  };
}
