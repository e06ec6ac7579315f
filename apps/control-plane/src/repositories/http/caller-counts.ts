import { type ProfileName, StrongroomError } from '@strongroom/contracts';

const maximumAtOnce = 12;

/** Nobody takes all the places that there are for Git. */
export class CallerCounts {
  readonly #counts = new Map<ProfileName, number>();

  /** Answers what gives the place back. @throws {StrongroomError} `TooManyRequests` */
  enter(profileName: ProfileName): () => void {
    const count = this.#counts.get(profileName) ?? 0;
    if (count >= maximumAtOnce) {
      throw new StrongroomError('TooManyRequests', 'Too many Git requests at once', {
        remedy: 'Wait for one of them to end.',
        values: { retryAfterSeconds: 5 },
      });
    }
    this.#counts.set(profileName, count + 1);
    return () => {
      const left = (this.#counts.get(profileName) ?? 1) - 1;
      if (left === 0) this.#counts.delete(profileName);
      else this.#counts.set(profileName, left);
    };
  }
}
