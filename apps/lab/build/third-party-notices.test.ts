import { describe, expect, it } from 'vitest';
import { packageFolder } from './third-party-notices.mjs';

describe('packageFolder', () => {
  it.each([
    ['/r/node_modules/react/index.js', '/r/node_modules/react'],
    ['/r/node_modules/@lumino/widgets/dist/i.js', '/r/node_modules/@lumino/widgets'],
    ['/r/node_modules/a/node_modules/b/i.js', '/r/node_modules/a/node_modules/b'],
    ['/r/node_modules/@lumino', null],
    ['/r/apps/lab/src/index.ts', null],
  ])('of %s is %s', (file, folder) => {
    expect(packageFolder(file)).toBe(folder);
  });
});
