/** A run shorter than this counts as a failed start. */
const stableMilliseconds = 10_000;
const maximumQuickEnds = 3;

/** Whether a kernel that ended by itself is started again: not for ever where it cannot live. */
export class RestartPolicy {
  #quickEndCount = 0;

  get quickEndCount(): number {
    return this.#quickEndCount;
  }

  /** Takes the length of the run that ended. */
  allowsRestart(ranMilliseconds: number): boolean {
    this.#quickEndCount = ranMilliseconds < stableMilliseconds ? this.#quickEndCount + 1 : 0;
    return this.#quickEndCount < maximumQuickEnds;
  }

  /** A person started it: count anew. */
  reset(): void {
    this.#quickEndCount = 0;
  }
}
