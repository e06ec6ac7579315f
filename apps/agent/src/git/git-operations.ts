import type { GitAnswer, GitOperationName, GitRequest } from '@strongroom/contracts';
import { Trash } from '../contents/trash.ts';
import { branchOperations } from './branch-operations.ts';
import { CommonFolders } from './common-folder.ts';
import type { GitRoutesOptions } from './git-routes.ts';
import { mergeOperations } from './merge-operations.ts';
import { notebookCommand } from './notebook-driver.ts';
import { placeOperations } from './place-operations.ts';
import { remoteOperations } from './remote-operations.ts';
import { RepositoryAccess } from './repository-access.ts';
import { Git } from './run-git.ts';
import { Tasks } from './tasks.ts';
import { workingTreeOperations } from './working-tree-operations.ts';

export type Handlers = {
  readonly [Name in GitOperationName]: (
    request: GitRequest<Name>,
    signal: AbortSignal,
  ) => Promise<GitAnswer<Name>>;
};

export interface GitOperations {
  readonly handlers: Handlers;
  close(): Promise<void>;
}

/** Every operation by its name. */
export function gitOperations(options: GitRoutesOptions): GitOperations {
  const { home } = options;
  const git = new Git(options.inherited);
  const folders = new CommonFolders(git, options.notebookCommand ?? notebookCommand());
  const access = new RepositoryAccess(home, folders);
  const tasks = new Tasks();
  return {
    handlers: {
      ...placeOperations(git, home),
      ...workingTreeOperations({ git, home, access, trash: new Trash(home.root) }),
      ...branchOperations({ git, home, access }),
      ...remoteOperations({ git, home, access, tasks }),
      ...mergeOperations({ git, home, access }),
    },
    async close() {
      await tasks.close();
      await folders.close();
    },
  };
}
