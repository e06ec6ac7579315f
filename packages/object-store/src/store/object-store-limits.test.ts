import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bytesOf, contentOf } from '../testing/content.ts';
import { sealedFilesIn, storedFiles } from '../testing/stored-files.ts';
import { openTestStore, operator, type TestStore } from '../testing/test-store.ts';

const caller = operator;
const bucket = 'limited';
const mayMount = process.getuid?.() === 0;

const put = (test: TestStore, key: string, sizeBytes: number) =>
  test.store.putObject({ bucket, key, content: contentOf(randomBytes(sizeBytes)), caller });

describe('a quota', () => {
  let test: TestStore;
  beforeEach(async () => {
    test = await openTestStore();
    await test.store.createBucket({ bucket, caller });
    await test.store.putBucketSetting({ bucket, setting: 'quotaBytes', value: 100_000, caller });
  });
  afterEach(() => test.close());
  const refused = { code: 'QuotaExceeded' };

  it('holds for objects, and what an overwrite frees counts', async () => {
    await put(test, 'a', 60_000);
    await expect(put(test, 'b', 60_000)).rejects.toMatchObject(refused);
    await put(test, 'a', 90_000);
    await test.store.deleteObject({ bucket, key: 'a', caller });
    await put(test, 'b', 100_000);
    expect((await test.store.bucketUsage({ bucket, caller })).sizeBytes).toBe(100_000);
  });

  it('holds for those who write at once', async () => {
    const puts = Array.from({ length: 10 }, (_, index) => put(test, `${index}`, 30_000));
    const settled = await Promise.allSettled(puts);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(await sealedFilesIn(test.folder)).toHaveLength(3);
  });

  it('counts parts, old versions and copies', async () => {
    const value = 'Enabled';
    await test.store.putBucketSetting({ bucket, setting: 'versioning', value, caller });
    await put(test, 'a', 30_000);
    await put(test, 'a', 30_000);
    const source = { bucket, key: 'a' };
    const copy = { bucket, key: 'copy', source, caller } as const;
    await test.store.copyObject({ ...copy, metadataDirective: 'COPY', taggingDirective: 'COPY' });
    const place = { bucket, key: 'parts', caller };
    const { uploadId } = await test.store.createUpload(place);
    const part = { ...place, uploadId, partNumber: 1, content: contentOf(randomBytes(30_000)) };
    await expect(test.store.uploadPart(part)).rejects.toMatchObject(refused);
    await test.store.abortUpload({ ...place, uploadId });
    const usage = await test.store.bucketUsage({ bucket, caller });
    expect(usage).toEqual({
      ...{ objectCount: 2, versionCount: 3, sizeBytes: 90_000, unfinishedUploadBytes: 0 },
    });
  });
});

describe('two writers of one key', () => {
  it('leave the content of one of them, whole, and no file of the other', async () => {
    const test = await openTestStore();
    await test.store.createBucket({ bucket, caller });
    const contents = Array.from({ length: 12 }, (_, index) => Buffer.alloc(200_000, index));
    await Promise.all(
      contents.map((bytes) =>
        test.store.putObject({ bucket, key: 'k', content: contentOf(bytes), caller }),
      ),
    );
    const bytes = await bytesOf((await test.store.getObject({ bucket, key: 'k', caller })).stream);
    expect(contents.filter((content) => content.equals(bytes))).toHaveLength(1);
    expect(await sealedFilesIn(test.folder)).toHaveLength(1);
    await test.close();
  });

  it('a reader gets the object that it began with, whole, though it is replaced meanwhile', async () => {
    const test = await openTestStore();
    await test.store.createBucket({ bucket, caller });
    await put(test, 'k', 3_000_000);
    const { info, stream } = await test.store.getObject({ bucket, key: 'k', caller });
    await put(test, 'k', 100_000);
    expect(await bytesOf(stream)).toHaveLength(info.sizeBytes);
    await expect.poll(() => sealedFilesIn(test.folder)).toHaveLength(1);
    await test.close();
  });
});

describe('a body that does not end as it should', () => {
  it.each([
    ['ends early', 100_001],
    ['goes on', 99_999],
  ])('%s: IncompleteBody, and nothing of it stays', async (_how, sizeBytes) => {
    const test = await openTestStore();
    await test.store.createBucket({ bucket, caller });
    const content = contentOf(randomBytes(100_000), { sizeBytes });
    const refused = test.store.putObject({ bucket, key: 'k', content, caller });
    await expect(refused).rejects.toMatchObject({ code: 'IncompleteBody' });
    expect(await sealedFilesIn(test.folder)).toEqual([]);
    await test.close();
  });

  it('fails: its error is told, and nothing of it stays', async () => {
    const test = await openTestStore();
    await test.store.createBucket({ bucket, caller });
    const cut = new Error('connection reset');
    async function* body() {
      yield randomBytes(70_000);
      throw cut;
    }
    const content = { body: body(), sizeBytes: 200_000 };
    const refused = test.store.putObject({ bucket, key: 'k', content, caller });
    await expect(refused).rejects.toBe(cut);
    const left = (await storedFiles(test.folder)).filter((path) => !path.includes('sqlite'));
    expect(left).toEqual([]);
    await test.close();
  });
});

describe('free space', () => {
  it('under the floor no write is taken, and reads and deletions are', async () => {
    const { bavail, bsize } = await statfs(tmpdir());
    const test = await openTestStore();
    await test.store.createBucket({ bucket, caller });
    await put(test, 'kept', 10_000);
    const { folder } = test;
    await test.store.close();
    const full = await openTestStore({ folder, freeSpaceFloorBytes: 2 * bavail * bsize });
    await expect(put(full, 'k', 10)).rejects.toMatchObject({
      ...{ code: 'InsufficientCapacity', status: 507 },
    });
    await full.store.headObject({ bucket, key: 'kept', caller });
    await full.store.deleteObject({ bucket, key: 'kept', caller });
    await full.close();
    await test.close();
  });
});

// Only root may mount the small file system that stands for a disk that fills.
describe.runIf(mayMount)('a disk that is full', () => {
  it('refuses the write, keeps what is there and leaves nothing of the rest', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'strongroom-full-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', folder]);
    const test = await openTestStore({ folder });
    try {
      await test.store.createBucket({ bucket, caller });
      await put(test, 'kept', 1_000_000);
      const refused = { code: 'InsufficientCapacity', status: 507 };
      // Announced small, so that it is let in: the disk fills under it.
      async function* endless() {
        for (;;) yield randomBytes(1_000_000);
      }
      const place = { bucket, key: 'k', caller };
      await writeFile(join(folder, 'other'), Buffer.alloc(10 * 1024 ** 2));
      await expect(
        test.store.putObject({ ...place, content: { body: endless(), sizeBytes: 14_000_000 } }),
      ).rejects.toMatchObject(refused);
      const puts = Array.from({ length: 10 }, (_, index) => put(test, `${index}`, 1_000_000));
      const settled = await Promise.allSettled(puts);
      const failed = settled.filter(({ status }) => status === 'rejected');
      expect(failed.length).toBeGreaterThan(0);
      for (const outcome of failed) expect(outcome).toMatchObject({ reason: refused });

      // Small contents fill the database.
      const putSmall = async () => {
        for (let index = 0; index < 4_000; index += 1) await put(test, `small-${index}`, 8_000);
      };
      await expect(putSmall()).rejects.toMatchObject(refused);

      const objects = (await test.store.listObjects({ bucket, caller })).objects.filter(
        ({ key }) => !key.startsWith('small-'),
      );
      expect(await sealedFilesIn(folder)).toHaveLength(objects.length);
      expect((await test.store.scrub({ caller })).problems).toEqual([]);
      // Without a floor there may be no room for what a deletion writes either.
      await rm(join(folder, 'other'));
      for (const { key } of objects) {
        if (key !== 'kept') await test.store.deleteObject({ bucket, key, caller });
      }
      await put(test, 'again', 1_000_000);
    } finally {
      await test.close();
      // libsql lets go of its file when its statements are collected.
      execFileSync('umount', ['--lazy', folder]);
      await rm(folder, { recursive: true });
    }
  });
});
