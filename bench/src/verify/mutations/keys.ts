import type { Mutation } from '../mutation.ts';

const key = 'AWS::KMS::Key';
const use = 'UseTheKeyOfStudios';

export const keyMutations: readonly Mutation[] = [
  {
    ...{ id: 'key-policy-of-everybody', breaks: 'key-closed-to-strangers' },
    ...{ mistake: 'key policy with Principal "*"', isUncaughtByOthers: true },
    apply: (set) => {
      set.statement('UseByPoliciesOfTheAccount', /KeysData/).Principal = '*';
    },
  },
  {
    ...{ id: 'key-policy-of-another-account', breaks: 'key-closed-to-strangers' },
    mistake: 'key policy that names another account',
    apply: (set) => {
      set.statement('UseByPoliciesOfTheAccount', /KeysStudio/).Principal = {
        AWS: ['arn:aws:iam::111122223333:root', 'arn:aws:iam::999999999999:root'],
      };
    },
  },
  {
    ...{ id: 'rotation-off', breaks: 'key-rotation' },
    mistake: 'rotation of a key off',
    apply: (set) => set.set(key, /KeysData/, 'EnableKeyRotation', false),
  },
  {
    ...{ id: 'administrators-use-keys', breaks: 'key-administration-separate' },
    mistake: 'administrators of a key may use it',
    apply: (set) => {
      set.statement('AdministerWithoutUse', /KeysData/).Action = 'kms:*';
    },
  },
  {
    ...{ id: 'account-may-everything', breaks: 'key-administration-separate' },
    mistake: 'key policy with kms:* for the whole account',
    apply: (set) => {
      set.statement('AdministerByPoliciesOfTheAccount', /KeysStudio/).Action = 'kms:*';
    },
  },
  {
    ...{ id: 'notebooks-administer-keys', breaks: 'execution-role-no-key-administration' },
    mistake: 'execution roles may administer keys',
    apply(set) {
      set.statement(use).Action = 'kms:*';
      set.statement('KeysForUseAlone').Action = 'kms:*';
    },
  },
  {
    ...{ id: 'create-grant-missing', breaks: 'execution-role-key-grants' },
    mistake: 'execution roles lack kms:CreateGrant',
    apply: (set) => {
      set.statement(use).Action = ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey*'];
    },
  },
  {
    ...{ id: 'grants-through-a-service-alone', breaks: 'execution-role-key-grants' },
    mistake: 'use of the key bound to kms:ViaService',
    apply: (set) => {
      set.statement(use).Condition = {
        StringEquals: { 'kms:ViaService': 'sagemaker.ap-northeast-2.amazonaws.com' },
      };
    },
  },
  {
    ...{ id: 'grants-for-aws-resources-alone', breaks: 'execution-role-key-grants' },
    mistake: 'grants bound to kms:GrantIsForAWSResource',
    apply: (set) => {
      set.statement(use).Condition = { Bool: { 'kms:GrantIsForAWSResource': 'true' } };
    },
  },
  {
    ...{ id: 'key-deleted-with-stack', breaks: 'keys-and-data-kept' },
    mistake: 'key deleted with its stack',
    apply: (set) => {
      set.resource(key, /KeysData/).DeletionPolicy = 'Delete';
    },
  },
  {
    ...{ id: 'bucket-deleted-with-stack', breaks: 'keys-and-data-kept' },
    mistake: 'bucket deleted with its stack',
    apply: (set) => {
      set.resource('AWS::S3::Bucket', /riskmodels/).DeletionPolicy = 'Delete';
    },
  },
];
