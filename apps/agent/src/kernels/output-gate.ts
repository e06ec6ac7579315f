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

/**
 * A browser cannot show endless output: what exceeds these is dropped. A 20 MB print or 5,000
 * prints at once pass whole; `while True: print(…)` does not.
 */
export const outputLimits: OutputLimits = {
  burstBytes: 64 * 1024 * 1024,
  burstMessages: 20_000,
  bytesPerSecond: 2 * 1024 * 1024,
  messagesPerSecond: 1_000,
  noticeMilliseconds: 3_000,
};

/** `drop-and-tell` for the first message dropped in each window. */
export type Verdict = 'pass' | 'drop' | 'drop-and-tell';

/** Decides which stream and display messages of one kernel reach its clients. */
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
