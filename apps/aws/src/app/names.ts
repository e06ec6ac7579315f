import type { Domain } from '@strongroom/domain';

/** CloudFormation: letters, digits and hyphens, 128 at most. */
export function foundationStackName({ domain }: Pick<Domain, 'domain'>): string {
  return `strongroom-${domain.name}`;
}

export function peopleStackName(domain: Pick<Domain, 'domain'>, cohort: number): string {
  return `${foundationStackName(domain)}-people-${cohort}`;
}

/** The parts of `arn:aws:iam::…:role/strongroom/strongroom-research-alice` that IAM asks for. */
export function roleParts(arn: string): { readonly path: string; readonly roleName: string } {
  const [, ...segments] = (arn.split(':').at(-1) ?? '').split('/');
  const roleName = segments.at(-1) ?? '';
  return {
    path: `/${segments
      .slice(0, -1)
      .map((segment) => `${segment}/`)
      .join('')}`,
    roleName,
  };
}

export function portalRoleArn({ domain }: Pick<Domain, 'domain'>): string {
  return `arn:aws:iam::${domain.accountId}:role/strongroom/${prefixOf(domain.name)}-domain.portal`;
}

/** Of the role of the studios whose person has none, which may do nothing. */
export function nobodyRoleArn({ domain }: Pick<Domain, 'domain'>): string {
  return `arn:aws:iam::${domain.accountId}:role/strongroom/${prefixOf(domain.name)}-domain.nobody`;
}

/** IAM: a role's name has at most 64 characters. The longest suffix here has 20. */
function prefixOf(name: string): string {
  return `strongroom-${name}`.slice(0, 44);
}

export function auditBucketName({ domain }: Pick<Domain, 'domain'>): string {
  return `strongroom-${domain.accountId}-${domain.region}-audit`;
}

export function accessLogBucketName({ domain }: Pick<Domain, 'domain'>): string {
  return `strongroom-${domain.accountId}-${domain.region}-access-logs`;
}
