import type { Cost, Prices, ProfileName, StudioCost } from '@strongroom/contracts';
import type { Clock } from '../../clock.ts';
import type { AppMeter } from '../app-meter.ts';
import type { Budgets } from '../budgets/budgets.ts';
import { addAmounts } from '../ended-month.ts';
import type { MeterStore } from '../meter-store.ts';
import { monthNamed, monthOf } from '../month.ts';
import { chargedOf } from '../slices.ts';
import type { Usage } from '../usage.ts';
import { toCostCsv } from './cost-csv.ts';
import { describeCost } from './describe-cost.ts';

export interface CostsOptions {
  readonly meter: AppMeter;
  readonly store: MeterStore;
  readonly usage: Usage;
  readonly budgets: Budgets;
  readonly prices: () => Prices;
  readonly clock: Clock;
}

/** What apps cost. Who may know of whose is decided before: `profileName` left out is everybody's. */
export class Costs {
  readonly #options: CostsOptions;

  constructor(options: CostsOptions) {
    this.#options = options;
  }

  /** `monthName`: the month that runs where it is left out. */
  async month(monthName: string | undefined, profileName?: ProfileName): Promise<Cost> {
    const { usage, prices, clock } = this.#options;
    const now = clock();
    const running = monthOf(now);
    const month = monthName === undefined ? running : monthNamed(monthName);
    const slices = await usage.slices(month, profileName);
    const states =
      month.name === running.name
        ? await this.#budgets(profileName)
        : await this.#pastBudgets(month.name, profileName);
    return describeCost(slices, {
      ...{ month, now: now.getTime(), prices: prices(), budgets: states },
    });
  }

  async csv(
    monthName: string | undefined,
    profileName?: ProfileName,
  ): Promise<{ readonly month: string; readonly lines: Iterable<string> }> {
    const { store, meter, prices, clock } = this.#options;
    const month = monthName === undefined ? monthOf(clock()) : monthNamed(monthName);
    const ended = await store.endedUses(month, profileName);
    const running = meter
      .running((app) => profileName === undefined || app.profileName === profileName)
      .filter(
        ({ startedAt, milliseconds }) =>
          startedAt < month.toMilliseconds && startedAt + milliseconds >= month.fromMilliseconds,
      );
    const lines = toCostCsv([...ended, ...running], prices().currency);
    return { month: month.name, lines };
  }

  /** The owner's month so far, for Lab's status bar: asked for every few seconds. */
  async studio(profileName: ProfileName): Promise<StudioCost> {
    const { usage, budgets, meter, prices } = this.#options;
    const month = await usage.month();
    const running = meter.running(chargedOf(profileName));
    return {
      prices: prices(),
      amount: usage.amountOf(month, { kind: 'person', name: profileName }),
      hourlyAmount: running.reduce((sum, { pricePerHour }) => sum + (pricePerHour ?? 0), 0),
      budgets: await budgets.statesFor(profileName),
    };
  }

  #budgets(profileName: ProfileName | undefined) {
    const { budgets } = this.#options;
    return profileName === undefined ? budgets.states() : budgets.statesFor(profileName);
  }

  /** A team's budget is used by all of the team, also where one person asks. */
  async #pastBudgets(monthName: string, profileName: ProfileName | undefined) {
    const { usage, budgets } = this.#options;
    const used = new Map<string, number>();
    for (const slice of await usage.slices(monthNamed(monthName))) addAmounts(used, slice);
    return budgets.statesOf(monthName, used, profileName);
  }
}
