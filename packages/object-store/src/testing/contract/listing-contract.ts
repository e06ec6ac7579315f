import { beforeAll, expect, it } from 'vitest';
import { contentOf } from '../content.ts';
import type { ContractSubject } from '../object-store-contract.ts';

const keys = ['a', 'b/1', 'b/2', 'b/c/1', 'b0', 'ｚ', '😀', 'z//x'];
/** By UTF-8 bytes; UTF-16 has the emoji before the full-width letter. */
const ordered = ['a', 'b/1', 'b/2', 'b/c/1', 'b0', 'z//x', 'ｚ', '😀'];

export function listingContract(subject: ContractSubject): void {
  let bucket: string;
  beforeAll(async () => {
    bucket = await subject.newBucket();
    for (const key of keys) {
      await subject.store.putObject({
        bucket,
        key,
        content: contentOf(key),
        caller: subject.caller,
      });
    }
  });
  const list = async (request: object) => {
    const { objects, ...result } = await subject.store.listObjects({
      ...{ bucket, caller: subject.caller, ...request },
    });
    return { ...result, keys: objects.map(({ key }) => key) };
  };

  it('keys come in the order of their bytes', async () => {
    const page = await list({});
    expect(page).toMatchObject({ keys: ordered, isTruncated: false, commonPrefixes: [] });
  });

  it('a delimiter rolls up what shares a prefix', async () => {
    const page = await list({ delimiter: '/' });
    expect(page.keys).toEqual(['a', 'b0', 'ｚ', '😀']);
    expect(page.commonPrefixes).toEqual(['b/', 'z/']);
    const inner = await list({ delimiter: '/', prefix: 'b/' });
    expect(inner.keys).toEqual(['b/1', 'b/2']);
    expect(inner.commonPrefixes).toEqual(['b/c/']);
    expect((await list({ delimiter: '/', prefix: 'z/' })).commonPrefixes).toEqual(['z//']);
  });

  it.each([1, 2, 3, 7])(
    'pages of %i keys and prefixes hold everything once',
    async (maximumKeys) => {
      const seen: string[] = [];
      let continuationToken: string | undefined;
      do {
        const page = await list({
          ...{ delimiter: '/', maximumKeys },
          ...(continuationToken !== undefined && { continuationToken }),
        });
        expect(page.keys.length + page.commonPrefixes.length).toBeLessThanOrEqual(maximumKeys);
        seen.push(...page.keys, ...page.commonPrefixes);
        expect(page.isTruncated).toBe(page.nextContinuationToken !== undefined);
        continuationToken = page.nextContinuationToken;
      } while (continuationToken !== undefined);
      expect(seen.sort()).toEqual(['a', 'b/', 'b0', 'z/', 'ｚ', '😀'].sort());
    },
  );

  it('start-after begins behind a key, whether it is there or not', async () => {
    expect((await list({ startAfter: 'b/2' })).keys[0]).toBe('b/c/1');
    expect((await list({ startAfter: 'b/1zz' })).keys[0]).toBe('b/2');
    expect((await list({ prefix: 'b/', startAfter: 'a' })).keys).toEqual(['b/1', 'b/2', 'b/c/1']);
    expect((await list({ startAfter: '\u{10ffff}' })).keys).toEqual([]);
  });

  it('max-keys 0 is an empty page', async () => {
    expect(await list({ maximumKeys: 0 })).toMatchObject({ keys: [], isTruncated: false });
  });

  it('a token that is none is refused', async () => {
    await expect(list({ continuationToken: 'none' })).rejects.toMatchObject({ status: 400 });
  });
}
