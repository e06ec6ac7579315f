import { describe, expect, it } from 'vitest';
import { labAddress } from './lab-address.ts';
import { parseRequestTarget } from './request-target.ts';
import { routeOf } from './routes.ts';

describe('the address of a file in Lab', () => {
  it.each(['credit risk.ipynb', 'work/2026 1월?#%.ipynb', 'a/b/c.ipynb', '-o.ipynb'])(
    'opens %j',
    (path) => {
      const target = parseRequestTarget(labAddress(path));
      const route = routeOf(target?.path ?? '');
      expect(route).toMatchObject({ kind: 'lab', page: { treePath: path } });
    },
  );

  it.each([
    null,
    '',
    '/etc/passwd',
    '../other',
    'a/../../b',
    'a//b',
    './a',
    '//evil.example/x',
    'https://evil.example/',
    'a\\b',
    'a\0b',
    '\ud800',
    'x'.repeat(5000),
  ])('is that of Lab alone for %j', (path) => {
    expect(labAddress(path)).toBe('/lab');
  });

  it('is on this origin with line breaks and all', () => {
    expect(labAddress('a\r\nset-cookie: x')).toBe('/lab/tree/a%0D%0Aset-cookie%3A%20x');
  });
});
