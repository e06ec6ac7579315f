import type { BudgetState, StudioCost } from '@strongroom/contracts';
import { isAmount, isBoolean, isOneOf, isPrices } from './parse-compute.ts';
import { hasFields, isListOf, isText } from './read-json.ts';

/** Reads the answer of the gateway; null where it is not one. */
export function parseCost(value: unknown): StudioCost | null {
  const isRead = hasFields(value, {
    prices: isPrices,
    amount: isAmount,
    hourlyAmount: isAmount,
    budgets: (budgets) => isListOf(budgets, isBudget),
  });
  return isRead ? (value as StudioCost) : null;
}

function isBudget(value: unknown): value is BudgetState {
  return hasFields(value, {
    kind: isOneOf('person', 'team'),
    name: isText,
    monthlyAmount: isAmount,
    grantedAmount: isAmount,
    usedAmount: isAmount,
    reachedPercent: (percent) => [0, 50, 80, 100].includes(percent as number),
    blocks: isBoolean,
  });
}
