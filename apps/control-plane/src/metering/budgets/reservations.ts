import { type BudgetSubject, concerns } from '../budget-subject.ts';

export interface Reservation {
  readonly profileName: string;
  readonly team: string;
  readonly amount: number;
}

interface Held extends Reservation {
  /** Milliseconds, of a clock that only goes on; `undefined` once its app is recorded. */
  readonly endsAt: number | undefined;
}

/** From the decision until the app is recorded; what fails in between gives it back by itself. */
const unclaimedMilliseconds = 60_000;

/** What is set aside for apps that were allowed and do not run yet, by their name. */
export class Reservations {
  readonly #now: () => number;
  readonly #held = new Map<string, Held>();

  constructor(now: () => number) {
    this.#now = now;
  }

  hold(appName: string, reservation: Reservation): void {
    const before = this.#held.get(appName);
    const isClaimed = before !== undefined && before.endsAt === undefined;
    const endsAt = isClaimed ? undefined : this.#now() + unclaimedMilliseconds;
    this.#held.set(appName, { ...reservation, endsAt });
  }

  /** Its app is recorded: it is held until that runs or has ended. */
  claim(appName: string): void {
    const held = this.#held.get(appName);
    if (held !== undefined) this.#held.set(appName, { ...held, endsAt: undefined });
  }

  release(appName: string): void {
    this.#held.delete(appName);
  }

  /** `except`: the app that asks again. */
  amountFor(subject: BudgetSubject, except?: string): number {
    return this.all(except)
      .filter((held) => concerns(subject, held))
      .reduce((sum, { amount }) => sum + amount, 0);
  }

  /** `except`: the app that asks again. */
  all(except?: string): Reservation[] {
    const now = this.#now();
    const all: Reservation[] = [];
    for (const [appName, held] of this.#held) {
      if (held.endsAt !== undefined && held.endsAt <= now) this.#held.delete(appName);
      else if (appName !== except) all.push(held);
    }
    return all;
  }
}
