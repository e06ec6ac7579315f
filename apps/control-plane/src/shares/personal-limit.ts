import { type ProfileName, StrongroomError } from '@strongroom/contracts';

/** Whole notebooks are held in memory: nobody has more than so many on the way at once. */
export class PersonalLimit {
  readonly #maximum: number;
  readonly #counts = new Map<ProfileName, number>();

  constructor(maximum: number) {
    this.#maximum = maximum;
  }

  /** @throws {StrongroomError} `TooManyRequests` */
  async run<Result>(profileName: ProfileName, work: () => Promise<Result>): Promise<Result> {
    const count = this.#counts.get(profileName) ?? 0;
    if (count >= this.#maximum) {
      throw new StrongroomError('TooManyRequests', 'You share or copy too many notebooks at once', {
        ...{ remedy: 'Wait for one to end.', values: { retryAfterSeconds: 2 } },
      });
    }
    this.#counts.set(profileName, count + 1);
    try {
      return await work();
    } finally {
      const left = (this.#counts.get(profileName) ?? 1) - 1;
      if (left === 0) this.#counts.delete(profileName);
      else this.#counts.set(profileName, left);
    }
  }
}
