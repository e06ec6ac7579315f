import {
  type BudgetGrantRequest,
  type BudgetState,
  type ProfileName,
  StrongroomError,
} from '@strongroom/contracts';
import type { Domain } from '@strongroom/domain';
import type { MeteringAudit } from '../../audit/metering-audit.ts';
import type { Clock } from '../../clock.ts';
import type { People } from '../../identity/people.ts';
import type { AppObserver } from '../../studios/app-observer.ts';
import type { NewApp } from '../../studios/app-store.ts';
import type { KernelReference } from '../../studios/kernel-app.ts';
import type { AppMeter } from '../app-meter.ts';
import { type Amounts, type BudgetSubject, concerns, subjectKey } from '../budget-subject.ts';
import { addAmounts } from '../ended-month.ts';
import type { MeteredUse } from '../metered-app.ts';
import { amountOf, isCharged } from '../slices.ts';
import type { Usage } from '../usage.ts';
import { type BudgetLimit, limitsFor, limitsOfAll, reachedPercent } from './budget-limits.ts';
import { budgetReached } from './budget-refusal.ts';
import type { BudgetGrant, BudgetStore } from './budget-store.ts';
import { Reservations } from './reservations.ts';

export interface BudgetsOptions {
  readonly domain: () => Pick<Domain, 'budgets' | 'teams' | 'prices'>;
  readonly people: Pick<People, 'find' | 'list'>;
  readonly meter: AppMeter;
  readonly usage: Usage;
  readonly store: BudgetStore;
  readonly priceOf: (instanceType: string) => number | null;
  readonly audit: Pick<MeteringAudit, 'budgetRefused'>;
  readonly clock: Clock;
  readonly now?: () => number;
}

/**
 * Whether people have the means for what they start. What runs is never ended for want of money.
 *
 * INVARIANT: between the last look at what is used and the reservation nothing else runs, so that of two
 * starts at once the second sees the first. An hour is set aside for each app, from the moment it is
 * allowed: what a start costs is not seen in what is used until time has passed.
 */
export class Budgets implements AppObserver {
  readonly #options: BudgetsOptions;
  readonly #reservations: Reservations;
  readonly #appNames = new Map<string, string>();

  constructor(options: BudgetsOptions) {
    this.#options = options;
    this.#reservations = new Reservations(options.now ?? (() => performance.now()));
  }

  /** @throws {StrongroomError} `BudgetReached` */
  async requireMeans(profileName: ProfileName, kernel: KernelReference): Promise<void> {
    const { priceOf, domain, people, store, usage, audit } = this.#options;
    const { appName, instanceType } = kernel;
    const price = priceOf(instanceType) ?? 0;
    if (price === 0) return;
    const team = (await people.find(profileName))?.team ?? '';
    const limits = limitsFor(domain().budgets, { profileName, team });
    if (limits.length === 0) return;
    const month = await usage.month();
    const granted = await store.grantedAmounts(month.name);
    const reached = limits.find((limit) => {
      const committed = usage.amountOf(month, limit) + this.#setAside(limit, appName);
      return committed >= limitOf(limit, granted);
    });
    if (reached === undefined) {
      this.#reservations.hold(appName, { profileName, team, amount: price });
      return;
    }
    const limitAmount = limitOf(reached, granted);
    const { kind, name } = reached;
    await audit.budgetRefused(
      profileName,
      { kind, name, month: month.name, limitAmount },
      instanceType,
    );
    throw budgetReached(reached, {
      ...{ instanceType, limitAmount, currency: domain().prices.currency },
      usedAmount: usage.amountOf(month, reached),
    });
  }

  async added({ appId, appName }: NewApp): Promise<void> {
    this.#appNames.set(appId, appName);
    this.#reservations.claim(appName);
  }

  /** From here on the meter has it. */
  async started(appId: string): Promise<void> {
    this.#reservations.release(this.#appNames.get(appId) ?? '');
  }

  async ended(appId: string): Promise<void> {
    this.#reservations.release(this.#appNames.get(appId) ?? '');
    this.#appNames.delete(appId);
  }

  /** Those that bind one person. */
  async statesFor(profileName: ProfileName): Promise<BudgetState[]> {
    const { usage, store } = this.#options;
    const limits = await this.#limitsFor(profileName);
    const month = await usage.month();
    const granted = await store.grantedAmounts(month.name);
    return limits.map((limit) => {
      const key = subjectKey(limit);
      const used = new Map([[key, usage.amountOf(month, limit)]]);
      const setAside = new Map([[key, this.#setAside(limit)]]);
      return describeRunning(limit, { granted, used, setAside });
    });
  }

  /** Everybody's. */
  async states(): Promise<BudgetState[]> {
    const { usage, store } = this.#options;
    const month = await usage.month();
    const granted = await store.grantedAmounts(month.name);
    const used = usage.amounts(month);
    const limits = await this.#limits({ granted, used });
    const setAside = this.#setAsideForAll();
    return limits.map((limit) => describeRunning(limit, { granted, used, setAside }));
  }

  /** Of a month that is over: nothing is refused for it. */
  async statesOf(month: string, used: Amounts, profileName?: ProfileName): Promise<BudgetState[]> {
    const granted = await this.#options.store.grantedAmounts(month);
    const limits =
      profileName === undefined
        ? await this.#limits({ granted, used })
        : await this.#limitsFor(profileName);
    return limits.map((limit) => ({ ...describeBudget(limit, { granted, used }), blocks: false }));
  }

  grants(month: string): Promise<BudgetGrant[]> {
    return this.#options.store.grants(month);
  }

  /**
   * For the month that runs. `before`: with the month's name, before it counts.
   *
   * @throws {StrongroomError} `ProfileNotFound`, `InvalidRequest`
   */
  async grant(
    asked: BudgetGrantRequest & { readonly grantedBy: ProfileName },
    before: (month: string) => Promise<void>,
  ): Promise<void> {
    const { domain, people, usage, store, clock } = this.#options;
    const { kind, name } = asked;
    if (kind === 'person' && (await people.find(name as ProfileName)) === undefined) {
      throw new StrongroomError('ProfileNotFound', `Cannot find the profile "${name}"`);
    }
    const { budgets, teams } = domain();
    const isLimited =
      kind === 'person'
        ? limitsFor(budgets, { profileName: name, team: '' }).length > 0
        : budgets.teams.some(({ team }) => team === name) &&
          teams.some((team) => team.name === name);
    if (!isLimited) {
      throw new StrongroomError(
        'InvalidRequest',
        `Cannot raise the budget of "${name}": it has none`,
        {
          remedy: 'Set one in the domain file (budgets), or leave it without a limit.',
          values: { field: 'name' },
        },
      );
    }
    const month = await usage.month();
    await before(month.name);
    await store.addGrant({ ...asked, month: month.name, grantedAt: clock().toISOString() });
  }

  /** An hour for each app that is allowed or runs, less what it has used of that. */
  #setAside(subject: BudgetSubject, exceptAppName?: string): number {
    const running = this.#options.meter.running((app) => isCharged(app) && concerns(subject, app));
    return running.reduce(
      (sum, use) => sum + unusedOf(use),
      this.#reservations.amountFor(subject, exceptAppName),
    );
  }

  /** The same for everybody, in one look at what runs. */
  #setAsideForAll(): Amounts {
    const amounts = new Map<string, number>();
    for (const reservation of this.#reservations.all()) addAmounts(amounts, reservation);
    for (const use of this.#options.meter.running(isCharged)) {
      addAmounts(amounts, { ...use, amount: unusedOf(use) });
    }
    return amounts;
  }

  async #limitsFor(profileName: ProfileName): Promise<BudgetLimit[]> {
    const { people, domain } = this.#options;
    const person = await people.find(profileName);
    return person === undefined ? [] : limitsFor(domain().budgets, person);
  }

  async #limits({ granted, used }: BudgetAmounts): Promise<BudgetLimit[]> {
    const { people, domain } = this.#options;
    return limitsOfAll(domain().budgets, await people.list(), (subject) => {
      const key = subjectKey(subject);
      return used.has(key) || granted.has(key);
    });
  }
}

/** By `subjectKey`. */
interface BudgetAmounts {
  readonly granted: ReadonlyMap<string, number>;
  readonly used: Amounts;
}

function limitOf(limit: BudgetLimit, granted: ReadonlyMap<string, number>): number {
  return limit.monthlyAmount + (granted.get(subjectKey(limit)) ?? 0);
}

function unusedOf(use: MeteredUse): number {
  return Math.max(0, (use.pricePerHour ?? 0) - amountOf(use));
}

/** Of the month that runs. */
function describeRunning(
  limit: BudgetLimit,
  { setAside, ...amounts }: BudgetAmounts & { readonly setAside: Amounts },
): BudgetState {
  const state = describeBudget(limit, amounts);
  const committed = state.usedAmount + (setAside.get(subjectKey(limit)) ?? 0);
  return { ...state, blocks: committed >= limitOf(limit, amounts.granted) };
}

function describeBudget(
  limit: BudgetLimit,
  { granted, used }: BudgetAmounts,
): Omit<BudgetState, 'blocks'> {
  const { kind, name, monthlyAmount } = limit;
  const key = subjectKey(limit);
  const usedAmount = used.get(key) ?? 0;
  return {
    ...{ kind, name, monthlyAmount, usedAmount },
    grantedAmount: granted.get(key) ?? 0,
    reachedPercent: reachedPercent(usedAmount, limitOf(limit, granted)),
  };
}
