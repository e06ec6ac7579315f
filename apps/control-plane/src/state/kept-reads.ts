import type { State } from './database.ts';

/** How often something was written to a state that is open here; nobody else writes to it. */
const writeCounts = new WeakMap<State, () => number>();

export function countWrites(state: State, count: () => number): void {
  writeCounts.set(state, count);
}

/**
 * What was read from the state, for as long as nothing whatever is written to it. For what each of very
 * many requests asks: a query costs more than the rest of a small one.
 */
export class KeptReads<Row> {
  readonly #count: () => number;
  readonly #kept = new Map<string, Row | undefined>();
  #keptAt = -1;

  constructor(state: State) {
    // A state that nobody counts for counts up at each question, so that nothing is kept.
    let asked = 0;
    this.#count = writeCounts.get(state) ?? (() => asked++);
  }

  async find(key: string, read: () => Promise<Row | undefined>): Promise<Row | undefined> {
    const count = this.#count();
    if (count !== this.#keptAt || this.#kept.size >= maximumCount) this.#kept.clear();
    this.#keptAt = count;
    if (this.#kept.has(key)) return this.#kept.get(key);
    const row = await read();
    // What was read before a write is not kept after it.
    if (this.#keptAt === count && this.#count() === count) this.#kept.set(key, row);
    return row;
  }
}

const maximumCount = 10_000;
