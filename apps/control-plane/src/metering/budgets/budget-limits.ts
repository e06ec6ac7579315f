import type { BudgetState } from '@strongroom/contracts';
import type { Domain } from '@strongroom/domain';
import type { BudgetSubject } from '../budget-subject.ts';

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
    ...(own === undefined
      ? []
      : [{ kind: 'person' as const, name: profileName, monthlyAmount: own }]),
    ...(ofTeam === undefined ? [] : [{ kind: 'team' as const, name: team, monthlyAmount: ofTeam }]),
  ];
}

/**
 * Every budget: the teams', those of people whom the domain file names, and of all others those that are
 * shown: a domain has many people who used nothing.
 */
export function limitsOfAll(
  { perPerson, people, teams }: Domain['budgets'],
  members: readonly BudgetMember[],
  isShown: (subject: BudgetSubject) => boolean,
): BudgetLimit[] {
  const named = new Map<string, number>(
    people.map(({ profileName, monthlyAmount }) => [profileName, monthlyAmount]),
  );
  const ofPeople = members.flatMap(({ profileName: name }): BudgetLimit[] => {
    const monthlyAmount = named.get(name) ?? perPerson;
    const kind = 'person';
    if (monthlyAmount === undefined) return [];
    return named.has(name) || isShown({ kind, name }) ? [{ kind, name, monthlyAmount }] : [];
  });
  return [
    ...ofPeople,
    ...teams.map(({ team: name, ...rest }) => ({ kind: 'team' as const, name, ...rest })),
  ];
}

export const warnedPercents = [50, 80, 100] as const;

/** The highest of 50, 80 and 100 that is reached. Nothing at all is reached at once. */
export function reachedPercent(
  usedAmount: number,
  limitAmount: number,
): BudgetState['reachedPercent'] {
  const reached = warnedPercents.filter((percent) => usedAmount >= (limitAmount * percent) / 100);
  return reached.at(-1) ?? 0;
}
