import { describe, expect, it } from 'vitest';
import { findMatches } from './find-matches.ts';

describe('matches', () => {
  it('go over parts, and do not overlap', () => {
    expect(findMatches(['de', 'f lo', 'ss'], 'f loss')).toEqual([
      { start: { part: 1, offset: 0 }, end: { part: 2, offset: 2 } },
    ]);
    expect(findMatches(['aaaa'], 'aa')).toHaveLength(2);
  });

  it('are of either case, where letters change their length with it too', () => {
    expect(findMatches(['İ LOSS'], 'loss')).toEqual([
      { start: { part: 0, offset: 2 }, end: { part: 0, offset: 6 } },
    ]);
    expect(findMatches(['손실'], '손실')).toHaveLength(1);
  });

  it('are none of nothing', () => {
    expect(findMatches(['text'], '')).toEqual([]);
    expect(findMatches([], 'x')).toEqual([]);
  });
});
