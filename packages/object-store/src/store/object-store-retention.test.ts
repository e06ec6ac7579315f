import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentOf } from '../testing/content.ts';
import { openTestStore, operator, type TestStore } from '../testing/test-store.ts';
import type { LifecycleRule } from './bucket-settings.ts';

const caller = operator;
const bucket = 'records';
const dayMilliseconds = 86_400_000;

let test: TestStore;
beforeEach(async () => {
  test = await openTestStore();
});
afterEach(() => test.close());

const put = (key: string, options: object = {}) =>
  test.store.putObject({ bucket, key, content: contentOf('x'), caller, ...options });
const pass = (days: number) => {
  test.time.now = new Date(test.time.now.getTime() + days * dayMilliseconds);
};
const inDays = (days: number) => new Date(test.time.now.getTime() + days * dayMilliseconds);

describe('object lock in compliance mode', () => {
  beforeEach(async () => {
    await test.store.createBucket({ bucket, objectLockEnabled: true, caller });
  });

  it('keeps a version until its date, from everybody', async () => {
    const retention = { mode: 'COMPLIANCE', retainUntil: inDays(10) } as const;
    const { versionId = '' } = await put('k', { retention });
    const place = { bucket, key: 'k', versionId, caller };
    expect(await test.store.getRetention(place)).toEqual(retention);
    const refused = { code: 'AccessDenied', status: 403 };
    await expect(test.store.deleteObject(place)).rejects.toMatchObject(refused);
    // A delete marker hides it and takes nothing away.
    const marker = await test.store.deleteObject({ bucket, key: 'k', caller });
    expect(marker.isDeleteMarker).toBe(true);
    pass(11);
    await test.store.deleteObject(place);
    const gone = test.store.headObject(place);
    await expect(gone).rejects.toMatchObject({ code: 'NoSuchVersion' });
  });

  it('is prolonged and never shortened', async () => {
    const retainUntil = inDays(10);
    const { versionId = '' } = await put('k', { retention: { mode: 'COMPLIANCE', retainUntil } });
    const place = { bucket, key: 'k', versionId, caller };
    const set = (days: number) =>
      test.store.putRetention({
        ...{ ...place, retention: { mode: 'COMPLIANCE', retainUntil: inDays(days) } },
      });
    await expect(set(9)).rejects.toMatchObject({ code: 'AccessDenied' });
    await expect(set(-1)).rejects.toMatchObject({ code: 'InvalidArgument' });
    await set(20);
    pass(11);
    await expect(test.store.deleteObject(place)).rejects.toMatchObject({ code: 'AccessDenied' });
  });

  it('the bucket’s default holds for puts, copies and uploads', async () => {
    const value = { defaultRetention: { mode: 'COMPLIANCE', days: 3 } } as const;
    await test.store.putBucketSetting({ bucket, setting: 'objectLock', value, caller });
    await put('k');
    await test.store.copyObject({
      ...{ bucket, key: 'copy', source: { bucket, key: 'k' }, caller },
      ...{ metadataDirective: 'COPY', taggingDirective: 'COPY' },
    });
    const upload = { bucket, key: 'upload', caller };
    const { uploadId } = await test.store.createUpload(upload);
    const part = { ...upload, uploadId, partNumber: 1 };
    const { etag } = await test.store.uploadPart({ ...part, content: contentOf('x') });
    const parts = [{ partNumber: 1, etag }];
    await test.store.completeUpload({ ...upload, uploadId, parts });
    for (const key of ['k', 'copy', 'upload']) {
      const retention = await test.store.getRetention({ bucket, key, caller });
      expect(retention?.retainUntil).toEqual(inDays(3));
    }
  });

  it('cannot be taken off, and versioning not suspended', async () => {
    const refused = { code: 'InvalidBucketState' };
    const off = test.store.deleteBucketSetting({ bucket, setting: 'objectLock', caller });
    await expect(off).rejects.toMatchObject(refused);
    const suspended = { bucket, setting: 'versioning', value: 'Suspended', caller } as const;
    await expect(test.store.putBucketSetting(suspended)).rejects.toMatchObject(refused);
  });

  it('a bucket without it takes no retention', async () => {
    await test.store.createBucket({ bucket: 'plain', caller });
    const retention = { mode: 'COMPLIANCE', retainUntil: inDays(1) };
    const refused = put('k', { bucket: 'plain', retention });
    await expect(refused).rejects.toMatchObject({ code: 'InvalidRequest' });
  });
});

describe('lifecycle', () => {
  const setRules = (...rules: (Partial<LifecycleRule> & Pick<LifecycleRule, 'filter'>)[]) =>
    test.store.putBucketSetting({
      ...{ bucket, setting: 'lifecycle', caller },
      value: rules.map((rule) => ({ isEnabled: true, ...rule })),
    });
  const keys = async () =>
    (await test.store.listObjects({ bucket, caller })).objects.map(({ key }) => key);

  it('expires at the midnight after so many days what the filter names', async () => {
    await test.store.createBucket({ bucket, caller });
    await setRules(
      { filter: { prefix: 'logs/' }, expirationDays: 2 },
      { filter: { tags: { class: 'temporary' } }, expirationDays: 1 },
      { filter: {}, expirationDays: 1, isEnabled: false },
    );
    await put('logs/1');
    await put('kept');
    await put('tagged', { tags: { class: 'temporary' } });
    pass(1);
    expect(await test.store.expireDue()).toMatchObject({ objectCount: 0 });
    pass(0.5);
    expect(await test.store.expireDue()).toMatchObject({ objectCount: 1 });
    expect(await keys()).toEqual(['kept', 'logs/1']);
    pass(1);
    expect(await test.store.expireDue()).toMatchObject({ objectCount: 1 });
    expect(await keys()).toEqual(['kept']);
  });

  it('with versions: a delete marker first, then old versions, then the marker alone', async () => {
    await test.store.createBucket({ bucket, caller });
    const value = 'Enabled';
    await test.store.putBucketSetting({ bucket, setting: 'versioning', value, caller });
    await setRules({
      ...{ filter: {}, expirationDays: 1, noncurrentDays: 3 },
      ...{ expiresDeleteMarkers: true },
    });
    await put('k');
    await put('k');
    pass(2);
    expect(await test.store.expireDue()).toMatchObject({ objectCount: 1, versionCount: 0 });
    const listed = () => test.store.listVersions({ bucket, caller });
    expect((await listed()).versions.map((version) => version.isDeleteMarker)).toEqual([
      ...[true, false, false],
    ]);
    pass(4);
    expect(await test.store.expireDue()).toMatchObject({ versionCount: 2 });
    expect(await test.store.expireDue()).toMatchObject({ deleteMarkerCount: 1 });
    expect((await listed()).versions).toEqual([]);
  });

  it('aborts uploads that are not finished, and leaves what is retained', async () => {
    await test.store.createBucket({ bucket, objectLockEnabled: true, caller });
    await setRules({ filter: {}, abortUploadsAfterDays: 1, noncurrentDays: 1 });
    const retention = { mode: 'COMPLIANCE', retainUntil: inDays(30) };
    await put('k', { retention });
    await put('k');
    const upload = { bucket, key: 'u', caller };
    const { uploadId } = await test.store.createUpload(upload);
    const content = contentOf('x'.repeat(10_000));
    await test.store.uploadPart({ ...upload, uploadId, partNumber: 1, content });
    pass(3);
    expect(await test.store.expireDue()).toMatchObject({ uploadCount: 1, versionCount: 0 });
    pass(30);
    expect(await test.store.expireDue()).toMatchObject({ versionCount: 1 });
    const usage = await test.store.bucketUsage({ bucket, caller });
    expect(usage).toMatchObject({ sizeBytes: 1, unfinishedUploadBytes: 0 });
  });
});
