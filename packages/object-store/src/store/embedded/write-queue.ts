import type { Sqlite } from './sqlite.ts';
import { asStorageError } from './storage-errors.ts';

interface Waiting {
  readonly work: () => unknown;
  readonly resolve: (result: never) => void;
  readonly reject: (error: unknown) => void;
}

/** One sync serves this many writes at most. */
const maximumBatchCount = 256;
/** While more come in each turn they are waited for, but not longer than about a sync takes. */
const longestWaitMilliseconds = 2;

/**
 * Group commit: writes that come together share one transaction and its sync. Each is a synchronous
 * function, so it decides on what it reads with nobody in between, and one that throws takes back only
 * its own statements. INVARIANT: `write` resolves only when its transaction is on the disk.
 */
export class WriteQueue {
  readonly #database: Sqlite;
  #waiting: Waiting[] = [];
  #isScheduled = false;

  constructor(database: Sqlite) {
    this.#database = database;
  }

  write<Result>(work: () => Result): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      this.#waiting.push({ work, resolve: resolve as (result: never) => void, reject });
      this.#schedule();
    });
  }

  /** Whatever waits is written. */
  flush(): void {
    while (this.#waiting.length > 0) this.#writeBatch();
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    const startedAt = performance.now();
    // After the callbacks of a turn, because what they bring shares the sync.
    const look = (countBefore: number) => {
      const count = this.#waiting.length;
      const isGrowing = count > countBefore && count < maximumBatchCount;
      if (isGrowing && performance.now() - startedAt < longestWaitMilliseconds) {
        setImmediate(look, count);
        return;
      }
      this.#isScheduled = false;
      this.#writeBatch();
      if (this.#waiting.length > 0) this.#schedule();
    };
    setImmediate(look, this.#waiting.length);
  }

  #writeBatch(): void {
    const batch = this.#waiting.splice(0, maximumBatchCount);
    if (batch.length === 0) return;
    const outcomes: (() => void)[] = [];
    try {
      this.#database.run('begin immediate');
      for (const { work, resolve, reject } of batch) {
        const outcome = this.#attempt(work);
        outcomes.push(() =>
          'error' in outcome ? reject(outcome.error) : resolve(outcome.result as never),
        );
      }
      this.#database.run('commit');
    } catch (error) {
      this.#takeBack();
      for (const { reject } of batch) reject(asStorageError(error));
      return;
    }
    for (const tell of outcomes) tell();
  }

  #attempt(work: () => unknown): { result: unknown } | { error: unknown } {
    this.#database.run('savepoint one');
    try {
      const result = work();
      this.#database.run('release one');
      return { result };
    } catch (error) {
      this.#database.run('rollback to one');
      this.#database.run('release one');
      return { error: asStorageError(error) };
    }
  }

  #takeBack(): void {
    try {
      this.#database.run('rollback');
    } catch {
      // SQLite has rolled back by itself (SQLite documentation, "Response To Errors Within A Transaction").
    }
  }
}
