import type { Clock } from '../clock.ts';
import type { MeteredUse } from './metered-app.ts';
import type { Meter } from './meter.ts';
import type { MeterStore } from './meter-store.ts';
import { type Month, monthOf } from './month.ts';
import { isCharged, type Slice, sliceByDay } from './slices.ts';

export type BudgetKind = 'person' | 'team';

/** Of one person or team. */
export interface BudgetSubject {
  readonly kind: BudgetKind;
  readonly name: string;
}

/** What a month has cost so far, by `subjectKey`. */
export type Amounts = ReadonlyMap<string, number>;

export function concerns(
  { kind, name }: BudgetSubject,
  app: { readonly profileName: string; readonly team: string },
): boolean {
  return (kind === 'person' ? app.profileName : app.team) === name;
}

export function subjectKey({ kind, name }: BudgetSubject): string {
  return `${kind} ${name}`;
}

/**
 * What the month that runs has cost, by person and team, without a question to the state for each start:
 * what has ended is added up as it ends, and what runs is looked at.
 */
export class MonthAmounts {
  readonly #meter: Meter;
  readonly #store: MeterStore;
  readonly #clock: Clock;
  /** Of what has ended, by the month's name. */
  readonly #ended = new Map<string, Map<string, number>>();
  readonly #complete = new Map<string, Promise<void>>();
  readonly #openedIn: string;

  private constructor(options: { meter: Meter; store: MeterStore; clock: Clock }) {
    this.#meter = options.meter;
    this.#store = options.store;
    this.#clock = options.clock;
    this.#openedIn = monthOf(options.clock()).name;
    options.meter.onEnded((use) => this.#addEnded(use));
  }

  /** Before any app starts. */
  static async open(options: {
    meter: Meter;
    store: MeterStore;
    clock: Clock;
  }): Promise<MonthAmounts> {
    const amounts = new MonthAmounts(options);
    await amounts.month();
    return amounts;
  }

  /** The month that runs, once all of it is known here. */
  async month(): Promise<Month> {
    const month = monthOf(this.#clock());
    // Later ones have been seen from their beginning.
    if (month.name <= this.#openedIn) await this.#load(month);
    return month;
  }

  /** At this moment; of a month that `month()` answered. */
  amounts(month: Month): Amounts {
    const amounts = new Map(this.#ended.get(month.name));
    for (const use of this.#meter.running()) addAll(amounts, slicesOf(use, month));
    return amounts;
  }

  /** The same of one person or team, without a look at all others. */
  amountOf(month: Month, subject: BudgetSubject): number {
    const running = this.#meter.running((app) => isCharged(app) && concerns(subject, app));
    const ended = this.#ended.get(month.name)?.get(subjectKey(subject)) ?? 0;
    return running
      .flatMap((use) => sliceByDay(use, month))
      .reduce((sum, { amount }) => sum + amount, ended);
  }

  /** Once for each: a clock that was set back may lead into a month of before. */
  async #load(month: Month): Promise<void> {
    const known = this.#complete.get(month.name);
    if (known !== undefined) return known;
    const loading = this.#store.endedSlices(month).then((slices) => {
      const amounts = new Map<string, number>();
      addAll(amounts, slices);
      this.#ended.set(month.name, amounts);
    });
    this.#complete.set(month.name, loading);
    loading.catch(() => this.#complete.delete(month.name));
    return loading;
  }

  #addEnded(use: MeteredUse): void {
    const end = use.startedAt + use.milliseconds;
    for (let month = monthOf(use.startedAt); month.fromMilliseconds < end; month = nextMonth(month)) {
      const amounts = this.#ended.get(month.name) ?? new Map<string, number>();
      addAll(amounts, slicesOf(use, month));
      this.#ended.set(month.name, amounts);
    }
  }
}

function nextMonth(month: Month): Month {
  return monthOf(month.toMilliseconds);
}

function slicesOf(use: MeteredUse, month: Month): Slice[] {
  return isCharged(use) ? sliceByDay(use, month) : [];
}

function addAll(amounts: Map<string, number>, slices: readonly Slice[]): void {
  for (const { profileName, team, amount } of slices) {
    add(amounts, subjectKey({ kind: 'person', name: profileName }), amount);
    add(amounts, subjectKey({ kind: 'team', name: team }), amount);
  }
}

function add(amounts: Map<string, number>, key: string, amount: number): void {
  amounts.set(key, (amounts.get(key) ?? 0) + amount);
}
