import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import * as s3 from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, createTestClient } from './testing/test-client.ts';
import {
  accountId,
  bob,
  openTestService,
  region,
  type TestService,
} from './testing/test-service.ts';

let service: TestService;
let client: s3.S3Client;
const Bucket = 'sdk-bucket';

beforeAll(async () => {
  service = await openTestService();
  client = createTestClient(service);
  await client.send(new s3.CreateBucketCommand({ Bucket }));
});
afterAll(async () => {
  client.destroy();
  await service.close();
});

async function put(
  Key: string,
  Body: string | Uint8Array,
  more: Partial<s3.PutObjectCommandInput> = {},
) {
  return client.send(new s3.PutObjectCommand({ Bucket, Key, Body, ...more }));
}

async function text(Key: string, more: Partial<s3.GetObjectCommandInput> = {}) {
  const { Body } = await client.send(new s3.GetObjectCommand({ Bucket, Key, ...more }));
  return Body?.transformToString();
}

describe('objects', () => {
  it('come back with what they were put with, sealed under the bucket key', async () => {
    const put1 = await put('a/b.txt', 'hello', {
      ...{ ContentType: 'text/plain', CacheControl: 'no-cache', Metadata: { Colour: 'blau' } },
      ...{ Tagging: 'team=red&x=1', ServerSideEncryption: 'aws:kms' },
    });
    expect(put1).toMatchObject({
      ...{ ServerSideEncryption: 'aws:kms', BucketKeyEnabled: true },
      ...{ SSEKMSKeyId: service.key.arn, ChecksumType: 'FULL_OBJECT', ChecksumCRC32: 'NhCmhg==' },
    });
    const got = await client.send(new s3.GetObjectCommand({ Bucket, Key: 'a/b.txt' }));
    expect(got).toMatchObject({
      ...{ ContentType: 'text/plain', CacheControl: 'no-cache', Metadata: { colour: 'blau' } },
      ...{ ContentLength: 5, AcceptRanges: 'bytes', TagCount: 2, ETag: put1.ETag },
      ...{ ServerSideEncryption: 'aws:kms', ChecksumCRC32: 'NhCmhg==' },
    });
    expect(await got.Body?.transformToString()).toBe('hello');
    const head = await client.send(new s3.HeadObjectCommand({ Bucket, Key: 'a/b.txt' }));
    expect(head).toMatchObject({ ContentLength: 5, ETag: put1.ETag, BucketKeyEnabled: true });
  });

  it.each([
    ...['..', 'a//b', '/leading', './x/../y', 'emoji 😀 한글', `sp ace+plus%20&=?#"'<>*()!`, ' '],
    ...['k'.repeat(1024), 'a\r\n\tb', 'dir/', '\u00e9', 'e\u0301'],
  ])('have any name: %j', async (Key) => {
    await put(Key, Key);
    expect(await text(Key)).toBe(Key);
    const listed = await client.send(new s3.ListObjectsV2Command({ Bucket, Prefix: Key }));
    expect(listed.Contents?.map((each) => each.Key)).toContain(Key);
    await client.send(
      new s3.DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key }], Quiet: false } }),
    );
    expect(await codeOf(text(Key))).toBe('NoSuchKey');
  });

  it('have names of 1,024 bytes at most, without NUL', async () => {
    expect(await codeOf(put('k'.repeat(1025), ''))).toBe('KeyTooLongError');
    expect(await codeOf(put('한'.repeat(342), ''))).toBe('KeyTooLongError');
    expect(await codeOf(put('a\0b', ''))).toBe('InvalidArgument');
  });

  it('are read by range, under conditions and with other headers', async () => {
    const { ETag } = await put('range', '0123456789');
    expect(await text('range', { Range: 'bytes=2-4' })).toBe('234');
    expect(await text('range', { Range: 'bytes=-3' })).toBe('789');
    expect(await text('range', { Range: 'bytes=7-' })).toBe('789');
    expect(await text('range', { Range: 'bytes=5-2' })).toBe('0123456789');
    expect(await codeOf(text('range', { Range: 'bytes=10-' }))).toBe('InvalidRange');
    const part = await client.send(
      new s3.GetObjectCommand({ Bucket, Key: 'range', Range: 'bytes=0-0' }),
    );
    expect(part).toMatchObject({ ContentRange: 'bytes 0-0/10', ContentLength: 1 });
    await part.Body?.transformToString();
    expect(await codeOf(text('range', { IfMatch: '"other"' }))).toBe('PreconditionFailed');
    const unchanged = await client
      .send(new s3.GetObjectCommand({ Bucket, Key: 'range', ...(ETag && { IfNoneMatch: ETag }) }))
      .catch((error: s3.S3ServiceException) => error.$metadata.httpStatusCode);
    expect(unchanged).toBe(304);
    const named = await client.send(
      new s3.GetObjectCommand({
        ...{ Bucket, Key: 'range', ResponseContentType: 'text/csv' },
        ResponseContentDisposition: 'attachment; filename="a.csv"',
      }),
    );
    expect(named).toMatchObject({
      ContentType: 'text/csv',
      ContentDisposition: 'attachment; filename="a.csv"',
    });
    await named.Body?.transformToString();
  });

  it('are written only where nothing is there, or what is expected', async () => {
    await put('once', '1', { IfNoneMatch: '*' });
    expect(await codeOf(put('once', '2', { IfNoneMatch: '*' }))).toBe('PreconditionFailed');
    expect(await codeOf(put('once', '2', { IfMatch: '"wrong"' }))).toBe('PreconditionFailed');
    const { ETag = '' } = await client.send(new s3.HeadObjectCommand({ Bucket, Key: 'once' }));
    await put('once', '3', { IfMatch: ETag });
    expect(await text('once')).toBe('3');
  });

  it('that are empty are objects', async () => {
    await put('empty', '');
    const got = await client.send(new s3.GetObjectCommand({ Bucket, Key: 'empty' }));
    expect(got.ContentLength).toBe(0);
    expect(await got.Body?.transformToString()).toBe('');
  });

  it('are copied, with other metadata where it is said', async () => {
    await put('source ü', 'copied', { Metadata: { a: '1' }, Tagging: 'a=1' });
    const CopySource = `${Bucket}/${encodeURIComponent('source ü')}`;
    const copy = await client.send(new s3.CopyObjectCommand({ Bucket, Key: 'copy', CopySource }));
    expect(copy.CopyObjectResult?.ETag).toMatch(/^"[0-9a-f]{32}"$/);
    expect(copy).toMatchObject({ ServerSideEncryption: 'aws:kms' });
    const head = await client.send(new s3.HeadObjectCommand({ Bucket, Key: 'copy' }));
    expect(head.Metadata).toEqual({ a: '1' });
    const own = new s3.CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/copy` });
    expect(await codeOf(client.send(own))).toBe('InvalidRequest');
    await client.send(
      new s3.CopyObjectCommand({
        ...{ Bucket, Key: 'copy', CopySource: `${Bucket}/copy`, MetadataDirective: 'REPLACE' },
        Metadata: { b: '2' },
      }),
    );
    const after = await client.send(new s3.HeadObjectCommand({ Bucket, Key: 'copy' }));
    expect(after.Metadata).toEqual({ b: '2' });
    expect(await text('copy')).toBe('copied');
  });

  it('have tags and attributes', async () => {
    await put('tagged', 'x', { ChecksumAlgorithm: 'SHA256' });
    const place = { Bucket, Key: 'tagged' };
    const Tagging = { TagSet: [{ Key: 'a b', Value: 'ü & <1>' }] };
    const tagging = new s3.PutObjectTaggingCommand({
      ...place,
      Tagging: { TagSet: [{ Key: 'a b', Value: 'ü' }] },
    });
    await client.send(tagging);
    const got = await client.send(new s3.GetObjectTaggingCommand(place));
    expect(got.TagSet).toEqual([{ Key: 'a b', Value: 'ü' }]);
    const refused = new s3.PutObjectTaggingCommand({ ...place, Tagging });
    expect(await codeOf(client.send(refused))).toBe('InvalidTag');
    await client.send(new s3.DeleteObjectTaggingCommand(place));
    const none = await client.send(new s3.GetObjectTaggingCommand(place));
    expect(none.TagSet ?? []).toEqual([]);
    const attributes = await client.send(
      new s3.GetObjectAttributesCommand({
        ...place,
        ObjectAttributes: ['ETag', 'Checksum', 'ObjectSize'],
      }),
    );
    expect(attributes).toMatchObject({
      ObjectSize: 1,
      Checksum: { ChecksumSHA256: 'LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE=' },
    });
  });

  it.each(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const)(
    'keep the checksum that was sent: %s',
    async (ChecksumAlgorithm) => {
      const values = new Map([
        ...([
          ['CRC32', 'y/Q5Jg=='],
          ['CRC32C', '4waSgw=='],
          ['CRC64NVME', 'rosUhgp5mIg='],
        ] as const),
        ['SHA1', '98O8HYCOBHMq32eZZczDTKeuNEE='],
        ['SHA256', 'FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU='],
      ] as [string, string][]);
      const field = `Checksum${ChecksumAlgorithm}`;
      const sent = await put('sum', '123456789', { [field]: values.get(ChecksumAlgorithm) });
      expect(sent).toMatchObject({ ChecksumType: 'FULL_OBJECT' });
      const head = await client.send(
        new s3.HeadObjectCommand({ Bucket, Key: 'sum', ChecksumMode: 'ENABLED' }),
      );
      expect(head).toHaveProperty(field, values.get(ChecksumAlgorithm));
      expect(await codeOf(put('sum', '12345678', { [field]: values.get(ChecksumAlgorithm) }))).toBe(
        'BadDigest',
      );
      expect(await codeOf(put('sum', '1', { [field]: 'AA==' }))).toBe('InvalidRequest');
      expect(await text('sum')).toBe('123456789');
    },
  );

  it('stream in and out', async () => {
    const bytes = randomBytes(3_000_000);
    const Body = Readable.from([bytes.subarray(0, 1_000_001), bytes.subarray(1_000_001)]);
    await client.send(
      new s3.PutObjectCommand({ Bucket, Key: 'stream', Body, ContentLength: bytes.length }),
    );
    const { Body: got } = await client.send(new s3.GetObjectCommand({ Bucket, Key: 'stream' }));
    expect(Buffer.from((await got?.transformToByteArray()) ?? []).equals(bytes)).toBe(true);
  });
});

describe('listings', () => {
  beforeAll(async () => {
    for (const key of ['l/1', 'l/2', 'l/sub/1', 'l/sub/2', 'l/z']) await put(key, key);
  });

  it('roll up by delimiter, and go on page by page', async () => {
    const pages = s3.paginateListObjectsV2(
      { client, pageSize: 2 },
      { Bucket, Prefix: 'l/', Delimiter: '/' },
    );
    const seen: (string | undefined)[] = [];
    for await (const page of pages) {
      expect(page.KeyCount).toBeLessThanOrEqual(2);
      for (const each of page.Contents ?? []) seen.push(each.Key);
      for (const each of page.CommonPrefixes ?? []) seen.push(each.Prefix);
    }
    expect(seen.sort()).toEqual(['l/1', 'l/2', 'l/sub/', 'l/z']);
  });

  it('are those of version 1 too', async () => {
    const first = await client.send(
      new s3.ListObjectsCommand({ Bucket, Prefix: 'l/', Delimiter: '/', MaxKeys: 3 }),
    );
    expect(first).toMatchObject({ IsTruncated: true, NextMarker: 'l/sub/' });
    const second = await client.send(
      new s3.ListObjectsCommand({ Bucket, Prefix: 'l/', Delimiter: '/', Marker: 'l/sub/' }),
    );
    expect(second.Contents?.map(({ Key }) => Key)).toEqual(['l/z']);
    const none = await client.send(new s3.ListObjectsCommand({ Bucket, MaxKeys: 0 }));
    expect(none).toMatchObject({ IsTruncated: false, MaxKeys: 0 });
  });

  it('encode names where they are asked to', async () => {
    await put('enc/a b+ü', '');
    const listed = await client.send(
      new s3.ListObjectsV2Command({ Bucket, Prefix: 'enc/', EncodingType: 'url' }),
    );
    expect(listed).toMatchObject({
      EncodingType: 'url',
      Contents: [{ Key: 'enc/a%20b%2B%C3%BC' }],
    });
  });
});

describe('multipart uploads', () => {
  it('go through lib-storage, in parallel', async () => {
    const bytes = randomBytes(12 * 1024 * 1024);
    const upload = new Upload({
      client,
      params: { Bucket, Key: 'multi', Body: bytes, ServerSideEncryption: 'aws:kms' },
      partSize: 5 * 1024 * 1024,
    });
    const done = await upload.done();
    expect(done).toMatchObject({ ServerSideEncryption: 'aws:kms', BucketKeyEnabled: true });
    expect(done.ETag).toMatch(/^"[0-9a-f]{32}-3"$/);
    const { Body } = await client.send(new s3.GetObjectCommand({ Bucket, Key: 'multi' }));
    expect(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(bytes)).toBe(true);
    const part = await client.send(
      new s3.GetObjectCommand({ Bucket, Key: 'multi', PartNumber: 3 }),
    );
    expect(part).toMatchObject({ PartsCount: 3, ContentLength: 2 * 1024 * 1024 });
    await part.Body?.transformToByteArray();
  });

  it('are listed, copied into, completed once more, and refused out of order', async () => {
    await put('part source', 'abcdefghij');
    const place = { Bucket, Key: 'parts' };
    const { UploadId } = await client.send(new s3.CreateMultipartUploadCommand(place));
    const upload = { ...place, UploadId };
    const first = await client.send(
      new s3.UploadPartCommand({ ...upload, PartNumber: 1, Body: 'first' }),
    );
    const second = await client.send(
      new s3.UploadPartCopyCommand({
        ...{ ...upload, PartNumber: 2, CopySource: `${Bucket}/part%20source` },
        CopySourceRange: 'bytes=2-4',
      }),
    );
    const listed = await client.send(new s3.ListPartsCommand(upload));
    expect(listed.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
      [1, 5],
      [2, 3],
    ]);
    const uploads = await client.send(new s3.ListMultipartUploadsCommand({ Bucket }));
    expect(uploads.Uploads?.map(({ Key }) => Key)).toEqual(['parts']);
    const parts = [
      { PartNumber: 1, ETag: first.ETag },
      { PartNumber: 2, ETag: second.CopyPartResult?.ETag },
    ];
    const complete = (Parts: s3.CompletedPart[]) =>
      client.send(new s3.CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
    expect(await codeOf(complete([...parts].reverse()))).toBe('InvalidPartOrder');
    expect(await codeOf(complete([]))).toBe('MalformedXML');
    expect(await codeOf(complete([{ PartNumber: 3, ETag: '"x"' }]))).toBe('InvalidPart');
    const done = await complete(parts);
    expect((await complete(parts)).ETag).toBe(done.ETag);
    expect(await text('parts')).toBe('firstcde');
  });

  it('are aborted', async () => {
    const place = { Bucket, Key: 'aborted' };
    const { UploadId } = await client.send(new s3.CreateMultipartUploadCommand(place));
    await client.send(new s3.AbortMultipartUploadCommand({ ...place, UploadId }));
    const again = new s3.ListPartsCommand({ ...place, UploadId });
    expect(await codeOf(client.send(again))).toBe('NoSuchUpload');
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
    const put1 = await client.send(new s3.PutObjectCommand({ ...at, Key: 'k', Body: '1' }));
    expect(put1.SSEKMSKeyId).toBe(service.otherKey.arn);
    expect(put1.BucketKeyEnabled).toBeUndefined();
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

describe('presigned URLs', () => {
  it('are read and written with by whoever has them', async () => {
    await put('signed', 'by url');
    const url = await getSignedUrl(client, new s3.GetObjectCommand({ Bucket, Key: 'signed' }));
    expect(await (await fetch(url)).text()).toBe('by url');
    const putUrl = await getSignedUrl(client, new s3.PutObjectCommand({ Bucket, Key: 'by fetch' }));
    expect((await fetch(putUrl, { method: 'PUT', body: 'fetched' })).status).toBe(200);
    expect(await text('by fetch')).toBe('fetched');
    const other = await fetch(url, { method: 'DELETE' });
    expect(other.status).toBe(403);
    expect(await other.text()).toContain('<Code>SignatureDoesNotMatch</Code>');
  });

  it('end when they say', async () => {
    await put('ending', 'x');
    const command = new s3.GetObjectCommand({ Bucket, Key: 'ending' });
    const url = await getSignedUrl(client, command, { expiresIn: 60 });
    service.laterMilliseconds = 61_000;
    const ended = await fetch(url);
    service.laterMilliseconds = 0;
    expect(ended.status).toBe(403);
    expect(await ended.text()).toContain('Request has expired');
  });

  it('work with temporary credentials', async () => {
    const bobs = createTestClient(service, bob);
    const url = await getSignedUrl(bobs, new s3.GetObjectCommand({ Bucket, Key: 'signed' }));
    expect(await (await fetch(url)).text()).toBe('by url');
    expect(service.questions.at(-1)).toMatchObject({
      principal: { arn: bob.arn },
      context: { 's3:authType': 'REST-QUERY-STRING', 's3:signatureAge': expect.any(Number) },
    });
    bobs.destroy();
  });
});
