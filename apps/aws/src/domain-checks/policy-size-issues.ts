import {
  type AwsPolicies,
  cannotUse,
  type Domain,
  type DomainFileIssue,
  renderAwsPolicies,
} from '@strongroom/domain';
import { portalRoleArn } from '../app/names.ts';

/** Characters that IAM takes, white space aside (IAM User Guide, "IAM and AWS STS quotas"). */
const longest = { managed: 6_144, role: 10_240 } as const;

/** As long as what AWS will give. */
const placeholders = {
  domainId: 'd-xxxxxxxxxxxx',
  ...{ dataKeyArn: 'x'.repeat(80), studioKeyArn: 'x'.repeat(80) },
  ...{ studioEndpointIds: Array(8).fill('x'.repeat(22)) as string[] },
  ...{ bucketEndpointIds: Array(8).fill('x'.repeat(22)) as string[] },
  ...{ subnetIds: Array(3).fill('x'.repeat(24)) as string[], securityGroupId: 'x'.repeat(20) },
};

/** Every bucket and every image makes documents longer, and IAM takes so much and no more. */
export function policySizeIssues(domain: Domain): DomainFileIssue[] {
  const policies = renderAwsPolicies(domain, {
    ...placeholders,
    portalRoleArn: portalRoleArn(domain),
  });
  const tooLong = documentsOf(policies).find(({ length, most }) => length > most);
  if (tooLong === undefined) return [];
  const { name, length, most } = tooLong;
  const why = `the document ${name} would have ${length} characters, and IAM takes ${most}`;
  const mend = 'keep what belongs together in fewer buckets, or use several domains';
  return [cannotUse({ path: ['buckets'], value: domain.buckets, mend, why })];
}

function documentsOf({ managed, executionRoles, portal, boundary }: AwsPolicies) {
  const measured = (name: string, document: unknown, most: number) => ({
    ...{ name, most, length: JSON.stringify(document).length },
  });
  return [
    ...managed.map(({ name, document }) => measured(name, document, longest.managed)),
    measured('portal', portal, longest.managed),
    measured('boundary', boundary, longest.managed),
    ...[...executionRoles].map(([profileName, document]) =>
      measured(`execution-role-${profileName}`, document, longest.role),
    ),
  ];
}
