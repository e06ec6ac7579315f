import { describe, expect, it } from 'vitest';
import { decidedText, mergeTexts } from './text-merge.ts';

const sides = {
  base: 'one\ntwo\nthree\nfour\nfive\n',
  ours: 'one\nTWO\nthree\nfour\nfive\n',
  theirs: 'one\nzwei\nthree\nfour\nFIVE\n',
};

describe('a merge of texts', () => {
  const regions = mergeTexts(sides);
  const conflict = regions.findIndex(({ kind }) => kind === 'conflict');

  it('takes what only one side changed and leaves the rest to a person', () => {
    expect(regions[conflict]).toEqual({ kind: 'conflict', ours: 'TWO', theirs: 'zwei' });
    expect(regions.filter(({ kind }) => kind === 'conflict')).toHaveLength(1);
    expect(decidedText(regions, new Map())).toBeUndefined();
  });

  it('writes what was decided', () => {
    const decided = (
      decision: Parameters<typeof decidedText>[1] extends ReadonlyMap<number, infer D> ? D : never,
    ) => decidedText(regions, new Map([[conflict, decision]]));
    expect(decided('ours')).toBe('one\nTWO\nthree\nfour\nFIVE\n');
    expect(decided('theirs')).toBe('one\nzwei\nthree\nfour\nFIVE\n');
    expect(decided('both')).toBe('one\nTWO\nzwei\nthree\nfour\nFIVE\n');
    expect(decided({ text: 'dos' })).toBe('one\ndos\nthree\nfour\nFIVE\n');
    expect(decided({ text: '' })).toBe('one\nthree\nfour\nFIVE\n');
  });

  it('keeps the line ends of a file that has those of Windows', () => {
    const merged = mergeTexts({ base: 'a\r\nb\r\n', ours: 'A\r\nb\r\n', theirs: 'a\r\nb\r\n' });
    expect(decidedText(merged, new Map())).toBe('A\r\nb\r\n');
  });

  it('has no conflict where both sides did the same', () => {
    const merged = mergeTexts({ base: 'a', ours: 'b', theirs: 'b' });
    expect(decidedText(merged, new Map())).toBe('b');
  });
});
