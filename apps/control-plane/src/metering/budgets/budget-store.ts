import type { BudgetGrants, ProfileName } from '@strongroom/contracts';
import type { State } from '../../state/database.ts';
import { type BudgetSubject, subjectKey } from '../budget-subject.ts';

export type BudgetGrant = BudgetGrants['grants'][number];

export interface BudgetWarning extends BudgetSubject {
  readonly month: string;
  readonly limitAmount: number;
  readonly reachedPercent: number;
}

/** What was granted on top of the domain file, and what was warned of. */
export class BudgetStore {
  readonly #state: State;

  constructor(state: State) {
    this.#state = state;
  }

  async grants(month: string): Promise<BudgetGrant[]> {
    const rows = await this.#state
      .selectFrom('budget_grants')
      .selectAll()
      .where('month', '=', month)
      .orderBy('grant_id')
      .execute();
    return rows.map((row) => ({
      ...{ kind: row.kind, name: row.name, month: row.month, amount: row.amount },
      ...{ reason: row.reason, grantedBy: row.granted_by as ProfileName },
      grantedAt: new Date(row.granted_at).toISOString(),
    }));
  }

  /** By `subjectKey`. */
  async grantedAmounts(month: string): Promise<Map<string, number>> {
    const amounts = new Map<string, number>();
    for (const grant of await this.grants(month)) {
      const key = subjectKey(grant);
      amounts.set(key, (amounts.get(key) ?? 0) + grant.amount);
    }
    return amounts;
  }

  async addGrant(grant: BudgetGrant): Promise<void> {
    await this.#state
      .insertInto('budget_grants')
      .values({
        ...{ kind: grant.kind, name: grant.name, month: grant.month, amount: grant.amount },
        ...{ reason: grant.reason, granted_by: grant.grantedBy },
        granted_at: Date.parse(grant.grantedAt),
      })
      .execute();
  }

  async warnings(month: string): Promise<BudgetWarning[]> {
    const rows = await this.#state
      .selectFrom('budget_warnings')
      .selectAll()
      .where('month', '=', month)
      .execute();
    return rows.map((row) => ({
      ...{ kind: row.kind, name: row.name, month: row.month },
      ...{ limitAmount: row.limit_amount, reachedPercent: row.reached_percent },
    }));
  }

  async addWarning(warning: BudgetWarning, now: Date): Promise<void> {
    await this.#state
      .insertInto('budget_warnings')
      .values({
        ...{ kind: warning.kind, name: warning.name, month: warning.month },
        ...{ limit_amount: warning.limitAmount, reached_percent: warning.reachedPercent },
        reached_at: now.getTime(),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}
