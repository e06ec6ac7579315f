import type { BudgetState } from '@strongroom/contracts';

const prefix = 'strongroom-budget:';

/** Of which budgets a person was warned in this month: once for each step, not with each page. */
export class ToldBudgets {
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'>;

  constructor(storage: Pick<Storage, 'getItem' | 'setItem'>) {
    this.#storage = storage;
  }

  /** The budgets to warn of now, which it takes as told. `now` decides the month, in UTC. */
  take(budgets: readonly BudgetState[], now: Date): BudgetState[] {
    const month = now.toISOString().slice(0, 7);
    return budgets.filter(({ kind, name, reachedPercent }) => {
      if (reachedPercent < 80) return false;
      const key = `${prefix}${kind}:${name}`;
      const value = `${month} ${reachedPercent}`;
      try {
        if (this.#storage.getItem(key) === value) return false;
        this.#storage.setItem(key, value);
      } catch {
        // A browser that keeps nothing hears of it with each page.
      }
      return true;
    });
  }
}
