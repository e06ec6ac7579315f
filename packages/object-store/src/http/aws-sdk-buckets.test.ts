import * as s3 from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, createTestClient } from './testing/test-client.ts';
import { accountId, openTestService, region, type TestService } from './testing/test-service.ts';

let service: TestService;
let client: s3.S3Client;
const Bucket = 'sdk-buckets';

beforeAll(async () => {
  service = await openTestService();
  client = createTestClient(service);
  await client.send(new s3.CreateBucketCommand({ Bucket }));
});
afterAll(async () => {
  client.destroy();
  await service.close();
});

describe('buckets', () => {
  it('are listed, looked at and deleted', async () => {
    const Other = 'another-bucket';
    const LocationConstraint = region;
    await client.send(
      new s3.CreateBucketCommand({
        Bucket: Other,
        CreateBucketConfiguration: { LocationConstraint },
      }),
    );
    const { Buckets } = await client.send(new s3.ListBucketsCommand());
    expect(Buckets?.map(({ Name }) => Name)).toContain(Other);
    const head = await client.send(new s3.HeadBucketCommand({ Bucket: Other }));
    expect(head.BucketRegion).toBe(region);
    const location = await client.send(new s3.GetBucketLocationCommand({ Bucket: Other }));
    expect(location.LocationConstraint).toBe(region);
    await client.send(new s3.DeleteBucketCommand({ Bucket: Other }));
    expect(await codeOf(client.send(new s3.HeadBucketCommand({ Bucket: Other })))).toBe('NotFound');
    const again = new s3.CreateBucketCommand({ Bucket });
    expect(await codeOf(client.send(again))).toBe('BucketAlreadyOwnedByYou');
    const elsewhere = new s3.CreateBucketCommand({
      ...{ Bucket: 'elsewhere', CreateBucketConfiguration: { LocationConstraint: 'us-west-2' } },
    });
    expect(await codeOf(client.send(elsewhere))).toBe('IllegalLocationConstraintException');
  });

  it('keep each setting as it was put, and say what is not there', async () => {
    const at = { Bucket };
    const rules: s3.LifecycleRule[] = [
      {
        ...{ ID: 'tmp', Status: 'Enabled', Expiration: { Days: 7 } },
        Filter: { And: { Prefix: 'tmp/', Tags: [{ Key: 'a', Value: '1' }] } },
      },
      {
        ...{ ID: 'uploads', Status: 'Disabled', Filter: { Prefix: '' } },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 3 },
        NoncurrentVersionExpiration: { NoncurrentDays: 30, NewerNoncurrentVersions: 2 },
      },
    ];
    expect(await codeOf(client.send(new s3.GetBucketLifecycleConfigurationCommand(at)))).toBe(
      'NoSuchLifecycleConfiguration',
    );
    await client.send(
      new s3.PutBucketLifecycleConfigurationCommand({
        ...at,
        LifecycleConfiguration: { Rules: rules },
      }),
    );
    const lifecycle = await client.send(new s3.GetBucketLifecycleConfigurationCommand(at));
    expect(lifecycle.Rules).toEqual(rules);

    const CORSRules = [
      { AllowedMethods: ['GET'], AllowedOrigins: ['https://*.example.org'], MaxAgeSeconds: 60 },
    ];
    expect(await codeOf(client.send(new s3.GetBucketCorsCommand(at)))).toBe(
      'NoSuchCORSConfiguration',
    );
    await client.send(new s3.PutBucketCorsCommand({ ...at, CORSConfiguration: { CORSRules } }));
    expect((await client.send(new s3.GetBucketCorsCommand(at))).CORSRules).toEqual(CORSRules);

    const TagSet = [{ Key: 'cost', Value: 'centre' }];
    expect(await codeOf(client.send(new s3.GetBucketTaggingCommand(at)))).toBe('NoSuchTagSet');
    await client.send(new s3.PutBucketTaggingCommand({ ...at, Tagging: { TagSet } }));
    expect((await client.send(new s3.GetBucketTaggingCommand(at))).TagSet).toEqual(TagSet);
    await client.send(new s3.DeleteBucketTaggingCommand(at));
    expect(await codeOf(client.send(new s3.GetBucketTaggingCommand(at)))).toBe('NoSuchTagSet');

    const PublicAccessBlockConfiguration = {
      ...{ BlockPublicAcls: true, IgnorePublicAcls: true },
      ...{ BlockPublicPolicy: true, RestrictPublicBuckets: false },
    };
    await client.send(
      new s3.PutPublicAccessBlockCommand({ ...at, PublicAccessBlockConfiguration }),
    );
    const block = await client.send(new s3.GetPublicAccessBlockCommand(at));
    expect(block.PublicAccessBlockConfiguration).toEqual(PublicAccessBlockConfiguration);
  });

  it('have a policy, which must be one and not public where that is blocked', async () => {
    const at = { Bucket: 'policy-bucket' };
    await client.send(new s3.CreateBucketCommand(at));
    expect(await codeOf(client.send(new s3.GetBucketPolicyCommand(at)))).toBe('NoSuchBucketPolicy');
    const Policy = '{"Version":"2012-10-17","Statement":[]}';
    await client.send(new s3.PutBucketPolicyCommand({ ...at, Policy }));
    expect((await client.send(new s3.GetBucketPolicyCommand(at))).Policy).toBe(Policy);
    await client.send(new s3.HeadBucketCommand(at));
    expect(service.questions.at(-1)).toMatchObject({
      action: 's3:ListBucket',
      bucketPolicy: Policy,
    });
    const bad = new s3.PutBucketPolicyCommand({ ...at, Policy: 'no' });
    expect(await codeOf(client.send(bad))).toBe('MalformedPolicy');
    const PublicAccessBlockConfiguration = { BlockPublicPolicy: true };
    await client.send(
      new s3.PutPublicAccessBlockCommand({ ...at, PublicAccessBlockConfiguration }),
    );
    const open = new s3.PutBucketPolicyCommand({ ...at, Policy: '{"Principal":"*"}' });
    expect(await codeOf(client.send(open))).toBe('AccessDenied');
    await client.send(new s3.DeleteBucketPolicyCommand(at));
  });

  it('have a default key', async () => {
    const at = { Bucket: 'default-key' };
    await client.send(new s3.CreateBucketCommand(at));
    const first = await client.send(new s3.GetBucketEncryptionCommand(at));
    expect(first.ServerSideEncryptionConfiguration?.Rules).toMatchObject([
      {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' },
        BucketKeyEnabled: true,
      },
    ]);
    await client.send(
      new s3.PutBucketEncryptionCommand({
        ...at,
        ServerSideEncryptionConfiguration: {
          Rules: [
            {
              ApplyServerSideEncryptionByDefault: {
                ...{ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'alias/other' },
              },
              BucketKeyEnabled: false,
            },
          ],
        },
      }),
    );
    const put = await client.send(new s3.PutObjectCommand({ ...at, Key: 'k', Body: '1' }));
    expect(put.SSEKMSKeyId).toBe(service.otherKey.arn);
    expect(put.BucketKeyEnabled).toBeUndefined();
    const got = await client.send(new s3.GetBucketEncryptionCommand(at));
    expect(got.ServerSideEncryptionConfiguration?.Rules?.[0]).toMatchObject({
      BucketKeyEnabled: false,
    });
  });

  it('belong to their owner alone', async () => {
    const acl = await client.send(new s3.GetBucketAclCommand({ Bucket }));
    expect(acl.Grants).toMatchObject([{ Permission: 'FULL_CONTROL' }]);
    const open = new s3.PutBucketAclCommand({ Bucket, ACL: 'public-read' });
    expect(await codeOf(client.send(open))).toBe('AccessControlListNotSupported');
    const mine = new s3.HeadBucketCommand({ Bucket, ExpectedBucketOwner: accountId });
    expect(await codeOf(client.send(mine))).toBeUndefined();
    const others = new s3.ListObjectsV2Command({ Bucket, ExpectedBucketOwner: '999999999999' });
    expect(await codeOf(client.send(others))).toBe('AccessDenied');
  });

  it('say by name what they do not have', async () => {
    const website = new s3.GetBucketWebsiteCommand({ Bucket });
    await expect(client.send(website)).rejects.toMatchObject({
      name: 'NotImplemented',
      message: expect.stringContaining('website'),
    });
    const torrent = new s3.GetObjectTorrentCommand({ Bucket, Key: 'a/b.txt' });
    expect(await codeOf(client.send(torrent))).toBe('NotImplemented');
  });
});

describe('versions', () => {
  it('are kept, listed, read and deleted', async () => {
    const Versioned = 'versioned';
    await client.send(new s3.CreateBucketCommand({ Bucket: Versioned }));
    const none = await client.send(new s3.GetBucketVersioningCommand({ Bucket: Versioned }));
    expect(none.Status).toBeUndefined();
    await client.send(
      new s3.PutBucketVersioningCommand({
        Bucket: Versioned,
        VersioningConfiguration: { Status: 'Enabled' },
      }),
    );
    const place = { Bucket: Versioned, Key: 'k' };
    const first = await client.send(new s3.PutObjectCommand({ ...place, Body: '1' }));
    await client.send(new s3.PutObjectCommand({ ...place, Body: '2' }));
    const marker = await client.send(new s3.DeleteObjectCommand(place));
    expect(marker).toMatchObject({ DeleteMarker: true });
    const listed = await client.send(new s3.ListObjectVersionsCommand({ Bucket: Versioned }));
    expect(listed.Versions).toHaveLength(2);
    expect(listed.DeleteMarkers).toMatchObject([{ IsLatest: true, VersionId: marker.VersionId }]);
    expect(await codeOf(client.send(new s3.GetObjectCommand(place)))).toBe('NoSuchKey');
    const old = await client.send(
      new s3.GetObjectCommand({ ...place, VersionId: first.VersionId }),
    );
    expect(await old.Body?.transformToString()).toBe('1');
    const onMarker = new s3.GetObjectCommand({ ...place, VersionId: marker.VersionId });
    expect(await codeOf(client.send(onMarker))).toBe('MethodNotAllowed');
    await client.send(new s3.DeleteObjectCommand({ ...place, VersionId: marker.VersionId }));
    const newest = await client.send(new s3.GetObjectCommand(place));
    expect(await newest.Body?.transformToString()).toBe('2');
  });

  it('are locked in compliance mode', async () => {
    const Locked = 'locked-bucket';
    await client.send(
      new s3.CreateBucketCommand({ Bucket: Locked, ObjectLockEnabledForBucket: true }),
    );
    const RetainUntilDate = new Date('2099-01-01T00:00:00Z');
    const place = { Bucket: Locked, Key: 'k' };
    const { VersionId } = await client.send(
      new s3.PutObjectCommand({
        ...{ ...place, Body: '1', ObjectLockMode: 'COMPLIANCE' },
        ObjectLockRetainUntilDate: RetainUntilDate,
      }),
    );
    const version = { ...place, VersionId };
    const { Retention } = await client.send(new s3.GetObjectRetentionCommand(version));
    expect(Retention).toEqual({ Mode: 'COMPLIANCE', RetainUntilDate });
    expect(await codeOf(client.send(new s3.DeleteObjectCommand(version)))).toBe('AccessDenied');
    const governance = new s3.PutObjectRetentionCommand({
      ...version,
      Retention: { Mode: 'GOVERNANCE', RetainUntilDate },
    });
    expect(await codeOf(client.send(governance))).toBe('NotImplemented');
  });
});
