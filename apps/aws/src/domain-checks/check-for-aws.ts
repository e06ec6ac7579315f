import type { Domain, DomainFileIssue } from '@strongroom/domain';
import { budgetIssues } from './budget-issues.ts';
import { imageIssues } from './image-issues.ts';
import { instanceTypeIssues } from './instance-type-issues.ts';
import { nameIssues } from './name-issues.ts';
import { networkIssues } from './network-issues.ts';
import { peopleIssues } from './people-issues.ts';
import { policySizeIssues } from './policy-size-issues.ts';
import { regionIssues } from './region-issues.ts';

/** Everything that works on one machine and cannot be on AWS, at once. */
export function checkForAws(domain: Domain): DomainFileIssue[] {
  return [
    ...regionIssues(domain),
    ...instanceTypeIssues(domain),
    ...nameIssues(domain),
    ...peopleIssues(domain),
    ...imageIssues(domain),
    ...networkIssues(domain),
    ...budgetIssues(domain),
    ...policySizeIssues(domain),
  ];
}
