/** One after the other for each path: a file is read, merged and written by nobody else in between. */
export class PathLocks {
  readonly #last = new Map<string, Promise<void>>();

  async run<T>(path: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(path);
    const mine = (async () => {
      await before;
      return await work();
    })();
    const settled = mine.then(ignore, ignore);
    this.#last.set(path, settled);
    try {
      return await mine;
    } finally {
      if (this.#last.get(path) === settled) this.#last.delete(path);
    }
  }
}

function ignore(): void {}
