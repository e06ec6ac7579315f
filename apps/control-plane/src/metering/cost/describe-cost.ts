import type { BudgetState, Cost, CostShare, Prices } from '@strongroom/contracts';
import { dayMilliseconds, dayOf, hourMilliseconds, type Month } from '../month.ts';
import type { Slice } from '../slices.ts';

/** A month as pages show it. */
export function describeCost(
  slices: readonly Slice[],
  context: {
    readonly month: Month;
    readonly now: number;
    readonly prices: Prices;
    readonly budgets: readonly BudgetState[];
  },
): Cost {
  const { month, now, prices, budgets } = context;
  const total = new Sum();
  for (const slice of slices) total.add(slice);
  return {
    month: month.name,
    from: new Date(month.fromMilliseconds).toISOString(),
    to: new Date(month.toMilliseconds - 1).toISOString(),
    ...{ prices, total: total.describe(), budgets: [...budgets] },
    forecastAmount: forecast(total.amount, month, now),
    days: days(slices, month, now),
    byPerson: sharesBy(slices, ({ profileName }) => profileName),
    byTeam: sharesBy(slices, ({ team }) => team),
    byImage: sharesBy(slices, ({ imageName }) => imageName),
    byInstanceType: sharesBy(slices, ({ instanceType }) => instanceType),
  };
}

class Sum {
  #milliseconds = 0;
  #idleMilliseconds = 0;
  #amount = 0;

  get amount(): number {
    return this.#amount;
  }

  add({ milliseconds, idleMilliseconds, amount }: Slice): void {
    this.#milliseconds += milliseconds;
    this.#idleMilliseconds += idleMilliseconds;
    this.#amount += amount;
  }

  describe() {
    return {
      hours: this.#milliseconds / hourMilliseconds,
      idleHours: this.#idleMilliseconds / hourMilliseconds,
      amount: this.#amount,
    };
  }
}

/** The dearest first. */
function sharesBy(slices: readonly Slice[], nameOf: (slice: Slice) => string): CostShare[] {
  const sums = new Map<string, Sum>();
  for (const slice of slices) {
    const name = nameOf(slice);
    const sum = sums.get(name) ?? new Sum();
    sum.add(slice);
    sums.set(name, sum);
  }
  return [...sums]
    .map(([name, sum]) => ({ name, ...sum.describe() }))
    .sort((left, right) => right.amount - left.amount || right.hours - left.hours);
}

/** Every day of the month up to today, also those on which nothing ran. */
function days(slices: readonly Slice[], month: Month, now: number): Cost['days'] {
  const sums = new Map<string, Sum>();
  const end = Math.min(month.toMilliseconds, now + 1);
  for (let at = month.fromMilliseconds; at < end; at += dayMilliseconds) {
    sums.set(dayOf(at), new Sum());
  }
  for (const slice of slices) {
    const sum = sums.get(slice.day) ?? new Sum();
    sum.add(slice);
    sums.set(slice.day, sum);
  }
  return [...sums]
    .map(([day, sum]) => ({ day, hours: sum.describe().hours, amount: sum.amount }))
    .sort((left, right) => left.day.localeCompare(right.day));
}

/** At the pace so far; null for a month that is over. */
function forecast(amount: number, month: Month, now: number): number | null {
  if (now >= month.toMilliseconds) return null;
  const passed = now - month.fromMilliseconds;
  if (passed <= 0) return amount;
  return (amount * (month.toMilliseconds - month.fromMilliseconds)) / passed;
}
