import { createHash, randomBytes } from 'node:crypto';
import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { S3Manager } from './s3-manager.ts';
import { openPeerServer, type PeerServer, refuse } from './testing/peer-server.ts';
import type { TransferProgress } from './transfers/run-transfers.ts';

const mebibyte = 1024 * 1024;
const bucket = 'reports';
const content = randomBytes(12 * mebibyte + 17);
let peer: PeerServer;
let s3: S3Manager;
let folder: string;
let path: string;

beforeAll(async () => {
  peer = await openPeerServer(bucket);
  s3 = new S3Manager({ connection: peer.connection, partSizeBytes: 5 * mebibyte, concurrency: 3 });
  await s3.putObject(bucket, 'big', content);
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 's3-files-'));
  path = join(folder, 'big.bin');
});
afterEach(async () => {
  peer.intercept = undefined;
  peer.requests.length = 0;
  await rm(folder, { recursive: true });
});
afterAll(async () => {
  s3.close();
  await peer.close();
});

const failsWith = (code: string) => expect.objectContaining({ name: 'S3ManagerError', code });
const countOf = (part: string): number =>
  peer.requests.filter(({ method, url }) => `${method} ${url}`.includes(part)).length;

describe('uploading a file', () => {
  it('goes in parts where it is large, and tells each', async () => {
    await writeFile(path, content);
    const told: TransferProgress[] = [];
    await s3.uploadFile(path, bucket, 'large', { onProgress: (now) => void told.push(now) });
    expect(countOf('partNumber=')).toBe(3);
    expect((await (await s3.getObject(bucket, 'large'))?.bytes())?.equals(content)).toBe(true);
    expect(told).toHaveLength(4);
    expect(told.at(-1)).toMatchObject({ filesDone: 1, bytesDone: content.length, key: 'large' });
  });

  it('says the type of what it knows', async () => {
    const csv = join(folder, 'a.csv');
    await writeFile(csv, '1,2');
    await s3.uploadFile(csv, bucket, 'a');
    expect((await s3.headObject(bucket, 'a'))?.contentType).toBe('text/csv; charset=utf-8');
  });

  it('gives up where the file changes meanwhile, and leaves nothing', async () => {
    await writeFile(path, content);
    peer.intercept = ({ url = '' }) => {
      if (url.includes('partNumber=2')) void appendFile(path, 'more');
      return false;
    };
    const uploading = s3.uploadFile(path, bucket, 'changed');
    await expect(uploading).rejects.toThrow(failsWith('LocalFileChanged'));
    expect(await s3.headObject(bucket, 'changed')).toBeUndefined();
    expect(countOf('DELETE')).toBe(1);
  });

  it('takes its parts back where it fails', async () => {
    await writeFile(path, content);
    peer.intercept = ({ url = '' }, response) =>
      url.includes('partNumber=2') && refuse(response, 403, 'AccessDenied');
    const uploading = s3.uploadFile(path, bucket, 'refused');
    await expect(uploading).rejects.toThrow(failsWith('AccessDenied'));
    expect(countOf('DELETE')).toBe(1);
  });

  it('goes on with the parts that are there where it may remember them', async () => {
    await writeFile(path, content);
    const checkpointFolder = join(folder, 'checkpoints');
    const connection = { ...peer.connection, maxAttempts: 1 };
    const options = { connection, checkpointFolder, partSizeBytes: 5 * mebibyte, concurrency: 1 };
    const resuming = new S3Manager(options);
    const known = { etag: '', uploadId: '' };
    peer.intercept = ({ url = '' }, response) => {
      if (!url.includes('partNumber=2')) return false;
      known.uploadId = new URL(url, 'http://s3').searchParams.get('uploadId') ?? '';
      return refuse(response, 503, 'SlowDown');
    };
    const failing = resuming.uploadFile(path, bucket, 'resumed');
    await expect(failing).rejects.toThrow(expect.objectContaining({ serviceCode: 'SlowDown' }));
    expect(countOf('DELETE')).toBe(0);
    expect(await readdir(checkpointFolder)).toHaveLength(1);

    peer.requests.length = 0;
    known.etag = createHash('md5')
      .update(content.subarray(0, 5 * mebibyte))
      .digest('hex');
    // s3rver has no ListParts.
    peer.intercept = ({ method, url = '' }, response) => {
      if (method !== 'GET' || !url.includes(`uploadId=${known.uploadId}`)) return false;
      const part = `<PartNumber>1</PartNumber><Size>${5 * mebibyte}</Size><ETag>"${known.etag}"</ETag>`;
      const wrong = `<PartNumber>3</PartNumber><Size>${2 * mebibyte + 17}</Size><ETag>"${known.etag}"</ETag>`;
      response.end(`<ListPartsResult><Part>${part}</Part><Part>${wrong}</Part></ListPartsResult>`);
      return true;
    };
    await resuming.uploadFile(path, bucket, 'resumed');
    resuming.close();
    expect(countOf('?uploads')).toBe(0);
    expect([1, 2, 3].map((number) => countOf(`partNumber=${number}`))).toEqual([0, 1, 1]);
    expect((await (await s3.getObject(bucket, 'resumed'))?.bytes())?.equals(content)).toBe(true);
    expect(await readdir(checkpointFolder)).toEqual([]);
  });

  it('is refused for what is no file', async () => {
    const uploading = s3.uploadFile(folder, bucket, 'a');
    await expect(uploading).rejects.toThrow(failsWith('LocalFileUnavailable'));
    const missing = s3.uploadFile(join(folder, 'none'), bucket, 'a');
    await expect(missing).rejects.toThrow(failsWith('LocalFileUnavailable'));
  });
});

describe('downloading a file', () => {
  it('comes in ranges where it is large, with the time of the object', async () => {
    await s3.downloadFile(bucket, 'big', path);
    expect((await readFile(path)).equals(content)).toBe(true);
    expect(await readdir(folder)).toEqual(['big.bin']);
    const ranges = peer.requests.filter(({ headers }) => headers.range !== undefined);
    expect(ranges).toHaveLength(3);
    for (const { headers } of ranges) expect(headers['if-match']).toMatch(/^"[0-9a-f]{32}"$/);
    const object = await s3.headObject(bucket, 'big');
    expect((await stat(path)).mtime).toEqual(object?.lastModified);
  });

  it('asks again for a range that broke off', async () => {
    let broken = 0;
    peer.intercept = ({ headers, method }, response) => {
      if (method !== 'GET' || headers.range === undefined || broken === 2) return false;
      broken += 1;
      const write = response.write.bind(response) as (chunk: Buffer) => boolean;
      response.write = (chunk: Buffer): boolean => {
        write(chunk.subarray(0, 10));
        response.destroy();
        return false;
      };
      return false;
    };
    await s3.downloadFile(bucket, 'big', path);
    expect(broken).toBe(2);
    expect((await readFile(path)).equals(content)).toBe(true);
  });

  it('refuses an object that was replaced between two ranges', async () => {
    await writeFile(path, 'as before');
    peer.intercept = ({ headers }, response) =>
      headers.range?.startsWith('bytes=5242880-') === true &&
      refuse(response, 412, 'PreconditionFailed');
    const downloading = s3.downloadFile(bucket, 'big', path);
    await expect(downloading).rejects.toThrow(failsWith('RemoteObjectChanged'));
    expect(await readdir(folder)).toEqual(['big.bin']);
    expect(await readFile(path, 'utf8')).toBe('as before');
  });

  it('refuses bytes that are not those of the checksum', async () => {
    peer.intercept = ({ method }, response) => {
      if (method === 'HEAD') response.setHeader('x-amz-checksum-crc32', 'AAAAAA==');
      return false;
    };
    const downloading = s3.downloadFile(bucket, 'big', path);
    await expect(downloading).rejects.toThrow(failsWith('ChecksumMismatch'));
    expect(await readdir(folder)).toEqual([]);
  });

  it('refuses a small object whose answer has another checksum', async () => {
    await s3.putObject(bucket, 'small', 'Hello');
    peer.intercept = ({ method }, response) => {
      if (method === 'GET') response.setHeader('x-amz-checksum-crc32', 'AAAAAA==');
      return false;
    };
    const downloading = s3.downloadFile(bucket, 'small', path);
    await expect(downloading).rejects.toThrow(failsWith('ChecksumMismatch'));
    expect(await readdir(folder)).toEqual([]);
    await expect(s3.getText(bucket, 'small')).rejects.toThrow(failsWith('ChecksumMismatch'));
  });

  it('says that the object is not there', async () => {
    const downloading = s3.downloadFile(bucket, 'none', path);
    await expect(downloading).rejects.toThrow(failsWith('NoSuchKey'));
  });

  it('ends when the caller says so, and leaves nothing', async () => {
    const abort = new AbortController();
    const onProgress = (): void => abort.abort();
    const { signal } = abort;
    const downloading = s3.downloadFile(bucket, 'big', path, { onProgress, signal });
    await expect(downloading).rejects.toThrow(failsWith('Aborted'));
    expect(await readdir(folder)).toEqual([]);
  });
});
