import { TokenBucket } from './token-bucket.ts';

export interface OutputLimits {
  /** What may arrive at once. */
  readonly burstBytes: number;
  readonly burstMessages: number;
  /** What may arrive steadily. */
  readonly bytesPerSecond: number;
  readonly messagesPerSecond: number;
  /** One notice at most in each. */
  readonly noticeMilliseconds: number;
}

const mebibyte = 1024 * 1024;

/**
 * Printed text stays in the notebook: a browser shows 20 MB of it, or 5,000 prints at once, but not
 * `while True: print(…)`. What exceeds these is dropped.
 */
export const streamLimits: OutputLimits = {
  burstBytes: 32 * mebibyte,
  burstMessages: 20_000,
  bytesPerSecond: mebibyte / 4,
  messagesPerSecond: 200,
  noticeMilliseconds: 3_000,
};

/** Displays mostly take each other's place: an animation may go on for ever. */
export const displayLimits: OutputLimits = {
  burstBytes: 64 * mebibyte,
  burstMessages: 20_000,
  bytesPerSecond: 4 * mebibyte,
  messagesPerSecond: 200,
  noticeMilliseconds: 3_000,
};

/** `drop-and-tell` for the first message dropped in each window. */
export type Verdict = 'pass' | 'drop' | 'drop-and-tell';

/** Decides which outputs of one cell, of one kind, reach its kernel's clients. */
export class OutputGate {
  readonly limits: OutputLimits;
  readonly #now: () => number;
  readonly #bytes: TokenBucket;
  readonly #messages: TokenBucket;
  #lastNoticeMilliseconds = Number.NEGATIVE_INFINITY;

  /** `now` in milliseconds, never going back. */
  constructor(limits: OutputLimits, now: () => number) {
    this.limits = limits;
    this.#now = now;
    this.#bytes = new TokenBucket(limits.burstBytes, limits.bytesPerSecond, now());
    this.#messages = new TokenBucket(limits.burstMessages, limits.messagesPerSecond, now());
  }

  judge(sizeBytes: number): Verdict {
    const now = this.#now();
    this.#bytes.refill(now);
    this.#messages.refill(now);
    if (this.#bytes.holds(sizeBytes) && this.#messages.holds(1)) {
      this.#bytes.take(sizeBytes);
      this.#messages.take(1);
      return 'pass';
    }
    if (now - this.#lastNoticeMilliseconds < this.limits.noticeMilliseconds) return 'drop';
    this.#lastNoticeMilliseconds = now;
    return 'drop-and-tell';
  }
}
