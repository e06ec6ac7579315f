import { describe, expect, it } from 'vitest';
import { compileGlob } from './glob.ts';
import { compileKeyFilter } from './key-filter.ts';

const cases: [pattern: string, fits: string[], misses: string[]][] = [
  ['*.csv', ['a.csv', 'b/c.csv', '.csv'], ['a.csv.gz', 'csv']],
  ['data/*.csv', ['data/a.csv'], ['a.csv', 'data/x/a.csv', 'x/data/a.csv']],
  ['data/**', ['data/a', 'data/x/y'], ['data', 'mydata/a']],
  ['data/', ['data/a', 'data/x/y', 'x/data/a'], ['data', 'mydata/a']],
  ['**/tmp/*', ['tmp/a', 'x/y/tmp/a'], ['tmp', 'x/tmp/a/b']],
  ['**', ['a', 'a/b'], []],
  ['?.txt', ['a.txt', 'é.txt', '🔑.txt'], ['ab.txt', '.txt']],
  ['[ab].txt', ['a.txt'], ['c.txt']],
  ['[!ab].txt', ['c.txt'], ['a.txt']],
  ['*.{csv,parquet}', ['a.csv', 'b.parquet'], ['a.txt']],
  ['a+b (1).txt', ['a+b (1).txt'], ['aab (1).txt']],
  ['/top.txt', ['top.txt'], ['x/top.txt']],
];

describe('a glob', () => {
  it.each(cases)('%s fits what it should', (pattern, fits, misses) => {
    const test = compileGlob(pattern);
    expect(fits.filter((key) => !test(key))).toEqual([]);
    expect(misses.filter(test)).toEqual([]);
  });
});

describe('a filter of keys', () => {
  it('takes everything where nothing is said', () => {
    expect(compileKeyFilter({})('a/b')).toBe(true);
  });

  it('lets an exclusion win over an inclusion', () => {
    const filter = compileKeyFilter({ include: ['*.csv'], exclude: ['tmp/**'] });
    expect(['a.csv', 'tmp/a.csv', 'a.txt'].map(filter)).toEqual([true, false, false]);
  });
});
