import { type ISignal, Signal } from '@lumino/signaling';
import type { GitCommit } from '@strongroom/contracts';
import type { Git } from '../api/git-api.ts';

export interface HistoryScope {
  readonly repository: string;
  /** Of all files where null. */
  readonly file: string | null;
}

/** The commits of a repository or of one file, as far as they were asked for. */
export class HistoryModel {
  readonly #git: Git;
  readonly #changed = new Signal<this, void>(this);
  #scope: HistoryScope | null = null;
  #commits: readonly GitCommit[] = [];
  #hasMore = false;
  #isLoading = false;
  #failure: unknown = null;
  #askedCount = 0;

  constructor(git: Git) {
    this.#git = git;
  }

  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  get scope(): HistoryScope | null {
    return this.#scope;
  }

  get commits(): readonly GitCommit[] {
    return this.#commits;
  }

  get hasMore(): boolean {
    return this.#hasMore;
  }

  get isLoading(): boolean {
    return this.#isLoading;
  }

  get failure(): unknown {
    return this.#failure;
  }

  open(scope: HistoryScope): Promise<void> {
    const isSame = scope.repository === this.#scope?.repository && scope.file === this.#scope.file;
    this.#scope = scope;
    if (!isSame) this.#commits = [];
    return this.#load(0);
  }

  loadMore(): Promise<void> {
    return this.#load(this.#commits.length);
  }

  async #load(skip: number): Promise<void> {
    if (this.#scope === null) return;
    const { repository, file } = this.#scope;
    this.#askedCount += 1;
    const asked = this.#askedCount;
    this.#isLoading = true;
    this.#failure = null;
    this.#changed.emit();
    try {
      const answer = await this.#git.ask('log', {
        ...{ repository, skip },
        ...(file === null ? {} : { file }),
      });
      if (asked !== this.#askedCount) return;
      this.#commits = [...this.#commits.slice(0, skip), ...answer.commits];
      this.#hasMore = answer.hasMore;
    } catch (error) {
      if (asked !== this.#askedCount) return;
      this.#failure = error;
    }
    this.#isLoading = false;
    this.#changed.emit();
  }
}
