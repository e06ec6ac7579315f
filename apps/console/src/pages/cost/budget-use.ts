import type { BudgetState } from '@strongroom/contracts';

export interface BudgetUse {
  readonly limitAmount: number;
  /** May be above 100. */
  readonly usedPercent: number;
  readonly state: 'below' | 'noticed' | 'near' | 'reached';
}

/** How far a budget is used, with what was granted on top of it. */
export function budgetUse(budget: BudgetState): BudgetUse {
  const { monthlyAmount, grantedAmount, usedAmount, reachedPercent } = budget;
  const limitAmount = monthlyAmount + grantedAmount;
  const usedPercent = limitAmount === 0 ? 100 : Math.floor((usedAmount / limitAmount) * 100);
  return { limitAmount, usedPercent, state: stateOf(reachedPercent) };
}

function stateOf(reachedPercent: BudgetState['reachedPercent']): BudgetUse['state'] {
  switch (reachedPercent) {
    case 0:
      return 'below';
    case 50:
      return 'noticed';
    case 80:
      return 'near';
    case 100:
      return 'reached';
  }
}
