/** A store of tokens that fills steadily up to its capacity. */
export class TokenBucket {
  readonly #capacity: number;
  readonly #tokensPerSecond: number;
  #tokens: number;
  #filledAtMilliseconds: number;

  constructor(capacity: number, tokensPerSecond: number, nowMilliseconds: number) {
    this.#capacity = capacity;
    this.#tokensPerSecond = tokensPerSecond;
    this.#tokens = capacity;
    this.#filledAtMilliseconds = nowMilliseconds;
  }

  refill(nowMilliseconds: number): void {
    const seconds = (nowMilliseconds - this.#filledAtMilliseconds) / 1_000;
    this.#tokens = Math.min(this.#capacity, this.#tokens + seconds * this.#tokensPerSecond);
    this.#filledAtMilliseconds = nowMilliseconds;
  }

  holds(tokens: number): boolean {
    return this.#tokens >= tokens;
  }

  take(tokens: number): void {
    this.#tokens -= tokens;
  }
}
