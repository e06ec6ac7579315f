import * as sdk from '@aws-sdk/client-s3';
import { S3Error, type S3ErrorCode } from '../../s3-error.ts';
import type { BucketSettingName, BucketSettings } from '../bucket-settings.ts';
import { answered, orUndefined } from './s3-answers.ts';
import { tagSet, tagsOf } from './s3-attributes.ts';
import { corsInput, corsOutput, lifecycleInput, lifecycleOutput } from './s3-rules.ts';

interface SettingCalls<Value> {
  get(client: sdk.S3Client, Bucket: string): Promise<Value | undefined>;
  put(client: sdk.S3Client, Bucket: string, value: Value): Promise<unknown>;
  remove(client: sdk.S3Client, Bucket: string): Promise<unknown>;
  /** How S3 says that it is not set. */
  readonly absent: readonly S3ErrorCode[];
}

type Calls = { readonly [Name in BucketSettingName]: SettingCalls<BucketSettings[Name]> };

const calls: Calls = {
  versioning: {
    get: async (client, Bucket) =>
      (await client.send(new sdk.GetBucketVersioningCommand({ Bucket }))).Status,
    put: (client, Bucket, Status) =>
      client.send(
        new sdk.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }),
      ),
    remove: () => refuse('InvalidBucketState', 'Cannot take versioning off the bucket'),
    absent: [],
  },
  policy: {
    get: async (client, Bucket) =>
      (await client.send(new sdk.GetBucketPolicyCommand({ Bucket }))).Policy,
    put: (client, Bucket, Policy) =>
      client.send(new sdk.PutBucketPolicyCommand({ Bucket, Policy })),
    remove: (client, Bucket) => client.send(new sdk.DeleteBucketPolicyCommand({ Bucket })),
    absent: ['NoSuchBucketPolicy'],
  },
  encryption: {
    async get(client, Bucket) {
      const output = await client.send(new sdk.GetBucketEncryptionCommand({ Bucket }));
      const rule = output.ServerSideEncryptionConfiguration?.Rules?.[0];
      const standard = rule?.ApplyServerSideEncryptionByDefault;
      if (standard?.SSEAlgorithm !== 'aws:kms') return undefined;
      const { KMSMasterKeyID: keyReference } = standard;
      const bucketKeyEnabled = rule?.BucketKeyEnabled ?? false;
      const algorithm = 'aws:kms';
      return { algorithm, bucketKeyEnabled, ...(keyReference !== undefined && { keyReference }) };
    },
    put: (client, Bucket, { algorithm, keyReference, bucketKeyEnabled }) => {
      const standard = {
        SSEAlgorithm: algorithm,
        ...(keyReference !== undefined && { KMSMasterKeyID: keyReference }),
      };
      const rule = {
        ApplyServerSideEncryptionByDefault: standard,
        BucketKeyEnabled: bucketKeyEnabled,
      };
      const ServerSideEncryptionConfiguration = { Rules: [rule] };
      return client.send(
        new sdk.PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration }),
      );
    },
    remove: (client, Bucket) => client.send(new sdk.DeleteBucketEncryptionCommand({ Bucket })),
    absent: ['ServerSideEncryptionConfigurationNotFoundError'],
  },
  publicAccessBlock: {
    async get(client, Bucket) {
      const output = await client.send(new sdk.GetPublicAccessBlockCommand({ Bucket }));
      const block = output.PublicAccessBlockConfiguration ?? {};
      return {
        blockPublicAcls: block.BlockPublicAcls ?? false,
        ignorePublicAcls: block.IgnorePublicAcls ?? false,
        blockPublicPolicy: block.BlockPublicPolicy ?? false,
        restrictPublicBuckets: block.RestrictPublicBuckets ?? false,
      };
    },
    put: (client, Bucket, block) => {
      const PublicAccessBlockConfiguration = {
        ...{ BlockPublicAcls: block.blockPublicAcls, IgnorePublicAcls: block.ignorePublicAcls },
        BlockPublicPolicy: block.blockPublicPolicy,
        RestrictPublicBuckets: block.restrictPublicBuckets,
      };
      return client.send(
        new sdk.PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }),
      );
    },
    remove: (client, Bucket) => client.send(new sdk.DeletePublicAccessBlockCommand({ Bucket })),
    absent: ['NoSuchPublicAccessBlockConfiguration'],
  },
  cors: {
    get: async (client, Bucket) =>
      corsOutput((await client.send(new sdk.GetBucketCorsCommand({ Bucket }))).CORSRules),
    put: (client, Bucket, rules) =>
      client.send(
        new sdk.PutBucketCorsCommand({
          Bucket,
          CORSConfiguration: { CORSRules: corsInput(rules) },
        }),
      ),
    remove: (client, Bucket) => client.send(new sdk.DeleteBucketCorsCommand({ Bucket })),
    absent: ['NoSuchCORSConfiguration'],
  },
  lifecycle: {
    get: async (client, Bucket) =>
      lifecycleOutput(
        (await client.send(new sdk.GetBucketLifecycleConfigurationCommand({ Bucket }))).Rules,
      ),
    put: (client, Bucket, rules) =>
      client.send(
        new sdk.PutBucketLifecycleConfigurationCommand({
          ...{ Bucket, LifecycleConfiguration: { Rules: lifecycleInput(rules) } },
        }),
      ),
    remove: (client, Bucket) => client.send(new sdk.DeleteBucketLifecycleCommand({ Bucket })),
    absent: ['NoSuchLifecycleConfiguration'],
  },
  tagging: {
    get: async (client, Bucket) =>
      tagsOf((await client.send(new sdk.GetBucketTaggingCommand({ Bucket }))).TagSet),
    put: (client, Bucket, tags) =>
      client.send(new sdk.PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: tagSet(tags) } })),
    remove: (client, Bucket) => client.send(new sdk.DeleteBucketTaggingCommand({ Bucket })),
    absent: ['NoSuchTagSet'],
  },
  objectLock: {
    async get(client, Bucket) {
      const output = await client.send(new sdk.GetObjectLockConfigurationCommand({ Bucket }));
      const { Days, Years } = output.ObjectLockConfiguration?.Rule?.DefaultRetention ?? {};
      if (Days === undefined && Years === undefined) return {};
      const period = {
        ...(Days !== undefined && { days: Days }),
        ...(Years !== undefined && { years: Years }),
      };
      return { defaultRetention: { mode: 'COMPLIANCE', ...period } };
    },
    put: (client, Bucket, { defaultRetention }) => {
      const period = defaultRetention && {
        Mode: defaultRetention.mode,
        ...(defaultRetention.days !== undefined && { Days: defaultRetention.days }),
        ...(defaultRetention.years !== undefined && { Years: defaultRetention.years }),
      };
      const Rule = period && { DefaultRetention: period };
      const ObjectLockConfiguration = {
        ObjectLockEnabled: 'Enabled',
        ...(Rule && { Rule }),
      } as const;
      return client.send(
        new sdk.PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration }),
      );
    },
    remove: () => refuse('InvalidBucketState', 'Cannot take object lock off the bucket'),
    absent: ['ObjectLockConfigurationNotFoundError', 'NoSuchObjectLockConfiguration'],
  },
  quotaBytes: {
    get: async () => undefined,
    put: () => refuse('NotImplemented', 'Cannot set a quota: S3 has none'),
    remove: async () => undefined,
    absent: [],
  },
};

export function getSetting<Name extends BucketSettingName>(
  client: sdk.S3Client,
  bucket: string,
  setting: Name,
): Promise<BucketSettings[Name] | undefined> {
  const { get, absent }: SettingCalls<BucketSettings[Name]> = calls[setting];
  return orUndefined(absent, () => answered(`/${bucket}`, () => get(client, bucket)));
}

export async function putSetting<Name extends BucketSettingName>(
  client: sdk.S3Client,
  bucket: string,
  named: { readonly setting: Name; readonly value: BucketSettings[Name] },
): Promise<void> {
  const { put }: SettingCalls<BucketSettings[Name]> = calls[named.setting];
  await answered(`/${bucket}`, () => put(client, bucket, named.value));
}

export async function removeSetting(
  client: sdk.S3Client,
  bucket: string,
  setting: BucketSettingName,
): Promise<void> {
  await answered(`/${bucket}`, () => calls[setting].remove(client, bucket));
}

async function refuse(code: S3ErrorCode, message: string): Promise<never> {
  throw new S3Error(code, message);
}
