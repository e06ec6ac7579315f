import type { PolicyStatement } from '@strongroom/policy';

/** Without `kms:Decrypt`, `kms:GenerateDataKey` and `kms:CreateGrant`: administering is not using. */
const administration = [
  ...['kms:Describe*', 'kms:Enable*', 'kms:Disable*', 'kms:List*', 'kms:Get*', 'kms:PutKeyPolicy'],
  ...['kms:UpdateKeyDescription', 'kms:RotateKeyOnDemand', 'kms:RevokeGrant'],
  ...['kms:TagResource', 'kms:UntagResource', 'kms:ScheduleKeyDeletion', 'kms:CancelKeyDeletion'],
];

/**
 * A key whose policy nobody may change is lost (AWS KMS Developer Guide, "Default key policy"), so the
 * account's IAM policies say who administers it, and no more than that.
 */
export function administeredByTheAccount(accountId: string): PolicyStatement {
  return {
    ...{ Sid: 'AdministerByPoliciesOfTheAccount', Effect: 'Allow', Resource: '*' },
    ...{ Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Action: administration },
  };
}

/** SageMaker seals homes and volumes under grants that the execution role makes. */
export function usedByStudios(accountId: string): PolicyStatement {
  return {
    ...{ Sid: 'UseByExecutionRoles', Effect: 'Allow', Resource: '*' },
    Principal: { AWS: `arn:aws:iam::${accountId}:root` },
    Action: ['kms:CreateGrant', 'kms:GenerateDataKeyWithoutPlaintext'],
    Condition: {
      ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${accountId}:role/strongroom/*` },
    },
  };
}

/** What writes evidence, for this account alone (the services' own guides to encrypted logs). */
export function usedByLogging(region: string, accountId: string): PolicyStatement[] {
  const ofAccount = { StringEquals: { 'aws:SourceAccount': accountId } };
  return [
    {
      ...{ Sid: 'SealLogGroups', Effect: 'Allow', Resource: '*' },
      Principal: { Service: `logs.${region}.amazonaws.com` },
      Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'],
      Condition: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:${region}:${accountId}:log-group:*`,
        },
      },
    },
    {
      ...{ Sid: 'SealFlowLogs', Effect: 'Allow', Resource: '*' },
      Principal: { Service: 'delivery.logs.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'],
      Condition: ofAccount,
    },
    {
      ...{ Sid: 'SealTheTrail', Effect: 'Allow', Resource: '*' },
      Principal: { Service: 'cloudtrail.amazonaws.com' },
      Action: ['kms:GenerateDataKey', 'kms:DescribeKey'],
      Condition: {
        ...ofAccount,
        StringLike: {
          'kms:EncryptionContext:aws:cloudtrail:arn': `arn:aws:cloudtrail:*:${accountId}:trail/*`,
        },
      },
    },
    {
      ...{ Sid: 'SealAlarms', Effect: 'Allow', Resource: '*' },
      Principal: { Service: ['cloudwatch.amazonaws.com', 'budgets.amazonaws.com'] },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Condition: ofAccount,
    },
  ];
}
