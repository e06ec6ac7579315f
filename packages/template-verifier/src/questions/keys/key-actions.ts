/** AWS KMS Developer Guide, "Default key policy": what administrators and what users of a key do. */
export const keyAdministration = [
  'kms:PutKeyPolicy',
  'kms:ScheduleKeyDeletion',
  'kms:DisableKey',
] as const;

export const keyUse = ['kms:Decrypt', 'kms:GenerateDataKey'] as const;

/** What SageMaker asks for as the execution role before a space can start. */
export const studioGrants = [
  'kms:CreateGrant',
  'kms:Decrypt',
  'kms:DescribeKey',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
] as const;
