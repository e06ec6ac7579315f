import * as s3 from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sendSigned } from './testing/signed-request.ts';
import { codeOf, createTestClient } from './testing/test-client.ts';
import { accountId, alice, openTestService, type TestService } from './testing/test-service.ts';

let service: TestService;
let client: s3.S3Client;
const Bucket = 'permission-bucket';
const Key = 'folder/k';
const arn = `arn:aws:s3:::${Bucket}`;

beforeAll(async () => {
  service = await openTestService({ connection: { sourceVpce: 'vpce-1', sourceIp: '10.0.0.9' } });
  client = createTestClient(service);
  await client.send(new s3.CreateBucketCommand({ Bucket }));
  await client.send(new s3.PutObjectCommand({ Bucket, Key, Body: 'content', Tagging: 'team=red' }));
});
afterEach(() => {
  service.refuse = () => undefined;
});
afterAll(async () => {
  client.destroy();
  await service.close();
});

/** What was asked while it ran: actions, and the resources they are about. */
async function askedBy(run: () => Promise<unknown>): Promise<[string, string][]> {
  service.questions.length = 0;
  await run();
  return service.questions.map(({ action, resourceArn }) => [action, resourceArn]);
}

/** The condition keys of the only question. */
async function contextOf(run: () => Promise<unknown>) {
  service.questions.length = 0;
  await run();
  return service.questions[0]?.context ?? {};
}

describe('what must be allowed', () => {
  const place = { Bucket, Key };
  const object = `${arn}/${Key}`;

  it.each<[string, () => Promise<unknown>, [string, string][]]>([
    [
      'ListBuckets',
      () => client.send(new s3.ListBucketsCommand()),
      [['s3:ListAllMyBuckets', 'arn:aws:s3:::*']],
    ],
    [
      'HeadBucket',
      () => client.send(new s3.HeadBucketCommand({ Bucket })),
      [['s3:ListBucket', arn]],
    ],
    [
      'ListObjectsV2',
      () => client.send(new s3.ListObjectsV2Command({ Bucket })),
      [['s3:ListBucket', arn]],
    ],
    [
      'ListObjectVersions',
      () => client.send(new s3.ListObjectVersionsCommand({ Bucket })),
      [['s3:ListBucketVersions', arn]],
    ],
    [
      'ListMultipartUploads',
      () => client.send(new s3.ListMultipartUploadsCommand({ Bucket })),
      [['s3:ListBucketMultipartUploads', arn]],
    ],
    ['GetObject', () => client.send(new s3.GetObjectCommand(place)), [['s3:GetObject', object]]],
    [
      'PutObject',
      () =>
        client.send(new s3.PutObjectCommand({ ...place, Body: 'content', Tagging: 'team=red' })),
      [
        ['s3:PutObject', object],
        ['s3:PutObjectTagging', object],
      ],
    ],
    [
      'DeleteObjects',
      () =>
        client.send(
          new s3.DeleteObjectsCommand({
            Bucket,
            Delete: { Objects: [{ Key: 'a' }, { Key: 'b' }] },
          }),
        ),
      [
        ['s3:DeleteObject', `${arn}/a`],
        ['s3:DeleteObject', `${arn}/b`],
      ],
    ],
    [
      'CopyObject',
      () =>
        client.send(
          new s3.CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/${Key}` }),
        ),
      [
        ['s3:GetObject', object],
        ['s3:GetObjectTagging', object],
        ['s3:PutObjectTagging', `${arn}/copy`],
        ['s3:PutObject', `${arn}/copy`],
      ],
    ],
    [
      'GetObjectAttributes',
      () =>
        client.send(new s3.GetObjectAttributesCommand({ ...place, ObjectAttributes: ['ETag'] })),
      [
        ['s3:GetObject', object],
        ['s3:GetObjectAttributes', object],
      ],
    ],
  ])('for %s', async (_, run, expected) => {
    expect(await askedBy(run)).toEqual(expected);
  });

  it('for a version is another action, with its id', async () => {
    const context = await contextOf(() =>
      codeOf(client.send(new s3.GetObjectCommand({ Bucket, Key, VersionId: 'null' }))),
    );
    expect(service.questions[0]?.action).toBe('s3:GetObjectVersion');
    expect(context['s3:VersionId']).toBe('null');
  });

  it('is decided by the tags of the version that is asked for', async () => {
    const at = { Bucket: 'tagged-versions', Key: 'k' };
    await client.send(new s3.CreateBucketCommand({ Bucket: at.Bucket }));
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    const versioned = { Bucket: at.Bucket, VersioningConfiguration };
    await client.send(new s3.PutBucketVersioningCommand(versioned));
    const put = (team: string) =>
      client.send(new s3.PutObjectCommand({ ...at, Body: team, Tagging: `team=${team}` }));
    const { VersionId } = await put('red');
    await put('blue');
    const read = (version: object) => () =>
      client.send(new s3.GetObjectCommand({ ...at, ...version }));
    expect(await contextOf(read({}))).toHaveProperty('s3:ExistingObjectTag/team', 'blue');
    expect(await contextOf(read({ VersionId }))).toMatchObject({
      ...{ 's3:ExistingObjectTag/team': 'red', 's3:VersionId': VersionId },
    });
  });

  it('is asked with what is known of the request', async () => {
    const context = await contextOf(() => client.send(new s3.GetObjectCommand({ Bucket, Key })));
    expect(context).toMatchObject({
      ...{
        'aws:SecureTransport': false,
        'aws:SourceVpce': 'vpce-1',
        'aws:VpcSourceIp': '10.0.0.9',
      },
      ...{ 's3:authType': 'REST-HEADER', 's3:signatureversion': 'AWS4-HMAC-SHA256' },
      ...{ 's3:ExistingObjectTag/team': 'red', 's3:ResourceAccount': accountId },
    });
    expect(context).not.toHaveProperty('aws:SourceIp');
    expect(context).not.toHaveProperty('s3:signatureAge');
    expect(service.questions[0]?.principal.arn).toBe(alice.arn);
  });

  it('is asked with what a listing asks for, as it asks it', async () => {
    const list = (more: object) => () =>
      client.send(new s3.ListObjectsV2Command({ Bucket, ...more }));
    expect(await contextOf(list({ Prefix: 'home/', Delimiter: '/', MaxKeys: 7 }))).toMatchObject({
      ...{ 's3:prefix': 'home/', 's3:delimiter': '/', 's3:max-keys': 7 },
    });
    expect(await contextOf(list({}))).not.toHaveProperty('s3:prefix');
    expect(await contextOf(list({ Prefix: '' }))).toHaveProperty('s3:prefix', '');
  });

  it('is asked with the tags that are to be set', async () => {
    const Tagging = { TagSet: [{ Key: 'team', Value: 'blue' }] };
    const command = new s3.PutObjectTaggingCommand({ Bucket, Key, Tagging });
    expect(await contextOf(() => client.send(command))).toMatchObject({
      ...{ 's3:RequestObjectTag/team': 'blue', 's3:RequestObjectTagKeys': ['team'] },
      's3:ExistingObjectTag/team': 'red',
    });
  });
});

describe('the condition on encryption', () => {
  const sse = 's3:x-amz-server-side-encryption';
  const keyId = `${sse}-aws-kms-key-id`;
  const denyUnlessKms: TestService['refuse'] = ({ action, context }) =>
    action === 's3:PutObject' && (context[sse] !== 'aws:kms' || context[keyId] !== service.key.arn)
      ? 'encrypt with the key of the firm'
      : undefined;
  const put = (more: Partial<s3.PutObjectCommandInput>) =>
    client.send(new s3.PutObjectCommand({ Bucket, Key: 'demanded', Body: 'x', ...more }));

  it('is met by the header alone: a default of the bucket does not fill it in', async () => {
    service.refuse = denyUnlessKms;
    expect(await codeOf(put({}))).toBe('AccessDenied');
    expect(await codeOf(put({ ServerSideEncryption: 'AES256' }))).toBe('AccessDenied');
    expect(await codeOf(put({ ServerSideEncryption: 'aws:kms' }))).toBe('AccessDenied');
    const other = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'alias/other' } as const;
    expect(await codeOf(put(other))).toBe('AccessDenied');
    const right = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'alias/data' } as const;
    expect(await codeOf(put(right))).toBeUndefined();
  });

  it('is met by the parts of an upload that met it', async () => {
    service.refuse = denyUnlessKms;
    const place = { Bucket, Key: 'demanded parts' };
    const begin = (more: Partial<s3.CreateMultipartUploadCommandInput>) =>
      client.send(new s3.CreateMultipartUploadCommand({ ...place, ...more }));
    expect(await codeOf(begin({}))).toBe('AccessDenied');
    const right = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: service.key.keyId } as const;
    const { UploadId } = await begin(right);
    const upload = { ...place, UploadId };
    const { ETag } = await client.send(
      new s3.UploadPartCommand({ ...upload, PartNumber: 1, Body: 'x' }),
    );
    const second = await openTestService({ store: service.store });
    second.refuse = (question) => service.refuse(question);
    const others = createTestClient(second);
    const part = new s3.UploadPartCommand({ ...upload, PartNumber: 2, Body: 'x' });
    expect(await codeOf(others.send(part))).toBeUndefined();
    others.destroy();
    await second.close();
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
    const done = new s3.CompleteMultipartUploadCommand({ ...upload, MultipartUpload });
    expect(await client.send(done)).toMatchObject({ SSEKMSKeyId: service.key.arn });
  });
});

describe('a refusal', () => {
  it('says why, and comes before anything is stored', async () => {
    service.refuse = ({ action }) =>
      action === 's3:PutObject' ? 'Alice may not write' : undefined;
    const put = client.send(new s3.PutObjectCommand({ Bucket, Key: 'never', Body: 'x' }));
    await expect(put).rejects.toMatchObject({
      name: 'AccessDenied',
      message: 'Alice may not write',
    });
    service.refuse = () => undefined;
    expect(service.lines.at(-1)).toMatchObject({
      operation: 'PutObject',
      code: 'AccessDenied',
      rule: 'test',
    });
    expect(await codeOf(client.send(new s3.GetObjectCommand({ Bucket, Key: 'never' })))).toBe(
      'NoSuchKey',
    );
  });

  it('hides whether a key exists from who may not list', async () => {
    service.refuse = ({ action }) => (action === 's3:ListBucket' ? 'no listing' : undefined);
    const read = (key: string) => client.send(new s3.GetObjectCommand({ Bucket, Key: key }));
    expect(await codeOf(read('missing'))).toBe('AccessDenied');
    expect(await codeOf(read(Key))).toBeUndefined();
    const head = await sendSigned(service, { method: 'HEAD', path: `/${Bucket}/missing` });
    expect(head.status).toBe(403);
    const CopySource = `${Bucket}/missing`;
    const copy = client.send(new s3.CopyObjectCommand({ Bucket, Key: 'x', CopySource }));
    expect(await codeOf(copy)).toBe('AccessDenied');
  });

  it('of one key leaves the others to be deleted', async () => {
    await client.send(new s3.PutObjectCommand({ Bucket, Key: 'free', Body: 'x' }));
    await client.send(new s3.PutObjectCommand({ Bucket, Key: 'kept', Body: 'x' }));
    service.refuse = ({ resourceArn }) => (resourceArn.endsWith('/kept') ? 'kept' : undefined);
    const result = await client.send(
      new s3.DeleteObjectsCommand({
        ...{ Bucket, Delete: { Objects: [{ Key: 'kept' }, { Key: 'free' }] } },
      }),
    );
    service.refuse = () => undefined;
    expect(result.Errors).toMatchObject([{ Key: 'kept', Code: 'AccessDenied', Message: 'kept' }]);
    expect(result.Deleted).toMatchObject([{ Key: 'free' }]);
    expect(
      await codeOf(client.send(new s3.HeadObjectCommand({ Bucket, Key: 'kept' }))),
    ).toBeUndefined();
  });

  it('of the source keeps a copy from being made', async () => {
    service.refuse = ({ action }) => (action === 's3:GetObject' ? 'not to be read' : undefined);
    const copy = client.send(
      new s3.CopyObjectCommand({ Bucket, Key: 'stolen', CopySource: `${Bucket}/${Key}` }),
    );
    expect(await codeOf(copy)).toBe('AccessDenied');
  });
});

describe('a key that is disabled', () => {
  it('keeps its objects from being read and written', async () => {
    const caller = { principal: 'operator' };
    await service.service.disable(service.otherKey.keyId, { caller });
    const sse = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: service.otherKey.keyId } as const;
    const put = client.send(new s3.PutObjectCommand({ Bucket, Key: 'other', Body: 'x', ...sse }));
    expect(await codeOf(put)).toBe('KMS.DisabledException');
    await service.service.enable(service.otherKey.keyId, { caller });
    await client.send(new s3.PutObjectCommand({ Bucket, Key: 'other', Body: 'x', ...sse }));
    await service.service.disable(service.otherKey.keyId, { caller });
    const get = client.send(new s3.GetObjectCommand({ Bucket, Key: 'other' }));
    expect(await codeOf(get)).toBe('KMS.DisabledException');
    await service.service.enable(service.otherKey.keyId, { caller });
  });

  it('cuts a download that is under way', async () => {
    const caller = { principal: 'operator' };
    const sse = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: service.otherKey.keyId } as const;
    const sizeBytes = 64 * 1024 * 1024;
    const Body = Buffer.alloc(sizeBytes);
    await client.send(new s3.PutObjectCommand({ Bucket, Key: 'large', Body, ...sse }));
    const got = await client.send(new s3.GetObjectCommand({ Bucket, Key: 'large' }));
    await service.service.disable(service.otherKey.keyId, { caller });
    expect(await codeOf(got.Body?.transformToByteArray() ?? Promise.resolve())).toBeDefined();
    await service.service.enable(service.otherKey.keyId, { caller });
    expect(
      service.lines.find(({ key, operation }) => key === 'large' && operation === 'GetObject'),
    ).toMatchObject({
      code: 'KMS.DisabledException',
    });
  });
});
