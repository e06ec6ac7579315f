import { StrongroomError } from '@strongroom/contracts';
import type { BudgetSubject } from '../budget-subject.ts';

interface RefusedStart {
  readonly instanceType: string;
  readonly limitAmount: number;
  readonly usedAmount: number;
  readonly currency: string;
}

/** Why an app is not started, and what may be started all the same. */
export function budgetReached(
  { kind, name }: BudgetSubject,
  { instanceType, limitAmount, usedAmount, currency }: RefusedStart,
): StrongroomError {
  const whose =
    kind === 'person' ? "This month's budget" : `This month's budget of the team "${name}"`;
  const limit = `${limitAmount.toFixed(2)} ${currency}`;
  const why =
    usedAmount >= limitAmount
      ? `${whose} (${limit}) is used up`
      : `${whose} (${limit}) is used up or set aside for the first hour of what runs`;
  return new StrongroomError('BudgetReached', `Cannot start "${instanceType}": ${why}`, {
    remedy:
      'Stop what you no longer need, choose an instance type without a price, or ask an administrator for more.',
    values: { kind, name, instanceType, currency, limitAmount, usedAmount },
  });
}
