import { StrongroomError } from '@strongroom/contracts';

const shortRunMilliseconds = 10_000;
const longestWaitMilliseconds = 30_000;

/** Keeps a page that asks again and again from restarting, without end, a studio that cannot stay up. */
export class StartBackoff {
  readonly #now: () => number;
  #failureCount = 0;
  #lastFailureAt = 0;
  #lastError: unknown;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  failed(error: unknown): void {
    this.#failureCount += 1;
    this.#lastFailureAt = this.#now();
    this.#lastError = error;
  }

  endedByItself(afterMilliseconds: number): void {
    if (afterMilliseconds >= shortRunMilliseconds) this.reset();
    this.failed(
      new StrongroomError(
        'ServerDidNotStart',
        'The server of the studio ended soon after its start',
        {
          remedy: 'Launch the studio again. If it fails again, tell an administrator',
        },
      ),
    );
  }

  reset(): void {
    this.#failureCount = 0;
  }

  /** The first failure is forgiven at once; then 2, 4, 8, … seconds. Throws the last failure again. */
  refuseTooSoon(): void {
    if (this.#failureCount < 2) return;
    const wait = Math.min(longestWaitMilliseconds, 1000 * 2 ** (this.#failureCount - 1));
    if (this.#now() - this.#lastFailureAt < wait) throw this.#lastError;
  }
}
