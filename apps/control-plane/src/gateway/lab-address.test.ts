import { describe, expect, it } from 'vitest';
import { labAddress } from './lab-address.ts';
import { routeOf } from './routes.ts';

describe('the address of a file in Lab', () => {
  it.each([
    ['rates.ipynb', '/lab/tree/rates.ipynb'],
    ['models/rates 1.ipynb', '/lab/tree/models/rates%201.ipynb'],
    ['보고서.ipynb', '/lab/tree/%EB%B3%B4%EA%B3%A0%EC%84%9C.ipynb'],
    ['a?reset#b%2f.ipynb', '/lab/tree/a%3Freset%23b%252f.ipynb'],
    ['\\\\evil.example', '/lab/tree/%5C%5Cevil.example'],
  ])('of %j', (path, address) => {
    expect(labAddress(path)).toBe(address);
    expect(routeOf(address)).toMatchObject({ kind: 'lab', page: { treePath: path } });
  });

  it.each([
    null,
    '',
    '/etc/passwd',
    '//evil.example',
    'https://evil.example/x',
    '../x',
    'a/./b',
    'a/../b',
    'a\nb',
    'a\0b',
    'x'.repeat(5_000),
    '\ud800',
  ])('is that of Lab alone for %j', (path) => {
    expect(labAddress(path)).toBe('/lab');
  });
});
