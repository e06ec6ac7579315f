import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  type RawRequest,
  send,
  sendSigned,
  signedChunks,
  signRequest,
} from './testing/signed-request.ts';
import { openTestService, type TestService } from './testing/test-service.ts';

let service: TestService;
const bucket = 'wire-bucket';

beforeAll(async () => {
  service = await openTestService();
  await sendSigned(service, { method: 'PUT', path: `/${bucket}` });
  await put('/key', 'content');
});
afterAll(() => service.close());

function put(key: string, body: string, more: Partial<RawRequest> = {}) {
  return sendSigned(service, { method: 'PUT', path: `/${bucket}${key}`, body, ...more });
}

function get(key: string, more: Partial<RawRequest> = {}) {
  return sendSigned(service, { method: 'GET', path: `/${bucket}${key}`, ...more });
}

describe('answers', () => {
  it('carry the ids of the request, also in the XML of an error', async () => {
    const answer = await get('/missing');
    expect(answer).toMatchObject({ status: 404, code: 'NoSuchKey' });
    const id = answer.headers['x-amz-request-id'];
    expect(id).toMatch(/^[0-9A-F]{16}$/);
    expect(answer.text).toContain(`<RequestId>${id}</RequestId>`);
    expect(answer.text).toContain(`<Resource>/${bucket}/missing</Resource>`);
    expect(answer.headers['x-amz-id-2']).toMatch(/^[A-Za-z0-9+/]{64}$/);
    expect(service.lines.at(-1)).toMatchObject({
      ...{ requestId: id, operation: 'GetObject', bucket, key: 'missing' },
      ...{ status: 404, code: 'NoSuchKey' },
    });
  });

  it('to HEAD have no body, also where they are errors', async () => {
    const path = `/${bucket}/key`;
    const head = await sendSigned(service, { method: 'HEAD', path });
    expect(head).toMatchObject({ status: 200, text: '' });
    expect(head.headers['content-length']).toBe('7');
    const missing = await sendSigned(service, { method: 'HEAD', path: `${path}s` });
    expect(missing).toMatchObject({ status: 404, text: '' });
  });

  it('to a range behind the end tell the size', async () => {
    const answer = await get('/key', { headers: { range: 'bytes=7-' } });
    expect(answer).toMatchObject({ status: 416, code: 'InvalidRange' });
    expect(answer.text).toContain('<ActualObjectSize>7</ActualObjectSize>');
  });

  it('of 304 name the version that is unchanged', async () => {
    const { headers } = await get('/key');
    const etag = String(headers.etag);
    const answer = await get('/key', { headers: { 'if-none-match': `"a", ${etag}` } });
    expect(answer).toMatchObject({ status: 304, text: '' });
    expect(answer.headers.etag).toBe(etag);
  });

  it('to the deletion of what is missing are 204', async () => {
    const path = `/${bucket}/missing`;
    expect(await sendSigned(service, { method: 'DELETE', path })).toMatchObject({ status: 204 });
  });

  it('leave the connection usable', async () => {
    for (const key of ['/key', '/missing', '/key']) await get(key);
    expect((await put('/refused', 'x', { headers: { 'if-none-match': '"a"' } })).status).toBe(501);
    expect((await get('/key')).text).toBe('content');
  });
});

describe('signatures', () => {
  it('are needed', async () => {
    const headers = { host: `127.0.0.1:${service.port}` };
    const answer = await send(service, { method: 'GET', path: `/${bucket}/key`, headers });
    expect(answer).toMatchObject({ status: 403, code: 'AccessDenied' });
  });

  it('cover every header that S3 gives a meaning', async () => {
    const unsignedHeaders = { 'x-amz-acl': 'private' };
    expect(await get('/key', { unsignedHeaders })).toMatchObject({ code: 'AccessDenied' });
  });

  it('are of now', async () => {
    service.laterMilliseconds = 16 * 60_000;
    expect(await get('/key')).toMatchObject({ status: 403, code: 'RequestTimeTooSkewed' });
    service.laterMilliseconds = 0;
  });

  it('are good for the request they were made for, again within their time, and for no other', async () => {
    const signed = await signRequest(service, { method: 'GET', path: `/${bucket}/key` });
    expect(await send(service, signed)).toMatchObject({ status: 200, text: 'content' });
    // As on AWS: whoever has it may repeat it, which is why it goes over TLS.
    expect(await send(service, signed)).toMatchObject({ status: 200, text: 'content' });
    for (const changed of [{ path: `/${bucket}/other` }, { method: 'DELETE' }]) {
      const answer = await send(service, { ...signed, ...changed });
      expect(answer).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' });
    }
    service.laterMilliseconds = 16 * 60_000;
    expect(await send(service, signed)).toMatchObject({
      status: 403,
      code: 'RequestTimeTooSkewed',
    });
    service.laterMilliseconds = 0;
  });

  it('hold the body, and nothing is stored of another', async () => {
    await put('/held', 'before');
    const sha256 = createHash('sha256').update('other').digest('hex');
    const answer = await put('/held', 'after', { payloadHash: sha256 });
    expect(answer).toMatchObject({ status: 400, code: 'XAmzContentSHA256Mismatch' });
    expect((await get('/held')).text).toBe('before');
  });
});

describe('bodies', () => {
  it('with a wrong MD5 or length are not stored', async () => {
    const wrong = { 'content-md5': createHash('md5').update('other').digest('base64') };
    expect(await put('/md5', 'x', { headers: wrong })).toMatchObject({ code: 'BadDigest' });
    const malformed = { 'content-md5': 'x' };
    expect(await put('/md5', 'x', { headers: malformed })).toMatchObject({ code: 'InvalidDigest' });
    expect(await get('/md5')).toMatchObject({ status: 404 });
    const framed = await put('/md5', '1\r\nx\r\n0\r\nx-amz-checksum-crc32:jN55Vw==\r\n\r\n', {
      payloadHash: 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      headers: {
        ...{ 'content-encoding': 'aws-chunked', 'x-amz-trailer': 'x-amz-checksum-crc32' },
        'x-amz-decoded-content-length': '2',
      },
    });
    expect(framed).toMatchObject({ status: 400, code: 'IncompleteBody' });
    expect(await get('/md5')).toMatchObject({ status: 404 });
  });

  it('with a wrong checksum behind them are not stored', async () => {
    const answer = await put('/trailer', '1\r\nx\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n', {
      payloadHash: 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      headers: {
        ...{ 'content-encoding': 'gzip,aws-chunked', 'x-amz-trailer': 'x-amz-checksum-crc32' },
        'x-amz-decoded-content-length': '1',
      },
    });
    expect(answer).toMatchObject({ status: 400, code: 'BadDigest' });
    expect(await get('/trailer')).toMatchObject({ status: 404 });
  });

  it('in signed chunks are stored, and their framing is not', async () => {
    const size = 100_000;
    const content = Buffer.alloc(size, 'c');
    const head = await sendSigned(service, {
      ...{ method: 'PUT', path: `/${bucket}/chunks` },
      payloadHash: 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
      headers: {
        ...{ 'content-encoding': 'aws-chunked,gzip', 'content-type': 'text/plain' },
        'x-amz-decoded-content-length': String(size),
      },
      body: (signature, timestamp) => signedChunks(content, { signature, timestamp }),
    });
    expect(head.status).toBe(200);
    const answer = await get('/chunks');
    expect(answer.text).toBe(content.toString());
    expect(answer.headers['content-encoding']).toBe('gzip');
  });

  it('need a length', async () => {
    const unsignedHeaders = { 'transfer-encoding': 'chunked' };
    const answer = await put('/length', '', {
      ...{ unsignedHeaders, headers: { 'content-length': '' } },
    }).catch(() => undefined);
    expect(answer === undefined || answer.status >= 400).toBe(true);
    expect(await get('/length')).toMatchObject({ status: 404 });
  });

  it('that are cut off leave what was there', async () => {
    await put('/cut', 'before');
    service.questions.length = 0;
    const sha256 = createHash('sha256').update('x'.repeat(1000)).digest('hex');
    const answer = put('/cut', 'x'.repeat(500), {
      ...{ payloadHash: sha256, headers: { 'content-length': '1000' } },
    }).catch((error: NodeJS.ErrnoException) => error.code);
    const isPut = () => service.questions.some(({ resourceArn }) => resourceArn.endsWith('/cut'));
    await vi.waitFor(() => expect(isPut()).toBe(true));
    service.dropConnections();
    expect(await answer).toBe('ECONNRESET');
    expect((await get('/cut')).text).toBe('before');
  });

  it('that stop coming are not waited for', async () => {
    const hasty = await openTestService({ idleMilliseconds: 100 });
    await sendSigned(hasty, { method: 'PUT', path: '/hasty-bucket' });
    const half: RawRequest = {
      ...{ method: 'PUT', path: '/hasty-bucket/half', body: 'half' },
      headers: { 'content-length': '1000' },
    };
    await expect(sendSigned(hasty, half)).rejects.toMatchObject({ code: 'ECONNRESET' });
    await hasty.close();
  });

  it('that are parts of no upload are refused', async () => {
    const answer = await put('/part', 'x', { query: { partNumber: '1' } });
    expect(answer).toMatchObject({ code: 'InvalidArgument' });
  });

  it('wait for the word to go on, which comes once the request is allowed', async () => {
    const body = 'y'.repeat(100_000);
    const headers = { expect: '100-continue' };
    expect(await put('/waited', body, { headers })).toMatchObject({
      ...{ status: 200, isContinued: true },
    });
    expect((await get('/waited')).text).toBe(body);
    service.refuse = ({ action }) => (action === 's3:PutObject' ? 'no' : undefined);
    const refused = await put('/waited', 'other', { headers });
    service.refuse = () => undefined;
    expect(refused).toMatchObject({ status: 403, code: 'AccessDenied', isContinued: false });
    expect(refused.headers.connection).toBe('close');
    const condition = await put('/waited', 'x', { headers: { ...headers, 'if-none-match': '*' } });
    expect(condition).toMatchObject({ code: 'PreconditionFailed' });
    expect((await get('/waited')).text).toBe(body);
  });
});

describe('headers about encryption', () => {
  const sse = 'x-amz-server-side-encryption';

  it.each<[string, Record<string, string>, string]>([
    ['SSE-S3', { [sse]: 'AES256' }, 'InvalidEncryptionAlgorithmError'],
    ['nonsense', { [sse]: 'rot13' }, 'InvalidEncryptionAlgorithmError'],
    ['a key without KMS', { [`${sse}-aws-kms-key-id`]: 'alias/data' }, 'InvalidArgument'],
    ['a key with SSE-S3', { [sse]: 'AES256', [`${sse}-aws-kms-key-id`]: 'x' }, 'InvalidArgument'],
    [
      'an unknown key',
      { [sse]: 'aws:kms', [`${sse}-aws-kms-key-id`]: 'alias/none' },
      'KMS.NotFoundException',
    ],
    ['SSE-C', { [`${sse}-customer-algorithm`]: 'AES256' }, 'NotImplemented'],
    [
      'SSE-C and KMS',
      { [`${sse}-customer-algorithm`]: 'AES256', [sse]: 'aws:kms' },
      'InvalidArgument',
    ],
    ['a context that is none', { [sse]: 'aws:kms', [`${sse}-context`]: 'x' }, 'InvalidArgument'],
  ])('%s', async (_, headers, code) => {
    expect(await put('/sse', 'x', { headers })).toMatchObject({ code });
    expect(await get('/sse')).toMatchObject({ status: 404 });
  });

  it('may bind a context of the client to the object, where no bucket key is used', async () => {
    const context = Buffer.from('{"project":"red"}').toString('base64');
    const headers = {
      ...{ [sse]: 'aws:kms', [`${sse}-bucket-key-enabled`]: 'false' },
      [`${sse}-context`]: context,
    };
    const answer = await put('/context', 'x', { headers });
    expect(answer.status).toBe(200);
    expect(answer.headers).not.toHaveProperty(`${sse}-bucket-key-enabled`);
    expect((await get('/context')).text).toBe('x');
  });

  it('have no place on a read', async () => {
    const answer = await get('/key', { headers: { [sse]: 'aws:kms' } });
    expect(answer).toMatchObject({ status: 400, code: 'InvalidArgument' });
  });

  it('name the key by id, alias or ARN, and the answer names its ARN', async () => {
    const { keyId, arn } = service.otherKey;
    for (const reference of [keyId, 'alias/other', arn]) {
      const headers = { [sse]: 'aws:kms', [`${sse}-aws-kms-key-id`]: reference };
      const answer = await put('/named', 'x', { headers });
      expect(answer.headers[`${sse}-aws-kms-key-id`]).toBe(arn);
      expect(service.questions.at(-1)?.context).toMatchObject({
        ...{ [`s3:${sse}`]: 'aws:kms', [`s3:${sse}-aws-kms-key-id`]: arn },
      });
    }
  });
});

describe('addresses and headers that are no good', () => {
  it.each<[string, Partial<RawRequest> & { path: string }, string]>([
    ['NUL in a key', { path: `/${bucket}/a%00b` }, 'InvalidArgument'],
    ['a key that is no UTF-8', { path: `/${bucket}/%ff` }, 'InvalidURI'],
    ['a broken escape', { path: `/${bucket}/%zz` }, 'InvalidURI'],
    ['a bucket that is no name', { path: '/a%2Fb/key' }, 'InvalidBucketName'],
    [
      '8 KB of headers',
      { path: `/${bucket}/key`, headers: { 'x-amz-meta-a': 'a'.repeat(8200) } },
      'RequestHeaderSectionTooLarge',
    ],
    [
      'two subresources',
      { path: `/${bucket}`, query: { policy: '', cors: '' } },
      'InvalidArgument',
    ],
    ['another method', { path: `/${bucket}`, method: 'PATCH' }, 'MethodNotAllowed'],
    [
      'an unknown subresource',
      { path: `/${bucket}`, query: { replication: '' } },
      'NotImplemented',
    ],
    ['too many by far', { path: `/${bucket}`, query: { 'max-keys': '-1' } }, 'InvalidArgument'],
    ['a part number', { path: `/${bucket}/key`, query: { partNumber: '0' } }, 'InvalidArgument'],
  ])('%s', async (_, asked, code) => {
    expect(await sendSigned(service, { method: 'GET', ...asked })).toMatchObject({ code });
  });

  it('2 KB of metadata are the most', async () => {
    const headers = { 'x-amz-meta-a': 'a'.repeat(2048) };
    expect(await put('/meta', 'x', { headers })).toMatchObject({ code: 'MetadataTooLarge' });
  });

  it('another host is refused', async () => {
    const headers = { host: 'example.org' };
    expect(await get('/key', { headers })).toMatchObject({ code: 'InvalidRequest' });
  });

  it('a form of a page is not taken', async () => {
    const answer = await send(service, {
      ...{ method: 'POST', path: `/${bucket}`, body: 'x' },
      headers: { host: '127.0.0.1', 'content-type': 'multipart/form-data; boundary=x' },
    });
    expect(answer).toMatchObject({ status: 501, code: 'NotImplemented' });
  });

  it('documents with types, entities, or more than there may be are refused', async () => {
    const post = (body: string) =>
      sendSigned(service, {
        ...{ method: 'POST', path: `/${bucket}`, query: { delete: '' }, body },
        headers: { 'content-md5': createHash('md5').update(body).digest('base64') },
      });
    const many = '<Object><Key>k</Key></Object>'.repeat(1001);
    for (const body of [
      '<!DOCTYPE Delete [<!ENTITY a "b">]><Delete><Object><Key>&a;</Key></Object></Delete>',
      '<Delete><Object><Key>&a;</Key></Object></Delete>',
      '<Delete><Object><Key>a</Object></Delete>',
      `<Delete>${many}</Delete>`,
      '<Delete></Delete>',
      '<Other/>',
    ]) {
      expect(await post(body)).toMatchObject({ status: 400, code: 'MalformedXML' });
    }
    const unheld = await sendSigned(service, {
      ...{ method: 'POST', path: `/${bucket}`, query: { delete: '' } },
      body: '<Delete><Object><Key>key</Key></Object></Delete>',
    });
    expect(unheld).toMatchObject({ code: 'InvalidRequest' });
    const tooLarge = await sendSigned(service, {
      ...{ method: 'PUT', path: `/${bucket}`, query: { tagging: '' } },
      body: `<Tagging>${' '.repeat(1024 * 1024)}</Tagging>`,
    });
    expect(tooLarge).toMatchObject({ code: 'MaxMessageLengthExceeded' });
    expect((await get('/key')).text).toBe('content');
  });
});

describe('virtual hosts', () => {
  it('name the bucket', async () => {
    const host = `${bucket}.s3.eu-central-1.amazonaws.com`;
    const answer = await sendSigned(service, { method: 'GET', path: '/key', headers: { host } });
    expect(answer.text).toBe('content');
    const listed = await sendSigned(service, {
      ...{ method: 'GET', path: '/', headers: { host }, query: { 'list-type': '2' } },
    });
    expect(listed.text).toContain(`<Name>${bucket}</Name>`);
  });
});

describe('pages of other origins', () => {
  const origin = 'https://app.example.org';
  const rule =
    '<CORSConfiguration><CORSRule><AllowedOrigin>https://*.example.org</AllowedOrigin><AllowedMethod>GET</AllowedMethod><AllowedHeader>x-amz-*</AllowedHeader><ExposeHeader>ETag</ExposeHeader></CORSRule></CORSConfiguration>';

  it('read where the bucket lets them', async () => {
    const preflight = (method: string, from = origin) =>
      send(service, {
        ...{ method: 'OPTIONS', path: `/${bucket}/key` },
        headers: {
          ...{ host: '127.0.0.1', origin: from, 'access-control-request-method': method },
          'access-control-request-headers': 'X-Amz-Date',
        },
      });
    expect(await preflight('GET')).toMatchObject({ status: 403, code: 'AccessForbidden' });
    await sendSigned(service, {
      ...{ method: 'PUT', path: `/${bucket}`, query: { cors: '' }, body: rule },
    });
    const allowed = await preflight('GET');
    expect(allowed.status).toBe(200);
    expect(allowed.headers).toMatchObject({
      ...{ 'access-control-allow-origin': origin, 'access-control-allow-methods': 'GET' },
      'access-control-allow-headers': 'x-amz-date',
    });
    expect(await preflight('PUT')).toMatchObject({ status: 403 });
    expect(await preflight('GET', 'https://example.com')).toMatchObject({ status: 403 });
    const answer = await get('/key', { headers: { origin } });
    expect(answer.headers).toMatchObject({
      ...{ 'access-control-allow-origin': origin, 'access-control-expose-headers': 'ETag' },
    });
    const other = await get('/key', { headers: { origin: 'https://example.com' } });
    expect(other.headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('an open network', () => {
  it('takes no body that is not signed', async () => {
    const open = await openTestService({ connection: { isLoopback: false } });
    await sendSigned(open, { method: 'PUT', path: '/open-bucket' });
    const write: RawRequest = { method: 'PUT', path: '/open-bucket/key', body: 'x' };
    const payloadHash = 'UNSIGNED-PAYLOAD';
    expect(await sendSigned(open, { ...write, payloadHash })).toMatchObject({
      ...{ status: 400, code: 'InvalidRequest' },
    });
    expect((await sendSigned(open, write)).status).toBe(200);
    const read = { method: 'GET', path: '/open-bucket/key', payloadHash };
    expect((await sendSigned(open, read)).text).toBe('x');
    await open.close();
  });
});
