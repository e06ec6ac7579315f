export interface FlushTimes {
  /** From the last page's going until the file is written: a page that is loaded again comes back. */
  readonly graceMilliseconds: number;
  /** Between two writes, at least; a write that took long is followed by a longer pause. */
  readonly pauseMilliseconds: number;
}

export const flushTimes: FlushTimes = { graceMilliseconds: 2_000, pauseMilliseconds: 5_000 };

/** Of the time that writing takes, the part that is not spent on it. */
const pauseFactor = 20;

/** Writes for each kernel one after the other, and not all the time while a cell prints. */
export class FlushTimer {
  readonly #times: FlushTimes;
  readonly #flush: (kernelId: string) => Promise<void>;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #notBefore = new Map<string, number>();
  #isClosed = false;

  /** `flush` does not throw. */
  constructor(times: FlushTimes, flush: (kernelId: string) => Promise<void>) {
    this.#times = times;
    this.#flush = flush;
  }

  schedule(kernelId: string): void {
    if (this.#isClosed || this.#timers.has(kernelId)) return;
    const pause = (this.#notBefore.get(kernelId) ?? 0) - performance.now();
    const timer = setTimeout(
      () => void this.#run(kernelId),
      Math.max(this.#times.graceMilliseconds, pause),
    );
    timer.unref();
    this.#timers.set(kernelId, timer);
  }

  cancel(kernelId: string): void {
    clearTimeout(this.#timers.get(kernelId));
    this.#timers.delete(kernelId);
  }

  close(): void {
    this.#isClosed = true;
    for (const kernelId of [...this.#timers.keys()]) this.cancel(kernelId);
  }

  async #run(kernelId: string): Promise<void> {
    this.#timers.delete(kernelId);
    const begun = performance.now();
    await this.#flush(kernelId);
    const ended = performance.now();
    const pause = Math.max(this.#times.pauseMilliseconds, pauseFactor * (ended - begun));
    this.#notBefore.set(kernelId, ended + pause);
  }
}
