import { describe, expect, it } from 'vitest';
import { asPrefix, crumbsOf, homePathOf, lastName, parentOf } from './place.ts';

const place = (prefix: string) => ({ bucket: 'research', prefix });

describe('the way to a place', () => {
  it('names each folder, empty ones too', () => {
    expect(crumbsOf(place('a//b/')).map(({ label }) => label)).toEqual(['research', 'a', '', 'b']);
    expect(crumbsOf(place('a//b/')).at(2)?.place).toEqual(place('a//'));
    expect(crumbsOf(null)).toEqual([]);
  });

  it('leads up a step at a time to the list of buckets', () => {
    expect(parentOf(place('a/b/'))).toEqual(place('a/'));
    expect(parentOf(place('a/'))).toEqual(place(''));
    expect(parentOf(place(''))).toBeNull();
    expect(parentOf(null)).toBeNull();
  });
});

describe('names', () => {
  it('are the last part of a key or a prefix', () => {
    expect(['a/b.csv', 'a/b/', 'b', 'a//'].map(lastName)).toEqual(['b.csv', 'b', 'b', '']);
  });

  it('become what a home can have, which never leads out of its folder', () => {
    const keys = ['a/b.csv', '../../x', 'a//b', './.', '.hidden', 'nul\0', ''];
    expect(keys.map(homePathOf)).toEqual([
      ...['a/b.csv', '__/__/x', 'a/_/b', '_/_', '.hidden', 'nul_', '_'],
    ]);
  });

  it('that a person types become a prefix', () => {
    expect(['', ' / ', 'a', '/a/b/'].map(asPrefix)).toEqual(['', '', 'a/', 'a/b/']);
  });
});
