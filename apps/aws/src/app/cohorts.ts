import { createHash } from 'node:crypto';
import type { Domain, DomainPerson } from '@strongroom/domain';

/** CloudFormation takes 500 resources a stack; a person has at most four. */
export const largestCohort = 120;
/** Where the domain file names no number: so that a cohort has room to grow in. */
const comfortableCohort = 80;

/**
 * Who is in which stack. By a digest of the name and not by the place in the file: whoever comes or goes
 * moves nobody else, because moving from a stack to another removes and makes anew.
 */
export function cohortsOf(domain: Pick<Domain, 'people' | 'aws'>): DomainPerson[][] {
  const people = domain.people.filter(({ role }) => role !== 'auditor');
  const count = domain.aws.cohorts ?? Math.max(1, Math.ceil(people.length / comfortableCohort));
  const cohorts: DomainPerson[][] = Array.from({ length: count }, () => []);
  for (const person of people) cohorts[cohortOf(person.profileName, count)]?.push(person);
  return cohorts;
}

function cohortOf(profileName: string, count: number): number {
  return createHash('sha256').update(profileName).digest().readUInt32BE(0) % count;
}
