import { describe, expect, it } from 'vitest';
import { bytesOf, contentOf } from '../testing/content.ts';
import { objectStoreContract } from '../testing/object-store-contract.ts';
import { openTestStore, operator } from '../testing/test-store.ts';

objectStoreContract('embedded', async () => {
  const minimumPartBytes = 100_000;
  const { store, close } = await openTestStore({ minimumPartBytes });
  return { store, caller: operator, minimumPartBytes, close };
});

describe('the embedded object store', () => {
  it('takes a key with NUL, which XML cannot hold, and refuses half a surrogate pair', async () => {
    const { store, close } = await openTestStore();
    const place = { bucket: 'names', caller: operator };
    await store.createBucket(place);
    const keys = ['a', 'a\0', 'a\0b', '\u0001'];
    for (const key of keys) await store.putObject({ ...place, key, content: contentOf(key) });
    for (const key of keys) {
      const { stream } = await store.getObject({ ...place, key });
      expect((await bytesOf(stream)).toString()).toBe(key);
    }
    const listed = (await store.listObjects(place)).objects.map(({ key }) => key);
    expect(listed).toEqual(['\u0001', 'a', 'a\0', 'a\0b']);
    const half = store.putObject({ ...place, key: '\ud83d', content: contentOf('x') });
    await expect(half).rejects.toMatchObject({ code: 'InvalidArgument' });
    await close();
  });

  it('holds its folder: nobody else opens it', async () => {
    const { folder, store, reopen, close } = await openTestStore();
    await expect(openTestStore({ folder })).rejects.toMatchObject({ code: 'StoreInUse' });
    await store.close();
    await reopen();
    await close();
  });

  it('settings that are changed at once are all kept', async () => {
    const { store, close } = await openTestStore();
    const place = { bucket: 'settings', caller: operator };
    await store.createBucket(place);
    await Promise.all([
      store.putBucketSetting({ ...place, setting: 'tagging', value: { a: 'b' } }),
      store.putBucketSetting({ ...place, setting: 'quotaBytes', value: 1 }),
      store.putBucketSetting({ ...place, setting: 'policy', value: '{}' }),
    ]);
    const { settings } = await store.headBucket(place);
    expect(settings).toEqual({ tagging: { a: 'b' }, quotaBytes: 1, policy: '{}' });
    await close();
  });

  it('has everything after a restart', async () => {
    const test = await openTestStore();
    const place = { bucket: 'kept', caller: operator };
    await test.store.createBucket(place);
    const value = { defaultRetention: { mode: 'COMPLIANCE', days: 1 } } as const;
    const versioning = { ...place, setting: 'versioning', value: 'Enabled' } as const;
    await test.store.putBucketSetting(versioning);
    await test.store.putBucketSetting({ ...place, setting: 'objectLock', value });
    const tags = { a: 'b' };
    await test.store.putObject({ ...place, key: 'k', content: contentOf('x'), tags });
    const before = await test.store.headObject({ ...place, key: 'k' });
    const again = await test.reopen();
    expect(await again.headObject({ ...place, key: 'k' })).toEqual(before);
    expect((await again.headBucket(place)).settings).toEqual({
      ...{ versioning: 'Enabled', objectLock: value },
    });
    expect((await again.getTags({ ...place, key: 'k' })).tags).toEqual(tags);
    await test.close();
  });

  it('pages of a listing cost alike, however much a delimiter rolls up', async () => {
    const { store, close } = await openTestStore();
    const place = { bucket: 'many', caller: operator };
    await store.createBucket(place);
    const keys = Array.from({ length: 6_000 }, (_, index) => `${index % 3}/${index}`);
    await Promise.all(
      keys.map((key) => store.putObject({ ...place, key, content: contentOf('x') })),
    );
    const rolledUp = await store.listObjects({ ...place, delimiter: '/' });
    expect(rolledUp.commonPrefixes).toEqual(['0/', '1/', '2/']);
    const seen: string[] = [];
    let continuationToken: string | undefined;
    do {
      const page = await store.listObjects({
        ...{ ...place, ...(continuationToken !== undefined && { continuationToken }) },
      });
      seen.push(...page.objects.map(({ key }) => key));
      continuationToken = page.nextContinuationToken;
    } while (continuationToken !== undefined);
    expect(seen).toEqual(keys.sort());
    await close();
  });
});
