import type { HomeFolder } from '../contents/home-folder.ts';
import type { CommonFolders } from './common-folder.ts';
import { openRepository, type Repository } from './repository.ts';

interface Named {
  readonly repository: string;
}

/** Opens the repository that a request names, for reading or, one at a time, for a change. */
export class RepositoryAccess {
  readonly #home: HomeFolder;
  readonly #folders: CommonFolders;
  readonly #last = new Map<string, Promise<unknown>>();

  constructor(home: HomeFolder, folders: CommonFolders) {
    this.#home = home;
    this.#folders = folders;
  }

  async read<Result>(
    request: Named,
    action: (repository: Repository) => Promise<Result>,
  ): Promise<Result> {
    return await action(await openRepository(this.#home, this.#folders, request.repository));
  }

  /** Two changes at once would find each other's lock file. */
  async change<Result>(
    request: Named,
    action: (repository: Repository) => Promise<Result>,
  ): Promise<Result> {
    const key = this.#home.normalize(request.repository);
    const before = this.#last.get(key) ?? Promise.resolve();
    const result = before.then(() => this.read(request, action));
    const settled = result.catch(() => {});
    this.#last.set(key, settled);
    try {
      return await result;
    } finally {
      if (this.#last.get(key) === settled) this.#last.delete(key);
    }
  }
}

/** A change that has nothing to answer. */
export function changeWith(access: RepositoryAccess) {
  return async (
    request: Named,
    action: (repository: Repository) => Promise<void>,
  ): Promise<Record<string, never>> => {
    await access.change(request, action);
    return {};
  };
}
