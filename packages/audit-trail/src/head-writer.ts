import type { ChainPlace } from './audit-line.ts';

const headMilliseconds = 1_000;

/**
 * Writes down how far the trail went: at once after a pause, and otherwise within a second of the
 * last event, so that what is cut off the end shows also where nothing follows.
 */
export class HeadWriter {
  readonly #write: (place: ChainPlace) => Promise<void>;
  /** What is not written down yet. */
  #reached: ChainPlace | undefined;
  #writing: Promise<void> = Promise.resolve();
  #writtenAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  constructor(write: (place: ChainPlace) => Promise<void>) {
    this.#write = write;
  }

  reached(place: ChainPlace): void {
    this.#reached = place;
    if (this.#timer !== undefined) return;
    const wait = Math.max(0, this.#writtenAt + headMilliseconds - performance.now());
    // It may lag behind the trail, so its failure harms nobody: the next event tries again.
    this.#timer = setTimeout(() => void this.flush().catch(() => undefined), wait).unref();
  }

  /** What was reached before this call is written down when it resolves. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.catch(() => undefined).then(() => this.#writeReached());
    return this.#writing;
  }

  async #writeReached(): Promise<void> {
    const place = this.#reached;
    if (place === undefined) return;
    this.#writtenAt = performance.now();
    await this.#write(place);
    if (this.#reached === place) this.#reached = undefined;
  }
}
