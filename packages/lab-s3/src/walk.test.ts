import { describe, expect, it } from 'vitest';
import { filesOf, objectsOf } from './walk.ts';

const object = (key: string) => ({ key, sizeBytes: 1, modifiedAt: '2026-08-01T09:00:00.000Z' });

describe('a folder of a bucket', () => {
  it('is every object below it, page by page, each with its path in the home', async () => {
    const pages: Record<string, object> = {
      'rates/2026/': {
        folders: ['rates/2026/05/'],
        objects: [object('rates/2026/a')],
        continuationToken: 't',
      },
      'rates/2026/#t': { folders: [], objects: [object('rates/2026/b')], continuationToken: null },
      'rates/2026/05/': {
        folders: [],
        objects: [object('rates/2026/05/c')],
        continuationToken: null,
      },
    };
    const api = {
      listFolder: async (_bucket: string, prefix: string, token: string | null = null) =>
        pages[`${prefix}${token === null ? '' : `#${token}`}`] as never,
    };
    const entry = { kind: 'folder', name: '2026', bucket: 'b', prefix: 'rates/2026/' } as const;
    const paths: string[] = [];
    for await (const { homePath } of objectsOf(api, entry)) paths.push(homePath);
    expect(paths).toEqual(['2026/a', '2026/b', '2026/05/c']);
  });
});

describe('a folder of the home', () => {
  it('is every file below it, each with its key', async () => {
    const tree: Record<string, object> = {
      'work/data': {
        type: 'directory',
        content: [{ path: 'work/data/a' }, { path: 'work/data/sub' }],
      },
      'work/data/a': { type: 'file', size: 2 },
      'work/data/sub': { type: 'directory', content: [{ path: 'work/data/sub/b' }] },
      'work/data/sub/b': { type: 'notebook', size: 3 },
    };
    const contents = { get: async (path: string) => tree[path] as never };
    const keys: string[] = [];
    for await (const file of filesOf(contents, 'work/data')) keys.push(file.relativeKey);
    expect(keys).toEqual(['data/a', 'data/sub/b']);
  });
});
