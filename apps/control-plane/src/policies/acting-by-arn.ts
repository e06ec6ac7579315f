import type { Domain } from '@strongroom/domain';
import { domainArns } from '@strongroom/domain';
import type { ActingAs } from './policy-book.ts';

const indexes = new WeakMap<Domain, ReadonlyMap<string, ActingAs>>();

/** Who a session's ARN is, as the domain file has people now; `undefined`: nobody of this domain. */
export function actingByArn(domain: Domain, sessionArn: string): ActingAs | undefined {
  const known = indexes.get(domain);
  if (known !== undefined) return known.get(sessionArn);
  const arns = domainArns(domain);
  const index = new Map<string, ActingAs>();
  for (const person of domain.people) {
    const { profileName, role } = person;
    index.set(arns.roleSession(role, profileName), { kind: 'person', person });
    index.set(arns.executionRoleSession(profileName), { kind: 'execution-role', profileName });
  }
  indexes.set(domain, index);
  return index.get(sessionArn);
}
