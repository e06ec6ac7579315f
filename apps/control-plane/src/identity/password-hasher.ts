import { randomBytes } from 'node:crypto';
import { hash, type Options, verify } from '@node-rs/argon2';
import { StrongroomError } from '@strongroom/contracts';

/** OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, 2 iterations, 1 degree of parallelism. */
const argonOptions: Options = {
  // `Algorithm.Argon2id`, which TypeScript's isolated modules cannot name.
  algorithm: 2,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
};
/** Each takes 19 MiB and a thread: a flood of sign-ins waits instead of using all memory. */
const concurrentHashCount = 2;
const defaultMaximumWaitingCount = 128;

/** argon2id of passwords, a bounded number at a time. */
export class PasswordHasher {
  readonly #maximumWaitingCount: number;
  #runningCount = 0;
  readonly #waiting: (() => void)[] = [];
  #hashOfNobody: Promise<string> | undefined;

  constructor({ maximumWaitingCount = defaultMaximumWaitingCount } = {}) {
    this.#maximumWaitingCount = maximumWaitingCount;
  }

  /** @throws {StrongroomError} `TooManyRequests` */
  hash(password: string): Promise<string> {
    return this.#inTurn(() => hash(normalize(password), argonOptions));
  }

  /**
   * Takes the same time where there is no hash to compare with: otherwise the answer's delay would
   * tell which names exist.
   *
   * @throws {StrongroomError} `TooManyRequests`
   */
  async verify(password: string, passwordHash: string | null | undefined): Promise<boolean> {
    const compared = passwordHash ?? (await this.#nobody());
    const isRight = await this.#inTurn(() => verify(compared, normalize(password)));
    return isRight && typeof passwordHash === 'string';
  }

  /** Made ahead, so that the first unknown name does not take twice as long. */
  async prepare(): Promise<void> {
    await this.#nobody();
  }

  #nobody(): Promise<string> {
    this.#hashOfNobody ??= this.hash(randomBytes(32).toString('base64url'));
    return this.#hashOfNobody;
  }

  async #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#runningCount >= concurrentHashCount) {
      if (this.#waiting.length >= this.#maximumWaitingCount) throw tooMany();
      // Whoever ends hands its place over, so the count stays.
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      this.#runningCount += 1;
    }
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#runningCount -= 1;
    }
  }
}

/** The same characters typed on different systems are the same password (NIST SP 800-63B-4, 3.1.1.2). */
export function normalize(password: string): string {
  return password.normalize('NFKC');
}

function tooMany(): StrongroomError {
  return new StrongroomError(
    'TooManyRequests',
    'Cannot check a password now: too many others are being checked',
    { remedy: 'Try again in a few seconds.', values: { retryAfterSeconds: 2 } },
  );
}
