const sliceMilliseconds = 12;

/**
 * Does small pieces of work in slices between which the page can be used. A new piece of work can be
 * put first, and all can be done at once where somebody needs what comes of it.
 */
export class IdleSlices {
  #waiting: (() => void)[] = [];
  /** How many of them are done. */
  #done = 0;
  #isScheduled = false;
  #isHeld = true;
  #onIdle: (() => void)[] = [];

  add(work: () => void): void {
    this.#waiting.push(work);
    this.#schedule();
  }

  /** Nothing is done before, so that the first paint is not kept waiting. */
  start(): void {
    this.#isHeld = false;
    if (this.#hasMore) this.#schedule();
  }

  /** Everything that waits, now. */
  finish(): void {
    while (this.#hasMore) this.#takeOne();
    this.#tellIdle();
  }

  /** Resolves when nothing waits any more. */
  whenIdle(): Promise<void> {
    if (!this.#hasMore) return Promise.resolve();
    return new Promise((resolve) => this.#onIdle.push(resolve));
  }

  clear(): void {
    this.#waiting = [];
    this.#done = 0;
    this.#tellIdle();
  }

  #schedule(): void {
    if (this.#isScheduled || this.#isHeld) return;
    this.#isScheduled = true;
    // A task and not an idle callback: those stop where the tab cannot be seen.
    setTimeout(() => {
      this.#isScheduled = false;
      const end = performance.now() + sliceMilliseconds;
      while (this.#hasMore && performance.now() < end) this.#takeOne();
      if (this.#hasMore) this.#schedule();
      else this.#tellIdle();
    });
  }

  #takeOne(): void {
    const work = this.#waiting[this.#done];
    this.#done += 1;
    if (!this.#hasMore) {
      this.#waiting = [];
      this.#done = 0;
    }
    work?.();
  }

  get #hasMore(): boolean {
    return this.#done < this.#waiting.length;
  }

  #tellIdle(): void {
    const waiting = this.#onIdle;
    this.#onIdle = [];
    for (const tell of waiting) tell();
  }
}
