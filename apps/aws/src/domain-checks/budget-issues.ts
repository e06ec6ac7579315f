import { cannotUse, type Domain, type DomainFileIssue } from '@strongroom/domain';

/** AWS Budgets counts in the currency of the account, which is the dollar outside China. */
export function budgetIssues({ budgets, prices }: Domain): DomainFileIssue[] {
  const hasBudgets =
    budgets.perPerson !== undefined || budgets.people.length > 0 || budgets.teams.length > 0;
  if (!hasBudgets || prices.currency === 'USD') return [];
  const path = ['prices', 'currency'];
  const why = 'budgets of AWS are in US dollars';
  const mend = 'use USD, and amounts in it under budgets';
  return [cannotUse({ path, value: prices.currency, mend, why })];
}
