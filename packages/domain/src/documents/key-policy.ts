import type { PolicyDocument } from '@strongroom/policy';
import type { DomainArns } from './domain-arns.ts';

/**
 * Whoever administers a key does not use it (AWS KMS Developer Guide, "Default key policy": key
 * administrators and key users). Use is left to the account's identity policies, which name it only
 * through S3.
 */
export function keyPolicyDocument(arns: DomainArns, accountId: string): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        ...{ Sid: 'UseByPoliciesOfTheAccount', Effect: 'Allow' },
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action: ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey', 'kms:ListAliases'],
        Resource: '*',
      },
      {
        ...{ Sid: 'AdministerWithoutUse', Effect: 'Allow' },
        Principal: { AWS: arns.role('administrator') },
        Action: [
          'kms:DescribeKey',
          'kms:EnableKey',
          'kms:DisableKey',
          'kms:RotateKeyOnDemand',
          'kms:ScheduleKeyDeletion',
          'kms:CancelKeyDeletion',
        ],
        Resource: '*',
      },
    ],
  };
}
