import type { Clock } from '../clock.ts';

export interface TokenBucketsOptions {
  /** Tokens of a full bucket: what may be spent at once. */
  readonly capacity: number;
  /** One token comes back in this time. */
  readonly refillSeconds: number;
  /** Buckets remembered at once; the one spent from longest ago is forgotten. */
  readonly maximumKeyCount?: number;
}

interface Bucket {
  tokens: number;
  updatedAt: number;
}

const defaultMaximumKeyCount = 20_000;

/** A token bucket a key, in memory of bounded size. */
export class TokenBuckets {
  readonly #options: Required<TokenBucketsOptions>;
  readonly #clock: Clock;
  /** In the order of their last use; a full bucket needs no entry. */
  readonly #buckets = new Map<string, Bucket>();

  constructor(options: TokenBucketsOptions, clock: Clock) {
    this.#options = { maximumKeyCount: defaultMaximumKeyCount, ...options };
    this.#clock = clock;
  }

  get keyCount(): number {
    return this.#buckets.size;
  }

  /** Seconds until a token is there; 0 where one is. */
  waitSeconds(key: string): number {
    const tokens = this.#tokens(key);
    return tokens >= 1 ? 0 : Math.ceil((1 - tokens) * this.#options.refillSeconds);
  }

  /** Never below an empty bucket: trying on does not lengthen the wait. */
  spend(key: string): void {
    this.#put(key, Math.max(0, this.#tokens(key) - 1));
  }

  giveBack(key: string): void {
    this.#put(key, this.#tokens(key) + 1);
  }

  refill(key: string): void {
    this.#buckets.delete(key);
  }

  #tokens(key: string): number {
    const bucket = this.#buckets.get(key);
    if (bucket === undefined) return this.#options.capacity;
    const elapsedSeconds = Math.max(0, this.#now() - bucket.updatedAt) / 1000;
    return Math.min(
      this.#options.capacity,
      bucket.tokens + elapsedSeconds / this.#options.refillSeconds,
    );
  }

  #put(key: string, tokens: number): void {
    this.#buckets.delete(key);
    if (tokens >= this.#options.capacity) return;
    this.#buckets.set(key, { tokens, updatedAt: this.#now() });
    if (this.#buckets.size <= this.#options.maximumKeyCount) return;
    const [oldest] = this.#buckets.keys();
    if (oldest !== undefined) this.#buckets.delete(oldest);
  }

  #now(): number {
    return this.#clock().getTime();
  }
}
