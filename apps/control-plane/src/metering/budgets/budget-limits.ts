import type { BudgetState } from '@strongroom/contracts';
import type { Domain } from '../../config/domain.ts';
import { type BudgetSubject, subjectKey } from '../month-amounts.ts';

export interface BudgetLimit extends BudgetSubject {
  /** What the domain file allows in a month. */
  readonly monthlyAmount: number;
}

export interface BudgetMember {
  readonly profileName: string;
  readonly team: string;
}

/** What binds one person: their own budget and their team's, where there are any. */
export function limitsFor(
  { perPerson, people, teams }: Domain['budgets'],
  { profileName, team }: BudgetMember,
): BudgetLimit[] {
  const own = people.find((each) => each.profileName === profileName)?.monthlyAmount ?? perPerson;
  const ofTeam = teams.find((each) => each.team === team)?.monthlyAmount;
  return [
    ...(own === undefined ? [] : [{ kind: 'person' as const, name: profileName, monthlyAmount: own }]),
    ...(ofTeam === undefined ? [] : [{ kind: 'team' as const, name: team, monthlyAmount: ofTeam }]),
  ];
}

/** Every budget of these people, each once. */
export function limitsOfAll(
  budgets: Domain['budgets'],
  members: readonly BudgetMember[],
): BudgetLimit[] {
  const limits = new Map<string, BudgetLimit>();
  for (const member of members) {
    for (const limit of limitsFor(budgets, member)) limits.set(subjectKey(limit), limit);
  }
  return [...limits.values()];
}

export const warnedPercents = [50, 80, 100] as const;

/** The highest of 50, 80 and 100 that is reached. Nothing at all is reached at once. */
export function reachedPercent(usedAmount: number, limitAmount: number): BudgetState['reachedPercent'] {
  const reached = warnedPercents.filter(
    (percent) => usedAmount >= (limitAmount * percent) / 100,
  );
  return reached.at(-1) ?? 0;
}
