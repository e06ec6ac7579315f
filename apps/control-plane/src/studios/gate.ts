/** Lets a limited number of tasks run at once; the others wait in the order they came. */
export class Gate {
  readonly #width: number;
  #runningCount = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(width: number) {
    this.#width = width;
  }

  async run<Result>(task: () => Promise<Result>): Promise<Result> {
    if (this.#runningCount >= this.#width) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      this.#runningCount += 1;
    }
    try {
      return await task();
    } finally {
      const next = this.#waiting.shift();
      // The place passes on without being free in between.
      if (next === undefined) this.#runningCount -= 1;
      else next();
    }
  }
}
