/** Lets a limited number of tasks run at once; the others wait in the order they came. */
export class Gate {
  readonly #width: number;
  #runningCount = 0;
  readonly #waiting = new Set<() => void>();

  constructor(width: number) {
    this.#width = width;
  }

  get runningCount(): number {
    return this.#runningCount;
  }

  /** Whoever no longer wants its turn aborts, and waits no longer; a task that runs is not disturbed. */
  async run<Result>(task: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    signal?.throwIfAborted();
    if (this.#runningCount >= this.#width) await this.#turn(signal);
    else this.#runningCount += 1;
    try {
      return await task();
    } finally {
      const [next] = this.#waiting;
      // The place passes on without being free in between.
      if (next === undefined) this.#runningCount -= 1;
      else next();
    }
  }

  #turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.delete(enter);
        reject(signal?.reason);
      };
      const enter = () => {
        this.#waiting.delete(enter);
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      this.#waiting.add(enter);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }
}
