import type { GitAnswer, GitOperationName, GitRequest } from '@strongroom/contracts';
import { Trash } from '../contents/trash.ts';
import { branchOperations } from './branch-operations.ts';
import { CommonFolders } from './common-folder.ts';
import type { GitRoutesOptions } from './git-routes.ts';
import { notebookCommand } from './notebook-driver.ts';
import { placeOperations } from './place-operations.ts';
import { RepositoryAccess } from './repository-access.ts';
import { Git } from './run-git.ts';
import { workingTreeOperations } from './working-tree-operations.ts';

export type Handlers = {
  readonly [Name in GitOperationName]: (
    request: GitRequest<Name>,
    signal: AbortSignal,
  ) => Promise<GitAnswer<Name>>;
};

export interface GitOperations {
  readonly handlers: Partial<Handlers>;
  close(): Promise<void>;
}

/** Every operation by its name. */
export function gitOperations(options: GitRoutesOptions): GitOperations {
  const { home } = options;
  const git = new Git(options.inherited);
  const folders = new CommonFolders(git, options.notebookCommand ?? notebookCommand());
  const access = new RepositoryAccess(home, folders);
  return {
    handlers: {
      ...placeOperations(git, home),
      ...workingTreeOperations({ git, home, access, trash: new Trash(home.root) }),
      ...branchOperations({ git, home, access }),
    },
    close: () => folders.close(),
  };
}
