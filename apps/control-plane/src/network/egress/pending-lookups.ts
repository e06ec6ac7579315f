import type { StudioOnNetwork } from '../studio-connection.ts';
import { UpstreamError } from './upstream-error.ts';

type Limits = { readonly lookupCount: number; readonly lookupMilliseconds: number };

/** Looks names up for studios: so many at once for each, and none for ever. */
export class PendingLookups {
  readonly #limits: Limits;
  readonly #countOf = new Map<string, number>();

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** @throws {UpstreamError} `TooManyLookups`, `NameUnknown` where it takes too long */
  async run<Found>(
    { interfaceId }: Pick<StudioOnNetwork, 'interfaceId'>,
    lookUp: () => Promise<Found>,
  ): Promise<Found> {
    const count = this.#countOf.get(interfaceId) ?? 0;
    if (count >= this.#limits.lookupCount) {
      throw new UpstreamError('TooManyLookups', 'Cannot look up a name: too many are looked up');
    }
    this.#countOf.set(interfaceId, count + 1);
    const timeLimit = this.#timeLimit();
    try {
      return await Promise.race([lookUp(), timeLimit.reached]);
    } finally {
      timeLimit.cancel();
      const left = (this.#countOf.get(interfaceId) ?? 1) - 1;
      if (left === 0) this.#countOf.delete(interfaceId);
      else this.#countOf.set(interfaceId, left);
    }
  }

  #timeLimit(): { readonly reached: Promise<never>; cancel(): void } {
    let timer: NodeJS.Timeout | undefined;
    const reached = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new UpstreamError('NameUnknown', 'Cannot look up a name: it took too long')),
        this.#limits.lookupMilliseconds,
      );
    });
    return { reached, cancel: () => clearTimeout(timer) };
  }
}
