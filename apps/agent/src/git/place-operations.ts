import type { HomeFolder } from '../contents/home-folder.ts';
import { findRepositories } from './find-repositories.ts';
import type { Handlers } from './git-operations.ts';
import { readIdentity, saveIdentity } from './identity.ts';
import { initialize } from './initialize.ts';
import { findRoot } from './repository.ts';
import type { Git } from './run-git.ts';

/** Where repositories are, and who commits. */
export function placeOperations(
  git: Git,
  home: HomeFolder,
): Pick<Handlers, 'find' | 'repositories' | 'init' | 'identity' | 'set-identity'> {
  return {
    find: async ({ folder }) => ({ root: await findRoot(home, folder) }),
    repositories: async () => ({ roots: await findRepositories(home) }),
    init: async ({ folder }) => ({ root: await initialize(git, home, folder) }),
    identity: async () => await readIdentity(git),
    'set-identity': async (identity) => {
      await saveIdentity(git, identity);
      return {};
    },
  };
}
