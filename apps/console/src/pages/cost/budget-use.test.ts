import type { BudgetState } from '@strongroom/contracts';
import { describe, expect, it } from 'vitest';
import { budgetUse } from './budget-use.ts';

const budget: BudgetState = {
  ...{ kind: 'person', name: 'alice', monthlyAmount: 80, grantedAmount: 20 },
  ...{ usedAmount: 50, reachedPercent: 50, blocks: false },
};

describe('the use of a budget', () => {
  it('is told against what the month allows and what was granted', () => {
    expect(budgetUse(budget)).toEqual({ limitAmount: 100, usedPercent: 50, state: 'noticed' });
  });

  it('is not rounded up to a limit that is not reached', () => {
    const use = budgetUse({ ...budget, usedAmount: 99.9, reachedPercent: 80 });
    expect(use).toMatchObject({ usedPercent: 99, state: 'near' });
  });

  it('of a budget of nothing is all of it', () => {
    const nothing = { ...budget, monthlyAmount: 0, grantedAmount: 0, usedAmount: 0 };
    expect(budgetUse({ ...nothing, reachedPercent: 100 })).toMatchObject({ usedPercent: 100 });
  });
});
