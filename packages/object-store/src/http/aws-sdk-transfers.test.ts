import { randomBytes } from 'node:crypto';
import * as s3 from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, createTestClient } from './testing/test-client.ts';
import { bob, openTestService, type TestService } from './testing/test-service.ts';

let service: TestService;
let client: s3.S3Client;
const Bucket = 'sdk-transfers';

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
