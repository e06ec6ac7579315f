import type { Mutation } from '../mutation.ts';

const bucket = 'AWS::S3::Bucket';
const encryption = 'BucketEncryption.ServerSideEncryptionConfiguration.0';
const data = /riskmodels/;

export const storageMutations: readonly Mutation[] = [
  {
    ...{ id: 'upload-denies-dropped', breaks: 'object-needs-encryption' },
    ...{ mistake: 'denials of uploads without the key dropped', isUncaughtByOthers: true },
    apply(set) {
      set.drop('OnlySealedByKms', data);
      set.drop('OnlyTheKeyOfTheDomain', data);
    },
  },
  {
    ...{ id: 'wrong-key-deny-dropped', breaks: 'object-needs-our-key' },
    mistake: 'denial of uploads under another key dropped',
    apply: (set) => set.drop('OnlyTheKeyOfTheDomain', data),
  },
  {
    ...{ id: 'wrong-key-deny-inverted', breaks: 'object-needs-our-key' },
    mistake: 'denial of uploads under another key the wrong way round',
    apply: (set) => {
      const statement = set.statement('OnlyTheKeyOfTheDomain', data);
      const { StringNotEquals } = statement.Condition as Record<string, unknown>;
      statement.Condition = { StringEquals: StringNotEquals };
    },
  },
  {
    ...{ id: 'sealed-by-kms-deny-dropped', breaks: 'object-needs-encryption' },
    mistake: 'denial of uploads under SSE-S3 dropped',
    apply: (set) => set.drop('OnlySealedByKms', data),
  },
  {
    ...{ id: 'bucket-key-off', breaks: 'bucket-key-on' },
    ...{ mistake: 'bucket key off', isUncaughtByOthers: true },
    apply: (set) => set.set(bucket, data, `${encryption}.BucketKeyEnabled`, false),
  },
  {
    ...{ id: 'default-encryption-of-s3', breaks: 'bucket-encrypted-with-key' },
    mistake: 'default encryption SSE-S3',
    apply: (set) =>
      set.set(bucket, data, encryption, {
        ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
      }),
  },
  {
    ...{ id: 'default-encryption-without-key', breaks: 'bucket-encrypted-with-key' },
    mistake: 'default encryption under the key of AWS',
    apply: (set) =>
      set.set(
        bucket,
        data,
        `${encryption}.ServerSideEncryptionByDefault.KMSMasterKeyID`,
        undefined,
      ),
  },
  {
    ...{ id: 'versioning-off', breaks: 'bucket-versioning' },
    mistake: 'versioning off',
    apply: (set) => set.set(bucket, data, 'VersioningConfiguration', undefined),
  },
  {
    ...{ id: 'public-access-possible', breaks: 'bucket-public-access-blocked' },
    mistake: 'block of public access off',
    apply: (set) => set.set(bucket, data, 'PublicAccessBlockConfiguration', undefined),
  },
  {
    ...{ id: 'public-policies-possible', breaks: 'bucket-public-access-blocked' },
    mistake: 'block of public policies off',
    apply: (set) =>
      set.set(bucket, data, 'PublicAccessBlockConfiguration.BlockPublicPolicy', false),
  },
  {
    ...{ id: 'tls-deny-dropped', breaks: 'bucket-over-tls-only' },
    mistake: 'denial of plain HTTP dropped',
    apply: (set) => set.drop('OnlyOverTls', data),
  },
  {
    ...{ id: 'access-logs-off', breaks: 'bucket-access-logged' },
    mistake: 'access logs off',
    apply: (set) => set.set(bucket, data, 'LoggingConfiguration', undefined),
  },
  {
    ...{ id: 'endpoint-deny-dropped', breaks: 'data-only-through-endpoints' },
    mistake: 'denial of access past the endpoint dropped',
    apply: (set) => set.drop('OnlyThroughEndpoints', data),
  },
  {
    ...{ id: 'endpoint-deny-inverted', breaks: 'studios-reach-their-data' },
    mistake: 'aws:SourceVpce in a bucket policy the wrong way round',
    apply: (set) => {
      const statement = set.statement('OnlyThroughEndpoints', data);
      const { StringNotEquals } = statement.Condition as Record<string, unknown>;
      statement.Condition = { StringEquals: StringNotEquals };
    },
  },
  {
    ...{ id: 'endpoint-deny-waived-by-tag', breaks: 'denials-not-waived-by-tags' },
    mistake: 'denial of access past the endpoint that a tag waives',
    apply: (set) => {
      const { Condition } = set.statement('OnlyThroughEndpoints', data);
      const { StringNotEquals } = Condition as Record<string, Record<string, unknown>>;
      Object.assign(StringNotEquals ?? {}, { 'aws:PrincipalTag/strongroom-team': 'platform' });
    },
  },
  {
    ...{ id: 'bucket-of-everybody', breaks: 'bucket-closed-to-strangers' },
    mistake: 'bucket policy with Principal "*"',
    apply: (set) => {
      const statement = set.statement('OnlyThisAccount', data);
      Object.assign(statement, { Effect: 'Allow', Action: 's3:GetObject' });
      delete statement.Condition;
    },
  },
  {
    ...{ id: 'audit-lock-off', breaks: 'audit-bucket-locked' },
    mistake: 'object lock of the audit bucket off',
    apply(set) {
      set.set(bucket, /Audit/, 'ObjectLockEnabled', undefined);
      set.set(bucket, /Audit/, 'ObjectLockConfiguration', undefined);
    },
  },
  {
    ...{ id: 'audit-lock-without-time', breaks: 'audit-bucket-locked' },
    mistake: 'object lock of the audit bucket without a retention',
    apply: (set) => set.set(bucket, /Audit/, 'ObjectLockConfiguration.Rule', undefined),
  },
  {
    ...{ id: 'flow-logs-without-key', breaks: 'flow-logs-encrypted' },
    mistake: 'flow logs in a bucket without a key',
    apply: (set) =>
      set.set(bucket, /Audit/, encryption, {
        ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
      }),
  },
  {
    ...{ id: 'topic-without-key', breaks: 'topics-encrypted' },
    mistake: 'alarms’ topic without a key',
    apply: (set) => set.set('AWS::SNS::Topic', /./, 'KmsMasterKeyId', undefined),
  },
];
