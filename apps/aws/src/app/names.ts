import { createHash } from 'node:crypto';
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

export function auditBucketName(domain: Pick<Domain, 'domain'>): string {
  return `${bucketPrefixOf(domain)}-audit`;
}

export function accessLogBucketName(domain: Pick<Domain, 'domain'>): string {
  return `${bucketPrefixOf(domain)}-access-logs`;
}

/** Two domains of one account and region have buckets of their own; a whole name may be too long for S3. */
function bucketPrefixOf({ domain: { accountId, region, name } }: Pick<Domain, 'domain'>): string {
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `strongroom-${accountId}-${region}-${digest}`;
}
