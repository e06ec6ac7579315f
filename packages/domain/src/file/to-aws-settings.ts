import type { AwsSettings } from './aws-settings.ts';
import type { DomainFileContent } from './domain-file-schema.ts';

const daysOfAYear = 365;
/** SageMaker's smallest volume of a space. */
const smallestSpaceGibibytes = 5;

/** With every value that the file leaves out; a first start's file has no `aws` at all. */
export function toAwsSettings({ aws = {}, studios }: DomainFileContent): AwsSettings {
  const { network = {} } = aws;
  return {
    network: {
      cidr: network.cidr ?? '10.40.0.0/16',
      availabilityZones: network.availabilityZones ?? 2,
      connectedNetworks: network.connectedNetworks ?? [],
      egress: network.egress ?? 'off',
      s3PrefixList: network.s3PrefixList,
      furtherEndpoints: network.furtherEndpoints ?? [],
    },
    authMode: aws.authMode ?? 'IAM',
    trustedPrincipals: aws.trustedPrincipals ?? [],
    images: aws.images ?? [],
    distributionImages: aws.distributionImages ?? true,
    services: aws.services ?? [],
    spaceGibibytes:
      aws.spaceGibibytes ??
      Math.max(smallestSpaceGibibytes, Math.ceil(studios.homeQuotaGibibytes ?? 0)),
    cohorts: aws.cohorts,
    repositories: (aws.repositories ?? []).map(({ name, owner, access = 'owner' }) => ({
      ...{ name, owner, access },
    })),
    auditLockDays: aws.auditLockDays ?? daysOfAYear,
    logRetentionDays: aws.logRetentionDays ?? daysOfAYear,
    alarmAddress: aws.alarmAddress,
    configRules: aws.configRules ?? false,
  };
}
