import type { HomeFolder } from '../contents/home-folder.ts';
import type { Trash } from '../contents/trash.ts';
import { commit, readLastMessage } from './commits.ts';
import { discardChanges } from './discard.ts';
import type { Handlers } from './git-operations.ts';
import { changeWith, type RepositoryAccess } from './repository-access.ts';
import type { Git } from './run-git.ts';
import { stageFiles, unstageFiles } from './staging.ts';
import { readStatus } from './status.ts';
import { saveSetting } from './upstream.ts';
import { readVersions } from './versions.ts';

type Names =
  | ('status' | 'stage' | 'unstage' | 'discard' | 'versions')
  | ('commit' | 'last-message' | 'set-strips-outputs');

/** From a changed file to a commit. */
export function workingTreeOperations(options: {
  git: Git;
  home: HomeFolder;
  access: RepositoryAccess;
  trash: Trash;
}): Pick<Handlers, Names> {
  const { git, home, access, trash } = options;
  const change = changeWith(access);
  return {
    status: async (request, signal) =>
      await access.read(request, (repository) => readStatus(git, home, repository, signal)),
    versions: async (request) =>
      await access.read(request, (repository) => readVersions(git, home, repository, request)),
    'last-message': async (request) =>
      await access.read(request, async (repository) => ({
        message: await readLastMessage(git, repository),
      })),
    stage: async (request) =>
      await change(request, (repository) => stageFiles(git, home, repository, request.files)),
    unstage: async (request) =>
      await change(request, (repository) => unstageFiles(git, home, repository, request.files)),
    discard: async (request) =>
      await change(request, (repository) =>
        discardChanges(git, { home, trash, repository, files: request.files }),
      ),
    commit: async (request) =>
      await access.change(request, async (repository) => ({
        commitId: await commit(git, repository, request),
      })),
    'set-strips-outputs': async (request) =>
      await change(request, (repository) =>
        saveSetting(git, repository, 'strongroom.stripsOutputs', String(request.stripsOutputs)),
      ),
  };
}
