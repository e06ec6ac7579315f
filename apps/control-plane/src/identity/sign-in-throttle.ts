import { StrongroomError } from '@strongroom/contracts';
import type { Clock } from '../clock.ts';
import { addressKey } from './client-address.ts';
import { TokenBuckets } from './token-buckets.ts';

export interface SignInAttempt {
  /** As it was typed, whether it exists or not. */
  readonly profileName: string;
  readonly remoteAddress: string | undefined;
}

/**
 * Slows down guessing of passwords. Only failures cost, and every wait ends by itself, so that
 * nobody can lock an account for good by failing on purpose.
 *
 * - one account from one address: 5 failures, then one a minute;
 * - one account from everywhere: 50 failures, then one in 30 seconds (NIST SP 800-63B-4, section
 *   3.2.2 wants no more than 100 consecutive ones before something slows them down);
 * - everything from one address: 60 failures, then one in 10 seconds.
 */
export class SignInThrottle {
  readonly #pairs: TokenBuckets;
  readonly #accounts: TokenBuckets;
  readonly #addresses: TokenBuckets;

  constructor(clock: Clock) {
    this.#pairs = new TokenBuckets({ capacity: 5, refillSeconds: 60 }, clock);
    this.#accounts = new TokenBuckets({ capacity: 50, refillSeconds: 30 }, clock);
    this.#addresses = new TokenBuckets({ capacity: 60, refillSeconds: 10 }, clock);
  }

  /**
   * Call before the password is looked at, so that attempts made at the same time all count.
   *
   * @throws {StrongroomError} `SignInThrottled` with `values.retryAfterSeconds`
   */
  admit(attempt: SignInAttempt): void {
    const limits = this.#limitsOf(attempt);
    const retryAfterSeconds = Math.max(...limits.map(([limit, key]) => limit.waitSeconds(key)));
    if (retryAfterSeconds > 0) throw throttled(retryAfterSeconds);
    for (const [limit, key] of limits) limit.spend(key);
  }

  succeeded(attempt: SignInAttempt): void {
    const [pair, account, address] = this.#limitsOf(attempt);
    pair[0].refill(pair[1]);
    account[0].refill(account[1]);
    // Others behind the same address may still be guessing.
    address[0].giveBack(address[1]);
  }

  /** The attempt was not looked at: it counts for nothing. */
  withdraw(attempt: SignInAttempt): void {
    for (const [limit, key] of this.#limitsOf(attempt)) limit.giveBack(key);
  }

  #limitsOf({ profileName, remoteAddress }: SignInAttempt) {
    const account = profileName.toLowerCase();
    const address = addressKey(remoteAddress);
    return [
      [this.#pairs, `${address} ${account}`],
      [this.#accounts, account],
      [this.#addresses, address],
    ] as const;
  }
}

function throttled(retryAfterSeconds: number): StrongroomError {
  return new StrongroomError(
    'SignInThrottled',
    `Cannot sign in now: there were too many failed attempts. Try again in ${retryAfterSeconds} seconds`,
    {
      remedy: 'Wait, or ask an administrator for a new one-time password if you forgot yours.',
      values: { retryAfterSeconds },
    },
  );
}
