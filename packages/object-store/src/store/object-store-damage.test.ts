import { randomBytes } from 'node:crypto';
import { copyFile, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import LibsqlDatabase from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bytesOf, contentOf } from '../testing/content.ts';
import { filesHolding, sealedFilesIn } from '../testing/stored-files.ts';
import { openTestStore, operator, type TestStore } from '../testing/test-store.ts';

const caller = operator;
const bucket = 'vault';
const largeBytes = 200_000;

describe('what lies on the disk', () => {
  let test: TestStore;

  beforeEach(async () => {
    test = await openTestStore({ minimumPartBytes: 1 });
    await test.store.createBucket({ bucket, caller });
  });
  afterEach(() => test.close());

  const put = (key: string, bytes: Buffer) =>
    test.store.putObject({ bucket, key, content: contentOf(bytes), caller });
  const read = async (key: string) =>
    bytesOf((await test.store.getObject({ bucket, key, caller })).stream);
  /** The file that a write made. */
  const putFile = async (key: string) => {
    const before = new Set(await sealedFilesIn(test.folder));
    await put(key, randomBytes(largeBytes));
    const made = (await sealedFilesIn(test.folder)).filter((path) => !before.has(path));
    expect(made).toHaveLength(1);
    return made[0] ?? '';
  };
  const expectDamaged = async (...keys: string[]) => {
    for (const key of keys) {
      await expect(read(key)).rejects.toMatchObject({ code: 'DataDamaged', status: 500 });
    }
    const progress: number[] = [];
    const onProgress = ({ checkedObjects }: { checkedObjects: number }) =>
      void progress.push(checkedObjects);
    const { problems, checkedObjects } = await test.store.scrub({ caller, onProgress });
    const named = problems.map(({ key, state }) => [key, state]);
    expect(named.sort()).toEqual(keys.map((key) => [key, 'damaged']).sort());
    expect(problems[0]).toMatchObject({ bucket, versionId: 'null' });
    // It did not stop at what it found.
    expect(progress.at(-1)).toBe(checkedObjects);
    const { objectCount } = await test.store.bucketUsage({ bucket, caller });
    expect(checkedObjects).toBe(objectCount);
  };
  /** Statements on the database while the store is closed, as whoever holds the disk could do. */
  const alterRows = async (...statements: string[]) => {
    await test.store.close();
    const database = new LibsqlDatabase(join(test.folder, 'objects.sqlite'));
    for (const statement of statements) database.exec(statement);
    database.close();
    await test.reopen();
  };

  it('is damaged where a part of a content is gone from the database', async () => {
    await put('small', randomBytes(100));
    await put('whole', randomBytes(100));
    await alterRows(
      `delete from segment where version_row = (select id from version where key = cast('small' as blob))`,
    );
    await expectDamaged('small');
    expect(await read('whole')).toHaveLength(100);
  });

  it('holds no content, no user metadata and no tag in clear', async () => {
    const canary = 'CANARY-7f3a91';
    for (const [index, repeats] of [1, 20_000].entries()) {
      await test.store.putObject({
        ...{ bucket, key: `key-${index}`, content: contentOf(canary.repeat(repeats)), caller },
        ...{ userMetadata: { note: canary }, tags: { note: canary } },
        headers: { contentDisposition: canary },
      });
    }
    const upload = { bucket, key: 'parts', caller, userMetadata: { note: canary } };
    const { uploadId } = await test.store.createUpload(upload);
    const content = contentOf(canary.repeat(9_000));
    await test.store.uploadPart({ ...upload, uploadId, partNumber: 1, content });
    expect(await filesHolding(test.folder, canary)).toEqual([]);
    // The search does find what is in clear.
    expect(await filesHolding(test.folder, 'key-0')).not.toEqual([]);
    await test.reopen();
    expect(await filesHolding(test.folder, canary)).toEqual([]);
  });

  it.each([20, 70_000, largeBytes])(
    'a bit that flipped at byte %i is refused and named',
    async (at) => {
      await put('sound', randomBytes(largeBytes));
      const path = await putFile('hurt');
      const bytes = await readFile(path);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      await writeFile(path, bytes);
      await expectDamaged('hurt');
      expect(await read('sound')).toHaveLength(largeBytes);
    },
  );

  it('an end that was cut off and a file that is gone are refused and named', async () => {
    const short = await putFile('short');
    await truncate(short, (await stat(short)).size - 65_552);
    await rm(await putFile('gone'));
    await expectDamaged('gone', 'short');
  });

  it('files that were swapped are refused and named', async () => {
    const [one, other] = [await putFile('one'), await putFile('other')];
    await copyFile(one, `${one}.kept`);
    await rename(other, one);
    await rename(`${one}.kept`, other);
    await expectDamaged('one', 'other');
  });

  it('records that were swapped within a file are refused and named', async () => {
    const path = await putFile('mixed');
    const bytes = await readFile(path);
    const [header, record] = [16, 65_552];
    const first = Buffer.from(bytes.subarray(header, header + record));
    bytes.copyWithin(header, header + record, header + 2 * record);
    first.copy(bytes, header + record);
    await writeFile(path, bytes);
    await expectDamaged('mixed');
  });

  it('the bytes before the damage may be read, and nothing of what is behind it', async () => {
    const path = await putFile('hurt');
    const bytes = await readFile(path);
    bytes[150_000] = (bytes[150_000] ?? 0) ^ 1;
    await writeFile(path, bytes);
    const place = { bucket, key: 'hurt', caller };
    const before = await test.store.getObject({ ...place, range: { first: 0, last: 999 } });
    expect(await bytesOf(before.stream)).toHaveLength(1_000);
    const behind = await test.store.getObject({ ...place, range: { first: 140_000 } });
    let received = 0;
    const reading = (async () => {
      for await (const piece of behind.stream) received += piece.length;
    })();
    await expect(reading).rejects.toMatchObject({ code: 'DataDamaged' });
    expect(received).toBe(0);
  });

  it('contents that were swapped between rows are refused and named', async () => {
    await put('one', randomBytes(100));
    await put('other', randomBytes(100));
    await alterRows(
      'update segment set version_row = null',
      'update segment set version_row = 3 - id',
    );
    await expectDamaged('one', 'other');
  });

  it('keys that were swapped between rows are refused and named', async () => {
    await put('one', randomBytes(100));
    await put('other', randomBytes(100));
    await alterRows(
      'create table kept as select id, wrapped_key from version',
      'update version set wrapped_key = (select wrapped_key from kept where id = 3 - version.id)',
      'drop table kept',
    );
    await expectDamaged('one', 'other');
  });

  it('a row that was moved to another name is refused and named', async () => {
    await put('secret', randomBytes(100));
    await alterRows("update version set key = cast('public' as blob)");
    const { problems } = await test.store.scrub({ caller });
    expect(problems).toMatchObject([{ key: 'public', state: 'damaged' }]);
    await expect(read('public')).rejects.toMatchObject({ code: 'DataDamaged' });
  });

  it('files that nothing names are removed when the store opens', async () => {
    const path = await putFile('kept');
    const orphan = path.replace(/[0-9a-f]{30}$/, '0'.repeat(30));
    await writeFile(orphan, 'half');
    await writeFile(join(test.folder, 'temporary', 'left'), 'half');
    await test.reopen();
    expect(await sealedFilesIn(test.folder)).toEqual([path]);
    expect(await filesHolding(test.folder, 'half')).toEqual([]);
    expect(await read('kept')).toHaveLength(largeBytes);
  });

  it('unfinished uploads stay', async () => {
    const place = { bucket, key: 'k', caller };
    const { uploadId } = await test.store.createUpload(place);
    const upload = { ...place, uploadId };
    const content = contentOf(randomBytes(largeBytes));
    const { etag } = await test.store.uploadPart({ ...upload, partNumber: 1, content });
    await test.reopen();
    await test.store.completeUpload({ ...upload, parts: [{ partNumber: 1, etag }] });
    expect(await read('k')).toHaveLength(largeBytes);
  });
});
