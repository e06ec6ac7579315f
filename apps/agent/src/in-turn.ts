import { ignore } from './ignore.ts';

/** One after the other for each name, such as a file's path: nobody else comes in between. */
export class InTurn {
  readonly #last = new Map<string, Promise<void>>();

  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name);
    const mine = (async () => {
      await before;
      return await work();
    })();
    const settled = mine.then(ignore, ignore);
    this.#last.set(name, settled);
    try {
      return await mine;
    } finally {
      if (this.#last.get(name) === settled) this.#last.delete(name);
    }
  }
}
