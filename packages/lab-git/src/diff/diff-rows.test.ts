import { describe, expect, it } from 'vitest';
import { type DiffHunk, diffRows, foldRows, unifiedRows } from './diff-rows.ts';

const same = (...lines: string[]): DiffHunk => ({ kind: 'same', before: lines, after: lines });
const changed = (before: string[], after: string[]): DiffHunk => ({
  ...{ kind: 'changed', before, after },
});
const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => String(from + index));

describe('the rows of a difference', () => {
  it('count each side by itself and put what replaces beside what it replaces', () => {
    const rows = diffRows([same('a'), changed(['b', 'c'], ['B']), same('d')]);
    expect(rows.map(({ before, after }) => [before?.number, after?.number])).toEqual([
      [1, 1],
      [2, 2],
      [3, undefined],
      [4, 3],
    ]);
  });

  it('are one below the other in a unified difference, removed lines first', () => {
    const rows = unifiedRows(diffRows([changed(['b', 'c'], ['B', 'C']), same('d')]));
    expect(rows.map(({ before, after }) => before?.text ?? `+${after?.text}`)).toEqual([
      ...['b', 'c', '+B', '+C', 'd'],
    ]);
  });

  it('fold what is far from a change, but not two or three lines', () => {
    const far = diffRows([same(...numbers(1, 20)), changed([], ['new']), same(...numbers(1, 5))]);
    const sections = foldRows(far).map(({ isFolded, rows }) => [isFolded, rows.length]);
    expect(sections).toEqual([
      [true, 17],
      [false, 7],
      [false, 2],
    ]);
  });

  it('are all folded where nothing changed', () => {
    expect(foldRows(diffRows([same(...numbers(1, 9))]))).toMatchObject([{ isFolded: true }]);
    expect(foldRows([])).toEqual([]);
  });
});
