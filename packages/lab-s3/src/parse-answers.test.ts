import { studioBucketListSchema, studioFolderSchema } from '@strongroom/contracts';
import { describe, expect, it } from 'vitest';
import { parseBucketList, parseFolder } from './parse-answers.ts';

const bucket = { bucket: 'research', mayRead: true, mayWrite: false, mayDelete: false };
const object = { key: 'a.csv', sizeBytes: 3, modifiedAt: '2026-08-01T09:00:00.000Z' };
const folder = { folders: ['rates/'], objects: [object], continuationToken: null };

describe('the list of buckets', () => {
  it('is read as the contract says', () => {
    const list = studioBucketListSchema.parse({ buckets: [bucket] });
    expect(parseBucketList(JSON.parse(JSON.stringify(list)))).toEqual(list);
  });

  it.each([
    null,
    'x',
    {},
    { buckets: {} },
    { buckets: [null] },
    { buckets: [{ ...bucket, mayRead: 1 }] },
  ])('is nothing else: %j', (value) => {
    expect(parseBucketList(value)).toBeNull();
    expect(studioBucketListSchema.safeParse(value).success).toBe(false);
  });
});

describe('a folder', () => {
  it('is read as the contract says', () => {
    const read = studioFolderSchema.parse(folder);
    expect(parseFolder(JSON.parse(JSON.stringify(read)))).toEqual(read);
  });

  it.each([
    ...[null, {}, { ...folder, folders: [1] }, { ...folder, continuationToken: 5 }],
    ...[
      { ...folder, objects: [{ ...object, sizeBytes: '3' }] },
      { ...folder, objects: undefined },
    ],
  ])('is nothing else: %j', (value) => {
    expect(parseFolder(value)).toBeNull();
    expect(studioFolderSchema.safeParse(value).success).toBe(false);
  });
});
