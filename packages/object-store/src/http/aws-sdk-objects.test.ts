import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import * as s3 from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, createTestClient } from './testing/test-client.ts';
import { openTestService, type TestService } from './testing/test-service.ts';

let service: TestService;
let client: s3.S3Client;
const Bucket = 'sdk-objects';

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
