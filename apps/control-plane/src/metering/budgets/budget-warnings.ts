import type { MeteringAudit } from '../../audit/metering-audit.ts';
import type { Clock } from '../../clock.ts';
import type { StudioLog } from '../../studios/studio-log.ts';
import { type BudgetSubject, subjectKey } from '../budget-subject.ts';
import type { Usage } from '../usage.ts';
import { warnedPercents } from './budget-limits.ts';
import type { BudgetStore } from './budget-store.ts';
import type { Budgets } from './budgets.ts';

export interface BudgetWarningsOptions {
  readonly budgets: Pick<Budgets, 'states'>;
  readonly usage: Pick<Usage, 'month'>;
  readonly store: BudgetStore;
  readonly audit: Pick<MeteringAudit, 'budgetReached'>;
  readonly clock: Clock;
  readonly log: StudioLog;
}

const lookMilliseconds = 60_000;

/** Tells of each budget that reached 50, 80 or 100 percent: once each, and anew where more was granted. */
export class BudgetWarnings {
  readonly #options: BudgetWarningsOptions;
  readonly #told = new Set<string>();
  #toldOf: string | undefined;
  #isLooking = false;

  constructor(options: BudgetWarningsOptions) {
    this.#options = options;
  }

  start(): { close(): void } {
    const looking = setInterval(() => void this.lookInBackground(), lookMilliseconds);
    return { close: () => clearInterval(looking) };
  }

  async lookInBackground(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      await this.look();
    } catch (error) {
      this.#options.log.error({ err: error }, 'Cannot look at the budgets');
    } finally {
      this.#isLooking = false;
    }
  }

  async look(): Promise<void> {
    const { budgets, usage, store, audit, clock } = this.#options;
    const { name: month } = await usage.month();
    await this.#readTold(month);
    for (const state of await budgets.states()) {
      const { kind, name, monthlyAmount, grantedAmount, usedAmount } = state;
      // Nothing was spent of a budget of nothing.
      if (usedAmount === 0) continue;
      const limitAmount = monthlyAmount + grantedAmount;
      for (const percent of warnedPercents) {
        const key = toldKey(state, limitAmount, percent);
        if (percent > state.reachedPercent || this.#told.has(key)) continue;
        await audit.budgetReached({ kind, name, month, limitAmount }, percent);
        await store.addWarning(
          { kind, name, month, limitAmount, reachedPercent: percent },
          clock(),
        );
        this.#told.add(key);
      }
    }
  }

  /** What was told before this control plane started is not told again. */
  async #readTold(month: string): Promise<void> {
    if (this.#toldOf === month) return;
    this.#told.clear();
    for (const warning of await this.#options.store.warnings(month)) {
      this.#told.add(toldKey(warning, warning.limitAmount, warning.reachedPercent));
    }
    this.#toldOf = month;
  }
}

function toldKey(subject: BudgetSubject, limitAmount: number, percent: number): string {
  return `${subjectKey(subject)} ${limitAmount} ${percent}`;
}
