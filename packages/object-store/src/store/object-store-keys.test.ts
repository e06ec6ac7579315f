import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bytesOf, contentOf } from '../testing/content.ts';
import { openTestStore, operator, type TestStore } from '../testing/test-store.ts';

const caller = operator;
const bucket = 'sealed';

describe('keys of objects', () => {
  let test: TestStore;
  beforeEach(async () => {
    test = await openTestStore({ minimumPartBytes: 1 });
    await test.store.createBucket({ bucket, caller });
  });
  afterEach(() => test.close());
  const put = (key: string, sizeBytes = 100, encryption = {}) =>
    test.store.putObject({
      ...{ bucket, key, content: contentOf(randomBytes(sizeBytes)), encryption, caller },
    });
  const read = async (key: string) =>
    bytesOf((await test.store.getObject({ bucket, key, caller })).stream);

  it('are the default, the bucket’s or the one that is named, and told', async () => {
    expect((await put('a')).encryption.keyArn).toBe(test.key.arn);
    const value = { algorithm: 'aws:kms', keyReference: 'alias/other', bucketKeyEnabled: false };
    const encryption = { bucket, setting: 'encryption', value, caller } as const;
    await test.store.putBucketSetting({ ...encryption, value: { ...value, algorithm: 'aws:kms' } });
    expect((await put('b')).encryption).toEqual({
      ...{ algorithm: 'aws:kms', keyArn: test.otherKey.arn, bucketKeyEnabled: false },
    });
    const named = { keyReference: test.key.keyId, bucketKeyEnabled: true };
    expect((await put('c', 10, named)).encryption.keyArn).toBe(test.key.arn);
    const { info } = await test.store.headObject({ bucket, key: 'c', caller });
    expect(info.encryption).toEqual({
      ...{ algorithm: 'aws:kms', keyArn: test.key.arn, bucketKeyEnabled: true },
    });
    for (const key of ['a', 'b', 'c']) await read(key);
  });

  it('are told with what each seals in each bucket, older versions and no delete markers', async () => {
    await put('a', 100);
    await test.store.putBucketSetting({ bucket, setting: 'versioning', value: 'Enabled', caller });
    await put('a', 50);
    await put('b', 10, { keyReference: 'alias/other' });
    await test.store.deleteObject({ bucket, key: 'b', caller });
    const usage = await test.store.keyUsage();
    const of = (arn: string) => usage.filter(({ keyArn }) => keyArn === arn);
    expect(of(test.key.arn)).toMatchObject([
      { bucket, objectCount: 1, versionCount: 2, sizeBytes: 150 },
    ]);
    expect(of(test.otherKey.arn)).toMatchObject([
      { bucket, objectCount: 0, versionCount: 1, sizeBytes: 10 },
    ]);
  });

  it('an unknown key refuses the write', async () => {
    const refused = put('a', 10, { keyReference: 'alias/none' });
    await expect(refused).rejects.toMatchObject({ code: 'KMS.NotFoundException' });
  });

  it('with a bucket key the provider is asked rarely, and every use is on record', async () => {
    const before = test.service.providerCallCount;
    const useCount = test.uses.length;
    for (let index = 0; index < 100; index += 1) await put(`${index}`);
    for (let index = 0; index < 100; index += 1) await read(`${index}`);
    expect(test.service.providerCallCount - before).toBeLessThanOrEqual(2);
    expect(test.uses.length - useCount).toBe(200);
  });

  it('a disabled key: no read and no write, and HEAD, lists and deletions answer as before', async () => {
    await put('a');
    await test.service.disable('alias/data', { caller });
    const refused = { code: 'KMS.DisabledException', status: 400 };
    await expect(read('a')).rejects.toMatchObject(refused);
    await expect(put('b')).rejects.toMatchObject(refused);
    const copy = { bucket, key: 'c', source: { bucket, key: 'a' }, caller } as const;
    const copied = test.store.copyObject({
      ...{ ...copy, metadataDirective: 'COPY', taggingDirective: 'COPY' },
    });
    await expect(copied).rejects.toMatchObject(refused);
    await test.store.headObject({ bucket, key: 'a', caller });
    expect((await test.store.listObjects({ bucket, caller })).objects).toHaveLength(1);
    const { problems } = await test.store.scrub({ caller });
    expect(problems).toMatchObject([{ key: 'a', state: 'unverified' }]);
    await test.service.enable('alias/data', { caller });
    expect(await read('a')).toHaveLength(100);
    await test.service.disable('alias/data', { caller });
    await test.store.deleteObject({ bucket, key: 'a', caller });
  });

  it('a download under way ends when the key is disabled', async () => {
    await put('large', 20_000_000);
    await put('other', 20_000_000, { keyReference: 'alias/other' });
    const { stream, signal } = await test.store.getObject({ bucket, key: 'large', caller });
    const other = await test.store.getObject({ bucket, key: 'other', caller });
    let received = 0;
    let disabledAt = 0;
    const reading = (async () => {
      for await (const piece of stream) {
        received += piece.length;
        if (disabledAt > 0 || received < 2_000_000) continue;
        await test.service.disable('alias/data', { caller });
        disabledAt = performance.now();
        expect(signal.aborted).toBe(true);
      }
    })();
    await expect(reading).rejects.toMatchObject({ code: 'KMS.DisabledException' });
    expect(performance.now() - disabledAt).toBeLessThan(1_000);
    expect(received).toBeLessThan(4_000_000);
    expect(await bytesOf(other.stream)).toHaveLength(20_000_000);
  });

  it('a copy is sealed again under the key that it is given, without reading its content', async () => {
    await put('a', 300_000);
    await test.store.copyObject({
      ...{ bucket, key: 'b', source: { bucket, key: 'a' }, caller },
      ...{ metadataDirective: 'COPY', taggingDirective: 'COPY' },
      encryption: { keyReference: 'alias/other' },
    });
    const content = await read('a');
    await test.service.disable('alias/data', { caller });
    await expect(read('a')).rejects.toMatchObject({ code: 'KMS.DisabledException' });
    expect((await read('b')).equals(content)).toBe(true);
  });

  it('an upload cannot go on under a disabled key', async () => {
    const place = { bucket, key: 'k', caller };
    const { uploadId } = await test.store.createUpload(place);
    const upload = { ...place, uploadId };
    const part = { ...upload, partNumber: 1, content: contentOf('x') };
    const { etag } = await test.store.uploadPart(part);
    await test.service.disable('alias/data', { caller });
    const refused = { code: 'KMS.DisabledException' };
    const again = test.store.uploadPart({ ...part, content: contentOf('y') });
    await expect(again).rejects.toMatchObject(refused);
    const parts = [{ partNumber: 1, etag }];
    await expect(test.store.completeUpload({ ...upload, parts })).rejects.toMatchObject(refused);
  });
});
