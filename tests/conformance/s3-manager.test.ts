import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { S3Manager } from '@strongroom/s3-manager';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openSealedEndpoint, type SealedEndpoint } from './support/sealed-endpoint.ts';

const mebibyte = 1024 * 1024;
const big = randomBytes(12 * mebibyte + 17);
const bucket = 'reports';
let endpoint: SealedEndpoint;
let domainKey: string;
let researchKey: string;
let s3: S3Manager;
let folder: string;

beforeAll(async () => {
  endpoint = await openSealedEndpoint();
  domainKey = endpoint.keys.describe('alias/domain').arn;
  researchKey = await endpoint.createKey('alias/research');
  await endpoint.createBucket(bucket);
  await endpoint.createBucket('many');
  await endpoint.createBucket('versions', { isVersioned: true });
  s3 = openManager();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 's3-conformance-'));
  endpoint.requests.length = 0;
});
afterEach(async () => {
  endpoint.cut = undefined;
  endpoint.hold = undefined;
  await rm(folder, { recursive: true });
});
afterAll(async () => {
  s3.close();
  await endpoint.close();
});

function openManager(options: ConstructorParameters<typeof S3Manager>[0] = {}): S3Manager {
  return new S3Manager({
    connection: endpoint.connection,
    kmsKey: 'alias/research',
    partSizeBytes: 5 * mebibyte,
    ...options,
  });
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

async function write(files: Record<string, string | Buffer>): Promise<void> {
  const longAgo = new Date('2001-01-01');
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
    await utimes(join(folder, name), longAgo, longAgo);
  }
}

const failsWith = (code: string) => expect.objectContaining({ name: 'S3ManagerError', code });
const countOf = (part: string): number =>
  endpoint.requests.filter(({ line }) => line.includes(part)).length;

describe('the helper library and our endpoint', () => {
  it('agree on keys of any characters', async () => {
    const keys = [
      'a b+c%20.txt',
      '한글/🔑',
      'a//b',
      '../x',
      './y',
      'tab\tand\u0001',
      '?#&=;"<>\'`',
    ];
    for (const key of keys) {
      await s3.putObject(bucket, `keys/${key}`, key);
      expect(await s3.getText(bucket, `keys/${key}`)).toBe(key);
      const place = { bucket, key: `keys/${key}` };
      await s3.copyObject(place, { bucket, key: `copies/${key}` });
    }
    const listed = await collect(s3.listObjects(bucket, 'copies/'));
    expect(listed.map(({ key }) => key.slice('copies/'.length)).sort()).toEqual([...keys].sort());
    expect(await s3.deleteFolder(bucket, 'copies')).toBe(keys.length);
    expect(await collect(s3.listObjects(bucket, 'copies/'))).toEqual([]);
  });

  it('seal every write under the configured key', async () => {
    const written = await s3.putObject(bucket, 'sealed/put', 'x');
    expect(written.kmsKeyArn).toBe(researchKey);
    await s3.putObject(bucket, 'sealed/stream', Readable.from([big]));
    await s3.copyObject({ bucket, key: 'sealed/put' }, { bucket, key: 'sealed/copy' });
    const path = join(folder, 'big');
    await writeFile(path, big);
    await s3.uploadFile(path, bucket, 'sealed/parts');
    const presigned = await s3.presignPut(bucket, 'sealed/presigned', { contentType: 'text/csv' });
    const { method, url, headers } = presigned;
    expect((await fetch(url, { method, headers, body: '1,2' })).status).toBe(200);
    const found = await collect(s3.listObjects(bucket, 'sealed/'));
    expect(found).toHaveLength(5);
    for (const { key } of found) {
      expect((await s3.headObject(bucket, key))?.kmsKeyArn).toBe(researchKey);
    }
    // Without the headers the signature does not hold.
    expect((await fetch(url, { method, body: '1,2' })).status).toBe(403);
  });

  it('leave the key to the bucket where none is configured', async () => {
    const plain = openManager({ kmsKey: undefined });
    const written = await plain.putObject(bucket, 'default', 'x');
    plain.close();
    expect(written.kmsKeyArn).toBe(domainKey);
  });

  it('say that a key is disabled or unknown', async () => {
    const unknown = openManager({ kmsKey: 'alias/nobody' });
    await expect(unknown.putObject(bucket, 'a', 'x')).rejects.toThrow(failsWith('KeyUnavailable'));
    unknown.close();
    await endpoint.createKey('alias/closing');
    const closing = openManager({ kmsKey: 'alias/closing' });
    await closing.putObject(bucket, 'closing', 'x');
    await endpoint.keys.disable('alias/closing', { caller: { principal: 'operator' } });
    await expect(closing.getText(bucket, 'closing')).rejects.toThrow(failsWith('KeyUnavailable'));
    closing.close();
  });

  it('hold to conditions', async () => {
    const first = await s3.putObject(bucket, 'once', 'first', { ifNoneMatch: '*' });
    const again = s3.putObject(bucket, 'once', 'second', { ifNoneMatch: '*' });
    await expect(again).rejects.toThrow(failsWith('PreconditionFailed'));
    const inParts = s3.putObject(bucket, 'once', Readable.from([big]), { ifNoneMatch: '*' });
    await expect(inParts).rejects.toThrow(failsWith('PreconditionFailed'));
    await s3.putObject(bucket, 'once', 'third', { ifMatch: first.etag });
    const stale = s3.putObject(bucket, 'once', 'fourth', { ifMatch: first.etag });
    await expect(stale).rejects.toThrow(failsWith('PreconditionFailed'));
    expect(await s3.getText(bucket, 'once')).toBe('third');
  });

  it('keep and find versions', async () => {
    const { versionId } = await s3.putObject('versions', 'a', 'first');
    await s3.putObject('versions', 'a', 'second');
    expect(await s3.getText('versions', 'a', { versionId })).toBe('first');
    await s3.downloadFile('versions', 'a', join(folder, 'a'), { versionId });
    expect(await readFile(join(folder, 'a'), 'utf8')).toBe('first');
    await s3.deleteObject('versions', 'a');
    expect(await s3.getObject('versions', 'a')).toBeUndefined();
    expect(await s3.getText('versions', 'a', { versionId })).toBe('first');
  });

  it('list, mirror and delete more than 1,000 keys completely', async () => {
    const names = Array.from({ length: 1_050 }, (_, index) => String(index).padStart(4, '0'));
    for (let at = 0; at < names.length; at += 50) {
      const some = names.slice(at, at + 50);
      await Promise.all(some.map((name) => s3.putObject('many', `f/${name}/x`, name)));
    }
    const objects = await collect(s3.listObjects('many', 'f/'));
    expect(objects.map(({ key }) => key)).toEqual(names.map((name) => `f/${name}/x`));
    const level = await collect(s3.listFolder('many', 'f/'));
    expect(level).toEqual(names.map((name) => ({ type: 'folder', prefix: `f/${name}/`, name })));
    const result = await s3.downloadFolder('many', 'f', folder);
    expect(result).toMatchObject({ transferredCount: 1_050, transferredBytes: 4_200 });
    expect(await readFile(join(folder, '1049/x'), 'utf8')).toBe('1049');
    expect(await s3.uploadFolder(folder, 'many', 'f')).toMatchObject({ equalCount: 1_050 });
    expect(await s3.deleteFolder('many', '')).toBe(1_050);
    expect(await collect(s3.listObjects('many'))).toEqual([]);
  });

  it('prove a large file by its checksum in both directions', async () => {
    await write({ big });
    await s3.uploadFile(join(folder, 'big'), bucket, 'large');
    expect((await s3.headObject(bucket, 'large'))?.crc32).toMatch(/^[\w+/]{6}==$/);
    await s3.downloadFile(bucket, 'large', join(folder, 'back'));
    expect((await readFile(join(folder, 'back'))).equals(big)).toBe(true);
    await write({ big: Buffer.concat([big.subarray(0, -1), Buffer.from([0])]) });
    await rm(join(folder, 'back'));
    await s3.uploadFile(join(folder, 'big'), bucket, 'compared/big');
    const same = await s3.uploadFolder(folder, bucket, 'compared', { equality: 'checksum' });
    expect(same).toMatchObject({ equalCount: 1 });
    await write({ big });
    const other = await s3.uploadFolder(folder, bucket, 'compared', { equality: 'checksum' });
    expect(other).toMatchObject({ transferredCount: 1, equalCount: 0 });
  });

  it('go on with an upload that broke off, under the key it began with', async () => {
    await write({ big });
    const path = join(folder, 'big');
    const checkpointFolder = join(folder, 'checkpoints');
    const connection = { ...endpoint.connection, maxAttempts: 1 };
    const resuming = openManager({ checkpointFolder, connection, concurrency: 1 });
    endpoint.cut = ({ url = '' }) => url.includes('partNumber=3');
    const failing = resuming.uploadFile(path, bucket, 'resumed');
    await expect(failing).rejects.toThrow(failsWith('Unreachable'));
    endpoint.cut = undefined;
    endpoint.requests.length = 0;

    // Another key is another upload.
    const other = openManager({ checkpointFolder, kmsKey: 'alias/domain' });
    await other.uploadFile(path, bucket, 'resumed');
    other.close();
    expect(countOf('?uploads')).toBe(1);
    expect((await s3.headObject(bucket, 'resumed'))?.kmsKeyArn).toBe(domainKey);
    endpoint.requests.length = 0;

    await resuming.uploadFile(path, bucket, 'resumed');
    resuming.close();
    expect(countOf('?uploads')).toBe(0);
    expect([1, 2, 3].map((number) => countOf(`partNumber=${number}`))).toEqual([0, 0, 1]);
    const found = await s3.getObject(bucket, 'resumed');
    expect(found?.kmsKeyArn).toBe(researchKey);
    expect((await found?.bytes())?.equals(big)).toBe(true);
    expect(await readdir(checkpointFolder)).toEqual([]);
  });

  it('copy a large object in parts, with what is said of it', async () => {
    const details = { contentType: 'text/csv', metadata: { author: 'alice' } };
    await s3.putObject(bucket, 'source', Readable.from([big]), details);
    const copying = openManager({ copyInPartsAboveBytes: 5 * mebibyte });
    await copying.copyObject({ bucket, key: 'source' }, { bucket, key: 'copied in parts' });
    copying.close();
    expect(countOf('partNumber=')).toBeGreaterThan(3);
    const found = await s3.getObject(bucket, 'copied in parts');
    expect(found).toMatchObject({ ...details, kmsKeyArn: researchKey });
    expect((await found?.bytes())?.equals(big)).toBe(true);
  });

  it('refuse a download whose object is replaced between two ranges', async () => {
    await s3.putObject(bucket, 'replaced', big);
    const slow = openManager({ concurrency: 1 });
    const path = join(folder, 'replaced');
    // Between the first and the second range, as far as the endpoint is concerned.
    let isReplaced: Promise<unknown> | undefined;
    endpoint.hold = async ({ headers }) => {
      if (headers.range?.startsWith(`bytes=${5 * mebibyte}-`) !== true) return;
      isReplaced ??= s3.putObject(bucket, 'replaced', big.subarray(1));
      await isReplaced;
    };
    const downloading = slow.downloadFile(bucket, 'replaced', path);
    await expect(downloading).rejects.toThrow(failsWith('RemoteObjectChanged'));
    slow.close();
    expect(await readdir(folder)).toEqual([]);
  });

  it('refuse hostile keys before a file is written', async () => {
    await s3.putObject(bucket, 'hostile/good', 'x');
    await s3.putObject(bucket, 'hostile/../../escaped', 'x');
    const downloading = s3.downloadFolder(bucket, 'hostile', folder);
    await expect(downloading).rejects.toThrow(failsWith('UnsafeKey'));
    expect(await readdir(folder)).toEqual([]);
    const result = await s3.downloadFolder(bucket, 'hostile', folder, {
      exclude: ['**/..', '../**'],
    });
    expect(result).toMatchObject({ transferredCount: 1 });
  });

  it('tell wrong credentials', async () => {
    const credentials = { ...endpoint.connection.credentials, secretAccessKey: 'wrong' };
    const wrong = openManager({ connection: { ...endpoint.connection, credentials } });
    await expect(wrong.listBuckets()).rejects.toThrow(failsWith('InvalidCredentials'));
    wrong.close();
  });
});
