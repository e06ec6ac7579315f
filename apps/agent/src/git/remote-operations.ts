import type { HomeFolder } from '../contents/home-folder.ts';
import { prepareClone } from './clone.ts';
import type { Handlers } from './git-operations.ts';
import { conflictsLeft, mergeReference } from './merge.ts';
import type { RepositoryAccess } from './repository-access.ts';
import type { Git } from './run-git.ts';
import type { Tasks } from './tasks.ts';
import { fetchRemote, fetchUpstream, pushBranch } from './transfers.ts';

type Names = 'clone' | 'fetch' | 'pull' | 'push' | 'progress' | 'cancel';

/** What goes over the network, each a task. */
export function remoteOperations(options: {
  git: Git;
  home: HomeFolder;
  access: RepositoryAccess;
  tasks: Tasks;
}): Pick<Handlers, Names> {
  const { git, home, access, tasks } = options;
  return {
    clone: async (request) => {
      const clone = await prepareClone(git, home, request);
      try {
        return { task: tasks.begin(clone.work) };
      } catch (error) {
        await clone.abandon();
        throw error;
      }
    },
    fetch: async (request) =>
      await access.read(request, async (repository) => ({
        task: tasks.begin(async (report, signal) => {
          await fetchRemote(git, { repository, report, signal });
          return null;
        }),
      })),
    pull: async (request) =>
      await access.read(request, async (repository) => ({
        task: tasks.begin(async (report, signal) => {
          const reference = await fetchUpstream(git, { repository, report, signal });
          const outcome = await access.change(request, (fresh) =>
            mergeReference(git, home, fresh, reference),
          );
          if (outcome === 'conflicts') throw conflictsLeft('Pulled');
          return null;
        }),
      })),
    push: async (request) =>
      await access.read(request, async (repository) => ({
        task: tasks.begin(async (report, signal) => {
          await pushBranch(git, { repository, report, signal }, request.setsUpstream ?? false);
          return null;
        }),
      })),
    progress: async ({ task, seen }, signal) => await tasks.progress(task, seen, signal),
    cancel: async ({ task }) => {
      await tasks.cancel(task);
      return {};
    },
  };
}
