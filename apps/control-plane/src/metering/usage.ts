import type { Clock } from '../clock.ts';
import type { AppMeter } from './app-meter.ts';
import { type Amounts, type BudgetSubject, concerns, subjectKey } from './budget-subject.ts';
import { addAmounts, EndedMonth } from './ended-month.ts';
import type { MeterStore } from './meter-store.ts';
import type { MeteredUse } from './metered-app.ts';
import { type Month, monthOf } from './month.ts';
import { amountWithin, chargedOf, isCharged, type Slice, sliceByDay } from './slices.ts';

export interface UsageOptions {
  readonly meter: AppMeter;
  readonly store: MeterStore;
  readonly clock: Clock;
}

/** More months of before are read anew when they are asked for. */
const keptMonths = 3;

/**
 * What months have cost, without a question to the state for each start and each page that is open: what
 * has ended is added up as it ends, and what runs is looked at.
 */
export class Usage {
  readonly #options: UsageOptions;
  readonly #ended = new Map<string, EndedMonth>();
  /** Read from the state, or being read. */
  readonly #read = new Map<string, Promise<void>>();
  readonly #openedIn: string;

  private constructor(options: UsageOptions) {
    this.#options = options;
    this.#openedIn = monthOf(options.clock()).name;
    options.meter.onEnded((use) => this.#addEnded(use));
  }

  /** Before any app starts. */
  static async open(options: UsageOptions): Promise<Usage> {
    const usage = new Usage(options);
    await usage.month();
    return usage;
  }

  /** The month that runs, once all of it is known here. */
  async month(): Promise<Month> {
    const month = monthOf(this.#options.clock());
    await this.#know(month);
    return month;
  }

  /** Everybody's at this moment; of a month that `month()` answered. */
  amounts(month: Month): Amounts {
    const amounts = new Map(this.#ended.get(month.name)?.amounts);
    for (const use of this.#options.meter.running(isCharged)) {
      const { profileName, team } = use;
      addAmounts(amounts, { profileName, team, amount: amountWithin(use, month) });
    }
    return amounts;
  }

  /** The same of one person or team, without a look at all others. */
  amountOf(month: Month, subject: BudgetSubject): number {
    const running = this.#options.meter.running((app) => isCharged(app) && concerns(subject, app));
    const ended = this.#ended.get(month.name)?.amounts.get(subjectKey(subject)) ?? 0;
    return running.reduce((sum, use) => sum + amountWithin(use, month), ended);
  }

  /** Of any month, what runs included: everybody's, or one person's. */
  async slices(month: Month, profileName?: string): Promise<Slice[]> {
    await this.#know(month);
    const ended = this.#ended.get(month.name)?.slices(profileName) ?? [];
    return [...ended, ...this.#running(month, profileName)];
  }

  #running(month: Month, profileName?: string): Slice[] {
    const running = this.#options.meter.running(chargedOf(profileName));
    return running.flatMap((use) => sliceByDay(use, month));
  }

  /** Later months than the one of the start have been seen from their beginning. */
  async #know(month: Month): Promise<void> {
    if (month.name <= this.#openedIn) await this.#readOnce(month);
  }

  #readOnce(month: Month): Promise<void> {
    const known = this.#read.get(month.name);
    if (known !== undefined) return known;
    const reading = this.#options.store.endedSlices(month).then((slices) => {
      const ended = new EndedMonth();
      for (const slice of slices) ended.add(slice);
      this.#ended.set(month.name, ended);
    });
    this.#read.set(month.name, reading);
    reading.catch(() => this.#read.delete(month.name));
    this.#forgetOld(month);
    return reading;
  }

  #forgetOld(except: Month): void {
    const now = monthOf(this.#options.clock()).name;
    for (const name of [...this.#read.keys()].slice(0, -keptMonths)) {
      if (name === now || name === except.name) continue;
      this.#read.delete(name);
      this.#ended.delete(name);
    }
  }

  #addEnded(use: MeteredUse): void {
    if (!isCharged(use)) return;
    const end = use.startedAt + use.milliseconds;
    let month = monthOf(use.startedAt);
    while (month.fromMilliseconds < end) {
      const ended = this.#ended.get(month.name) ?? new EndedMonth();
      for (const slice of sliceByDay(use, month)) ended.add(slice);
      this.#ended.set(month.name, ended);
      month = monthOf(month.toMilliseconds);
    }
  }
}
