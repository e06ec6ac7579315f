/** One event of the trail, as it would be written. */
export interface RepeatableEvent<Event> {
  readonly event: Event;
  /** What makes two of them the same. */
  readonly key: string;
  /** How long after the first the others are counted only. */
  readonly windowMilliseconds: number;
}

interface Repetition<Event> {
  latest: Event;
  count: number;
  timer: NodeJS.Timeout;
}

/** More kinds at once are counted together: what is written stays bounded, whatever is sent. */
const maximumKeyCount = 500;
const overflowKey = 'overflow';

/**
 * Writes the first event of a kind at once and the others of its window as one, with their count. A
 * flood costs two lines a window and not a line, and a sync of the disk, each.
 */
export class RepeatedEvents<Event> {
  readonly #write: (event: Event, repeatedCount: number) => Promise<void>;
  readonly #onFailed: (error: unknown) => void;
  readonly #repetitions = new Map<string, Repetition<Event>>();

  constructor(
    write: (event: Event, repeatedCount: number) => Promise<void>,
    onFailed: (error: unknown) => void,
  ) {
    this.#write = write;
    this.#onFailed = onFailed;
  }

  /** Resolves when the event is on the disk, or counted. Rejects where the first cannot be written. */
  async note({ event, key: asked, windowMilliseconds }: RepeatableEvent<Event>): Promise<void> {
    const isKnown = this.#repetitions.has(asked);
    const key = isKnown || this.#repetitions.size < maximumKeyCount ? asked : overflowKey;
    const known = this.#repetitions.get(key);
    if (known !== undefined) {
      known.latest = event;
      known.count += 1;
      return;
    }
    const timer = setTimeout(() => void this.#end(key), windowMilliseconds).unref();
    this.#repetitions.set(key, { latest: event, count: 0, timer });
    try {
      await this.#write(event, 0);
    } catch (error) {
      // What is not written down is nobody's first.
      clearTimeout(timer);
      this.#repetitions.delete(key);
      throw error;
    }
  }

  /** Writes what was counted so far. */
  async close(): Promise<void> {
    await Promise.all([...this.#repetitions.keys()].map((key) => this.#end(key)));
  }

  async #end(key: string): Promise<void> {
    const repetition = this.#repetitions.get(key);
    if (repetition === undefined) return;
    clearTimeout(repetition.timer);
    this.#repetitions.delete(key);
    if (repetition.count === 0) return;
    await this.#write(repetition.latest, repetition.count).catch(this.#onFailed);
  }
}
