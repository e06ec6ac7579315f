import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { S3Manager } from './s3-manager.ts';
import { openPeerServer, type PeerServer, refuse } from './testing/peer-server.ts';
import type { FolderStep } from './transfers/folder-options.ts';
import type { TransferProgress } from './transfers/run-transfers.ts';

const bucket = 'reports';
let peer: PeerServer;
let s3: S3Manager;
let folder: string;
let outside: string;
let prefix: string;
let count = 0;

beforeAll(async () => {
  peer = await openPeerServer(bucket);
  s3 = new S3Manager({ connection: peer.connection });
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 's3-folder-'));
  outside = await mkdtemp(join(tmpdir(), 's3-outside-'));
  count += 1;
  prefix = `test-${count}`;
});
afterEach(async () => {
  peer.intercept = undefined;
  peer.requests.length = 0;
  await rm(folder, { recursive: true });
  await rm(outside, { recursive: true });
});
afterAll(async () => {
  s3.close();
  await peer.close();
});

const longAgo = new Date('2001-01-01');
const failsWith = (code: string) => expect.objectContaining({ name: 'S3ManagerError', code });

/** Files of long ago: one of this very second may have changed after it was sent. */
async function write(files: Record<string, string>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
    await utimes(join(folder, name), longAgo, longAgo);
  }
}

async function put(objects: Record<string, string>): Promise<void> {
  for (const [key, content] of Object.entries(objects)) {
    await s3.putObject(bucket, `${prefix}/${key}`, content);
  }
}

async function remoteKeys(): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of s3.listObjects(bucket, `${prefix}/`)) keys.push(key);
  return keys.map((key) => key.slice(prefix.length + 1));
}

async function localNames(): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

const countOf = (method: string): number =>
  peer.requests.filter((request) => request.method === method).length;

describe('uploading a folder', () => {
  it('preserves relative keys and tells how far it is', async () => {
    await write({ 'a.txt': 'A', 'sub/한 글 🔑.txt': 'BB', 'sub/deep/c.txt': '', '.hidden': 'h' });
    const told: TransferProgress[] = [];
    const onProgress = (progress: TransferProgress) => void told.push(progress);
    const result = await s3.uploadFolder(folder, bucket, prefix, { onProgress });
    expect(result).toMatchObject({ transferredCount: 4, transferredBytes: 4, equalCount: 0 });
    expect(await remoteKeys()).toEqual(['.hidden', 'a.txt', 'sub/deep/c.txt', 'sub/한 글 🔑.txt']);
    expect(await s3.getText(bucket, `${prefix}/sub/한 글 🔑.txt`)).toBe('BB');
    const last = { filesDone: 4, filesTotal: 4, bytesDone: 4, bytesTotal: 4 };
    expect(told.at(-1)).toMatchObject(last);
    const bytes = told.map(({ bytesDone }) => bytesDone);
    expect(bytes).toEqual([...bytes].sort((left, right) => left - right));
  });

  it('sends only what differs when it is done again', async () => {
    await write({ 'a.txt': 'A', 'b.txt': 'B', 'c.txt': 'C' });
    await s3.uploadFolder(folder, bucket, prefix);
    await write({ 'b.txt': 'changed' });
    await utimes(join(folder, 'c.txt'), new Date(), new Date(Date.now() + 60_000));
    peer.requests.length = 0;
    const result = await s3.uploadFolder(folder, bucket, prefix);
    expect(result).toMatchObject({ transferredCount: 2, equalCount: 1 });
    expect(countOf('PUT')).toBe(2);
  });

  it('compares contents where that is asked for', async () => {
    await write({ 'a.txt': 'same', 'b.txt': 'old!' });
    await s3.uploadFolder(folder, bucket, prefix);
    // Of one size and of long ago: sizes and times alone do not tell.
    await write({ 'a.txt': 'same', 'b.txt': 'new!' });
    expect(await s3.uploadFolder(folder, bucket, prefix)).toMatchObject({ equalCount: 2 });
    await utimes(join(folder, 'a.txt'), new Date(), new Date(Date.now() + 60_000));
    const steps: FolderStep[] = [];
    const onStep = (step: FolderStep) => void steps.push(step);
    await s3.uploadFolder(folder, bucket, prefix, { equality: 'checksum', onStep });
    expect(steps).toEqual([{ type: 'upload', key: 'b.txt', sizeBytes: 4 }]);
  });

  it('goes on after a failure where it stopped', async () => {
    await write({ 'a.txt': 'A', 'b.txt': 'B', 'c.txt': 'C' });
    peer.intercept = ({ method, url = '' }, response) =>
      method === 'PUT' && url.includes('b.txt') && refuse(response, 403, 'AccessDenied');
    const failing = s3.uploadFolder(folder, bucket, prefix, { deleteExtraneous: true });
    const error = await failing.catch((caught: unknown) => caught);
    expect(error).toEqual(failsWith('TransferIncomplete'));
    expect(error).toMatchObject({ failures: [{ key: 'b.txt', error: { code: 'AccessDenied' } }] });
    expect(await remoteKeys()).toEqual(['a.txt', 'c.txt']);
    peer.intercept = undefined;
    const result = await s3.uploadFolder(folder, bucket, prefix);
    expect(result).toMatchObject({ transferredCount: 1, equalCount: 2 });
  });

  it('takes and deletes only what the globs leave', async () => {
    await write({ 'a.csv': '1', 'b.txt': '2', 'tmp/c.csv': '3' });
    await put({ 'old.csv': 'x', 'old.txt': 'x', 'tmp/old.csv': 'x' });
    const globs = { include: ['*.csv'], exclude: ['tmp/'] };
    const result = await s3.uploadFolder(folder, bucket, prefix, {
      ...globs,
      deleteExtraneous: true,
    });
    expect(result).toMatchObject({ transferredCount: 1, deletedCount: 1 });
    expect(await remoteKeys()).toEqual(['a.csv', 'old.txt', 'tmp/old.csv']);
  });

  it('changes nothing in a dry run', async () => {
    await write({ 'a.txt': 'A' });
    await put({ 'old.txt': 'x' });
    const steps: FolderStep[] = [];
    await s3.uploadFolder(folder, bucket, prefix, {
      dryRun: true,
      deleteExtraneous: true,
      onStep: (step) => void steps.push(step),
    });
    expect(steps.map(({ type, key }) => `${type} ${key}`)).toEqual([
      'upload a.txt',
      'delete old.txt',
    ]);
    expect(await remoteKeys()).toEqual(['old.txt']);
  });

  it('follows no link out of the folder and says so', async () => {
    await writeFile(join(outside, 'secret'), 'secret');
    await write({ 'a.txt': 'A', 'sub/b.txt': 'B' });
    await symlink(join(outside, 'secret'), join(folder, 'out'));
    await symlink(outside, join(folder, 'out-folder'));
    await symlink('missing', join(folder, 'broken'));
    await symlink('sub', join(folder, 'in-folder'));
    await symlink('sub/b.txt', join(folder, 'in'));
    await put({ out: 'kept' });
    const { ignored } = await s3.uploadFolder(folder, bucket, prefix, { deleteExtraneous: true });
    expect([...ignored].sort((left, right) => left.key.localeCompare(right.key))).toEqual([
      { key: 'broken', reason: 'link-out-of-folder' },
      { key: 'in-folder', reason: 'link-to-folder' },
      { key: 'out', reason: 'link-out-of-folder' },
      { key: 'out-folder', reason: 'link-out-of-folder' },
    ]);
    expect(await remoteKeys()).toEqual(['a.txt', 'in', 'out', 'sub/b.txt']);
    expect(await s3.getText(bucket, `${prefix}/in`)).toBe('B');
    expect(await s3.getText(bucket, `${prefix}/out`)).toBe('kept');
  });

  it('does not take "data" for the beginning of "database"', async () => {
    await s3.putObject(bucket, `${prefix}-other/x`, 'x');
    await write({ 'a.txt': 'A' });
    await s3.uploadFolder(folder, bucket, prefix, { deleteExtraneous: true });
    expect(await s3.getText(bucket, `${prefix}-other/x`)).toBe('x');
  });

  it('ends when the caller says so', async () => {
    await write(Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`${index}`, 'x'])));
    const abort = new AbortController();
    const onStep = (): void => abort.abort();
    const { signal } = abort;
    const ended = s3.uploadFolder(folder, bucket, prefix, { onStep, signal });
    await expect(ended).rejects.toThrow(failsWith('Aborted'));
    expect((await remoteKeys()).length).toBeLessThan(30);
  });

  it('says that the folder is not there', async () => {
    const uploading = s3.uploadFolder(join(folder, 'none'), bucket, prefix);
    await expect(uploading).rejects.toThrow(failsWith('LocalFileUnavailable'));
  });
});

describe('downloading a folder', () => {
  it('makes the same files, and nothing again that is there', async () => {
    await put({ 'a.txt': 'A', 'sub/한 글.txt': 'BB', 'sub/': '', 'empty/c': '' });
    const first = await s3.downloadFolder(bucket, prefix, folder);
    expect(first).toMatchObject({ transferredCount: 3, transferredBytes: 3 });
    expect(await localNames()).toEqual(['a.txt', 'empty/c', 'sub/한 글.txt']);
    expect(await readFile(join(folder, 'sub/한 글.txt'), 'utf8')).toBe('BB');

    await writeFile(join(folder, 'a.txt'), 'Z');
    await utimes(join(folder, 'a.txt'), longAgo, longAgo);
    const second = await s3.downloadFolder(bucket, prefix, folder);
    expect(second).toMatchObject({ transferredCount: 1, equalCount: 2 });
    expect(await readFile(join(folder, 'a.txt'), 'utf8')).toBe('A');
    expect(await s3.uploadFolder(folder, bucket, prefix)).toMatchObject({ transferredCount: 0 });
  });

  it('deletes local files that the bucket does not have, links and not what they lead to', async () => {
    await put({ 'a.txt': 'A' });
    await write({ 'old.txt': 'x', 'sub/old.txt': 'x', 'kept.log': 'x' });
    const options = { deleteExtraneous: true, exclude: ['*.log'] };
    const dry = await s3.downloadFolder(bucket, prefix, folder, { ...options, dryRun: true });
    expect(dry).toMatchObject({ transferredCount: 1, deletedCount: 2 });
    expect(await localNames()).toEqual(['kept.log', 'old.txt', 'sub/old.txt']);
    await s3.downloadFolder(bucket, prefix, folder, options);
    expect(await localNames()).toEqual(['a.txt', 'kept.log']);
  });

  const hostile = ['../escaped', 'a/../../escaped', '/etc/escaped', 'a//b', './a', 'a\u0000b'];
  it.each(hostile)('refuses the key %j before it writes anything', async (key) => {
    const content = `<Contents><Key>${encodeURIComponent(`${prefix}/${key}`)}</Key><Size>1</Size></Contents>`;
    peer.intercept = ({ url = '' }, response) => {
      if (!url.includes('list-type=2')) return false;
      const good = `<Contents><Key>${prefix}/good</Key><Size>1</Size></Contents>`;
      const list = `<EncodingType>url</EncodingType><IsTruncated>false</IsTruncated>${good}${content}`;
      response.setHeader('content-type', 'application/xml');
      response.end(`<ListBucketResult>${list}</ListBucketResult>`);
      return true;
    };
    const downloading = s3.downloadFolder(bucket, prefix, folder);
    await expect(downloading).rejects.toThrow(failsWith('UnsafeKey'));
    expect(await localNames()).toEqual([]);
    expect(countOf('GET')).toBe(1);
  });

  it('does not write through links that lead out of the folder', async () => {
    await writeFile(join(outside, 'file'), 'outside');
    await put({ 'link/x': 'hostile', file: 'hostile' });
    await symlink(outside, join(folder, 'link'));
    await symlink(join(outside, 'file'), join(folder, 'file'));
    const error = await s3
      .downloadFolder(bucket, prefix, folder)
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      code: 'TransferIncomplete',
      failures: [{ key: 'link/x', error: { code: 'UnsafeKey' } }],
    });
    expect(await readdir(outside)).toEqual(['file']);
    expect(await readFile(join(outside, 'file'), 'utf8')).toBe('outside');
    // The link itself was replaced by the file.
    expect(await readFile(join(folder, 'file'), 'utf8')).toBe('hostile');
  });

  it('leaves nothing half done where an object is replaced meanwhile', async () => {
    await put({ a: 'first' });
    await write({ a: 'local' });
    peer.intercept = ({ method, url = '' }, response) =>
      method === 'GET' && url.startsWith(`/${bucket}/${prefix}/a`)
        ? refuse(response, 412, 'PreconditionFailed')
        : false;
    const error = await s3
      .downloadFolder(bucket, prefix, folder)
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ failures: [{ error: { code: 'RemoteObjectChanged' } }] });
    expect(await localNames()).toEqual(['a']);
    expect(await readFile(join(folder, 'a'), 'utf8')).toBe('local');
  });
});

describe('copying a folder', () => {
  it('stays in the service, skips what is there and deletes what is not', async () => {
    await put({ 'from/a': 'A', 'from/sub/b': 'B', 'to/old': 'x' });
    const source = { bucket, prefix: `${prefix}/from` };
    const destination = { bucket, prefix: `${prefix}/to` };
    const first = await s3.copyFolder(source, destination, { deleteExtraneous: true });
    expect(first).toMatchObject({ transferredCount: 2, deletedCount: 1 });
    expect(await s3.copyFolder(source, destination)).toMatchObject({ equalCount: 2 });
    const third = await s3.copyFolder(source, destination, { equality: 'checksum' });
    expect(third).toMatchObject({ equalCount: 2 });
    expect((await remoteKeys()).filter((key) => key.startsWith('to/'))).toEqual([
      'to/a',
      'to/sub/b',
    ]);
  });

  it('refuses a destination within the source', async () => {
    const copying = s3.copyFolder({ bucket, prefix }, { bucket, prefix: `${prefix}/sub` });
    await expect(copying).rejects.toThrow(failsWith('InvalidArgument'));
  });
});
