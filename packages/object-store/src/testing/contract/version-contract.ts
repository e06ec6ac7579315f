import { expect, it } from 'vitest';
import { bytesOf, contentOf } from '../content.ts';
import type { ContractSubject } from '../object-store-contract.ts';

export function versionContract(subject: ContractSubject): void {
  const newVersioned = async () => {
    const { store, caller } = subject;
    const bucket = await subject.newBucket();
    await store.putBucketSetting({ bucket, setting: 'versioning', value: 'Enabled', caller });
    return bucket;
  };
  const put = (bucket: string, key: string, text: string) =>
    subject.store.putObject({ bucket, key, content: contentOf(text), caller: subject.caller });
  const read = async (bucket: string, key: string, versionId?: string) => {
    const { stream } = await subject.store.getObject({
      ...{ bucket, key, caller: subject.caller },
      ...(versionId !== undefined && { versionId }),
    });
    return (await bytesOf(stream)).toString();
  };

  it('every write is kept under its own id', async () => {
    const bucket = await newVersioned();
    const first = await put(bucket, 'k', 'one');
    const second = await put(bucket, 'k', 'two');
    expect(first.versionId).not.toBe(second.versionId);
    expect(await read(bucket, 'k')).toBe('two');
    expect(await read(bucket, 'k', first.versionId)).toBe('one');
    const missing = read(bucket, 'k', 'x'.repeat(32));
    await expect(missing).rejects.toMatchObject({ status: expect.toBeOneOf([400, 404]) });
  });

  it('a delete marker hides, and its deletion shows again', async () => {
    const { store, caller } = subject;
    const bucket = await newVersioned();
    await put(bucket, 'k', 'one');
    const marker = await store.deleteObject({ bucket, key: 'k', caller });
    expect(marker.isDeleteMarker).toBe(true);
    await expect(read(bucket, 'k')).rejects.toMatchObject({ code: 'NoSuchKey' });
    const markerRead = read(bucket, 'k', marker.versionId);
    await expect(markerRead).rejects.toMatchObject({ code: 'MethodNotAllowed' });
    expect((await store.listObjects({ bucket, caller })).objects).toEqual([]);
    const versionId = marker.versionId ?? '';
    const undone = await store.deleteObject({ bucket, key: 'k', versionId, caller });
    expect(undone).toMatchObject({ isDeleteMarker: true, versionId });
    expect(await read(bucket, 'k')).toBe('one');
    expect((await store.listObjects({ bucket, caller })).objects).toHaveLength(1);
  });

  it('when the newest version is deleted the one before is the newest', async () => {
    const { store, caller } = subject;
    const bucket = await newVersioned();
    await put(bucket, 'k', 'one');
    const { versionId = '' } = await put(bucket, 'k', 'two');
    await store.deleteObject({ bucket, key: 'k', versionId, caller });
    expect(await read(bucket, 'k')).toBe('one');
  });

  it('what was written before versioning is the version null, and suspended writes replace it', async () => {
    const { store, caller } = subject;
    const bucket = await subject.newBucket();
    await put(bucket, 'k', 'before');
    await store.putBucketSetting({ bucket, setting: 'versioning', value: 'Enabled', caller });
    await put(bucket, 'k', 'versioned');
    expect(await read(bucket, 'k', 'null')).toBe('before');
    await store.putBucketSetting({ bucket, setting: 'versioning', value: 'Suspended', caller });
    await put(bucket, 'k', 'suspended');
    expect(await read(bucket, 'k', 'null')).toBe('suspended');
    const { versions } = await store.listVersions({ bucket, caller });
    expect(versions.map(({ versionId }) => versionId === 'null')).toEqual([true, false]);
    expect(versions.map(({ isLatest }) => isLatest)).toEqual([true, false]);
    await store.deleteObject({ bucket, key: 'k', caller });
    const after = (await store.listVersions({ bucket, caller })).versions;
    expect(after.map(({ isDeleteMarker }) => isDeleteMarker)).toEqual([true, false]);
  });

  it('versions are listed by key, the newest first, page by page', async () => {
    const { store, caller } = subject;
    const bucket = await newVersioned();
    for (const text of ['1', '2', '3']) {
      await put(bucket, 'a', text);
      await put(bucket, 'b/x', text);
    }
    await store.deleteObject({ bucket, key: 'a', caller });
    const whole = await store.listVersions({ bucket, caller });
    expect(whole.versions.map(({ key }) => key)).toEqual([...'aaaa', 'b/x', 'b/x', 'b/x']);
    expect(whole.versions[0]).toMatchObject({ isDeleteMarker: true, isLatest: true });
    const seen: unknown[] = [];
    let markers = {};
    for (;;) {
      const page = await store.listVersions({ bucket, caller, maximumKeys: 2, ...markers });
      seen.push(...page.versions);
      if (!page.isTruncated) break;
      markers = { keyMarker: page.nextKeyMarker, versionIdMarker: page.nextVersionIdMarker };
    }
    expect(seen).toEqual(whole.versions);
    const rolledUp = await store.listVersions({ bucket, caller, delimiter: '/' });
    expect(rolledUp.commonPrefixes).toEqual(['b/']);
  });
}
