import { cannotUse, type Domain, type DomainFileIssue } from '@strongroom/domain';
import { cohortsOf, largestCohort } from '../app/cohorts.ts';

/** A stack of CloudFormation has 500 resources at most. */
export function peopleIssues(domain: Domain): DomainFileIssue[] {
  const profileNames = new Set(domain.people.map(({ profileName }) => profileName));
  const owners = domain.aws.repositories.flatMap(({ owner }, index) => {
    if (profileNames.has(owner)) return [];
    const path = ['aws', 'repositories', index, 'owner'];
    const why = 'there is no such person';
    return [cannotUse({ path, value: owner, mend: 'use the profileName of somebody', why })];
  });
  const largest = Math.max(...cohortsOf(domain).map(({ length }) => length));
  if (largest <= largestCohort) return owners;
  const needed = Array.from({ length: 100 }, (_, index) => index + 1).find((cohorts) => {
    const parts = cohortsOf({ people: domain.people, aws: { ...domain.aws, cohorts } });
    return parts.every(({ length }) => length <= largestCohort);
  });
  const mend = needed === undefined ? 'use several domains' : `use ${needed} or more`;
  const why = `${largest} people would be in one stack, which holds ${largestCohort}`;
  const value = domain.aws.cohorts;
  return [...owners, cannotUse({ path: ['aws', 'cohorts'], value, mend, why })];
}
