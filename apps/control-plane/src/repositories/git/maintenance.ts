import type { StudioLog } from '../../studios/studio-log.ts';
import type { GitSandboxes } from './git-sandboxes.ts';
import { runGit } from './run-git.ts';

const packLimit = 30;
const limitMilliseconds = 20 * 60_000;
/** What a push that goes on now has brought is younger. */
const script = 'git gc --quiet --prune=2.days.ago && git prune-packed --quiet';

/** Puts a repository in order after many pushes: each left a pack, and many packs make Git slow. */
export class Maintenance {
  readonly #sandboxes: GitSandboxes;
  readonly #log: StudioLog;
  readonly #running = new Set<string>();

  constructor(sandboxes: GitSandboxes, log: StudioLog) {
    this.#sandboxes = sandboxes;
    this.#log = log;
  }

  /** Returns at once. */
  pushed(repositoryId: string, packCount: number): void {
    if (packCount < packLimit || this.#running.has(repositoryId)) return;
    this.#running.add(repositoryId);
    runGit(this.#sandboxes, { repositoryId, mode: 'read-write', script, limitMilliseconds })
      .catch((error: unknown) => {
        this.#log.warn({ repositoryId, err: error }, 'Cannot put a repository in order');
      })
      .finally(() => this.#running.delete(repositoryId));
  }
}
