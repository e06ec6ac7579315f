import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { S3Manager } from './s3-manager.ts';
import { openPeerServer, type PeerServer, refuse } from './testing/peer-server.ts';

const mebibyte = 1024 * 1024;
let peer: PeerServer;
let s3: S3Manager;

beforeAll(async () => {
  peer = await openPeerServer('reports', 'others');
  s3 = new S3Manager({ connection: peer.connection, kmsKey: 'alias/research' });
});
afterEach(() => {
  peer.intercept = undefined;
  peer.requests.length = 0;
});
afterAll(async () => {
  s3.close();
  await peer.close();
});

const failsWith = (code: string) => expect.objectContaining({ name: 'S3ManagerError', code });

describe('an object', () => {
  it('comes back as it was put', async () => {
    const written = await s3.putObject('reports', 'a/한글 + 🔑.txt', 'Hello', {
      contentType: 'text/plain',
      metadata: { author: 'alice' },
    });
    expect(written.etag).toMatch(/^"/);
    const found = await s3.getObject('reports', 'a/한글 + 🔑.txt');
    expect(found).toMatchObject({
      sizeBytes: 5,
      contentType: 'text/plain',
      metadata: { author: 'alice' },
    });
    expect(await found?.text()).toBe('Hello');
  });

  it('may come as a stream of unknown length', async () => {
    const chunk = Buffer.alloc(mebibyte, 7);
    const body = Readable.from(Array.from({ length: 11 }, () => chunk));
    await s3.putObject('reports', 'stream', body);
    expect((await s3.headObject('reports', 'stream'))?.sizeBytes).toBe(11 * mebibyte);
    const found = await s3.getObject('reports', 'stream');
    expect((await found?.bytes())?.equals(Buffer.concat(Array(11).fill(chunk)))).toBe(true);
  });

  it('is undefined where it is missing, but a missing bucket is an error', async () => {
    expect(await s3.getObject('reports', 'none')).toBeUndefined();
    expect(await s3.headObject('reports', 'none')).toBeUndefined();
    expect(await s3.getText('reports', 'none')).toBeUndefined();
    await expect(s3.getObject('missing', 'none')).rejects.toThrow(failsWith('NoSuchBucket'));
    await expect(s3.headObject('missing', 'none')).rejects.toThrow(failsWith('NoSuchBucket'));
    await expect(s3.putObject('missing', 'a', '')).rejects.toThrow(failsWith('NoSuchBucket'));
  });

  it('is refused where it is larger than the memory it may have', async () => {
    await s3.putObject('reports', 'ten', '0123456789');
    const reading = s3.getText('reports', 'ten', { maximumSizeBytes: 9 });
    await expect(reading).rejects.toThrow(failsWith('ObjectTooLarge'));
  });

  it('is gone after it was deleted, and deleting it again is no error', async () => {
    await s3.putObject('reports', 'gone', 'x');
    await s3.deleteObject('reports', 'gone');
    await s3.deleteObject('reports', 'gone');
    expect(await s3.getObject('reports', 'gone')).toBeUndefined();
  });

  it('is copied inside the service', async () => {
    const details = { contentType: 'text/csv', metadata: { author: 'alice' } };
    await s3.putObject('reports', 'from/한 글.csv', '1,2', details);
    const source = { bucket: 'reports', key: 'from/한 글.csv' };
    await s3.copyObject(source, { bucket: 'others', key: 'to.csv' });
    const found = await s3.getObject('others', 'to.csv');
    expect(found).toMatchObject(details);
    expect(await found?.text()).toBe('1,2');
    const missing = s3.copyObject({ bucket: 'reports', key: 'none' }, source);
    await expect(missing).rejects.toThrow(failsWith('NoSuchKey'));
  });
});

describe('sealing', () => {
  it('is asked for by every write, under the configured key', async () => {
    const place = { bucket: 'reports', key: 'sealed' };
    await s3.putObject('reports', 'sealed', 'x');
    await s3.putObject('reports', 'sealed-stream', Readable.from([Buffer.alloc(9 * mebibyte)]));
    await s3.copyObject(place, { bucket: 'reports', key: 'sealed-copy' });
    const writes = peer.requests.filter(
      ({ method, url }) => (method === 'PUT' || method === 'POST') && !url.includes('uploadId='),
    );
    expect(writes).toHaveLength(3);
    for (const { headers } of writes) {
      expect(headers['x-amz-server-side-encryption']).toBe('aws:kms');
      expect(headers['x-amz-server-side-encryption-aws-kms-key-id']).toBe('alias/research');
    }
  });

  it('leaves the choice of the key to the bucket where none is configured', async () => {
    const plain = new S3Manager({ connection: peer.connection, bucketKeyEnabled: true });
    await plain.putObject('reports', 'sealed', 'x');
    plain.close();
    const headers = peer.requests[0]?.headers ?? {};
    expect(headers['x-amz-server-side-encryption']).toBe('aws:kms');
    expect(headers).not.toHaveProperty('x-amz-server-side-encryption-aws-kms-key-id');
    expect(headers['x-amz-server-side-encryption-bucket-key-enabled']).toBe('true');
  });
});

describe('a presigned request', () => {
  it('reads without credentials', async () => {
    await s3.putObject('reports', 'shared', 'Hello');
    const { url, headers } = await s3.presignGet('reports', 'shared', { fileName: "a 'b'.txt" });
    expect(await (await fetch(url, { headers })).text()).toBe('Hello');
    expect(decodeURIComponent(url)).toContain("filename*=UTF-8''a%20%27b%27.txt");
  });

  it('writes without credentials, with the headers that seal', async () => {
    const { method, url, headers } = await s3.presignPut('reports', 'sent', {
      contentType: 'text/plain',
      expiresInSeconds: 60,
    });
    expect(headers).toEqual({
      'content-type': 'text/plain',
      'x-amz-server-side-encryption': 'aws:kms',
      'x-amz-server-side-encryption-aws-kms-key-id': 'alias/research',
    });
    expect(url).not.toContain('checksum');
    expect((await fetch(url, { method, headers, body: 'Hello' })).status).toBe(200);
    expect(await s3.getText('reports', 'sent')).toBe('Hello');
  });

  it('is refused for longer than seven days', async () => {
    const asked = s3.presignGet('reports', 'a', { expiresInSeconds: 604_801 });
    await expect(asked).rejects.toThrow(failsWith('InvalidArgument'));
  });
});

describe('an error', () => {
  const answers: [status: number, serviceCode: string, code: string][] = [
    [403, 'AccessDenied', 'AccessDenied'],
    [403, 'SignatureDoesNotMatch', 'InvalidCredentials'],
    [400, 'ExpiredToken', 'InvalidCredentials'],
    [400, 'KMS.DisabledException', 'KeyUnavailable'],
    [400, 'BadDigest', 'ChecksumMismatch'],
    [412, 'PreconditionFailed', 'PreconditionFailed'],
    [400, 'KeyTooLongError', 'InvalidArgument'],
    [400, 'SomethingNew', 'ServiceError'],
  ];
  it.each(answers)('of status %i and %s has the code', async (status, serviceCode, code) => {
    peer.intercept = (request, response) => {
      request.resume();
      return refuse(response, status, serviceCode);
    };
    const refused = s3.putObject('reports', 'a', 'x');
    await expect(refused).rejects.toThrow(expect.objectContaining({ code, serviceCode, status }));
  });

  it('of an answer without a body still says that access is denied', async () => {
    peer.intercept = (_request, response) => {
      response.writeHead(403).end();
      return true;
    };
    await expect(s3.headObject('reports', 'a')).rejects.toThrow(failsWith('AccessDenied'));
  });

  it('says that nobody answers', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const lost = new S3Manager({
      connection: { ...peer.connection, endpoint: `http://127.0.0.1:${port}`, maxAttempts: 1 },
    });
    await expect(lost.listBuckets()).rejects.toThrow(failsWith('Unreachable'));
    lost.close();
  });

  it('says that the caller ended it', async () => {
    const abort = new AbortController();
    peer.intercept = () => {
      abort.abort();
      return true;
    };
    const put = s3.putObject('reports', 'a', 'x', { signal: abort.signal });
    await expect(put).rejects.toThrow(failsWith('Aborted'));
  });

  it('of a body that is cut off comes to its reader, and to nobody where it has none', async () => {
    await s3.putObject('reports', 'cut', Buffer.alloc(4 * mebibyte));
    const abort = new AbortController();
    const read = await s3.getObject('reports', 'cut', { signal: abort.signal });
    await s3.getObject('reports', 'cut', { signal: abort.signal });
    abort.abort();
    await expect(read?.bytes()).rejects.toThrow(failsWith('Aborted'));
  });

  it('comes before a request whose bucket or key is empty', async () => {
    await expect(s3.deleteObject('reports', '')).rejects.toThrow(failsWith('InvalidArgument'));
    await expect(s3.getObject('', 'a')).rejects.toThrow(failsWith('InvalidArgument'));
    expect(() => new S3Manager({ partSizeBytes: 1 })).toThrow(failsWith('InvalidArgument'));
    expect(peer.requests).toEqual([]);
  });
});
