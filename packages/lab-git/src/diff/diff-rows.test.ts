import { diffLines } from '@strongroom/notebook-diff';
import { describe, expect, it } from 'vitest';
import { diffRows, foldRows, unifiedRows } from './diff-rows.ts';

const rowsOf = (before: readonly string[], after: readonly string[]) =>
  diffRows(diffLines(before.join('\n'), after.join('\n')));
const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => String(from + index));

describe('the rows of a difference', () => {
  it('count each side by itself and put what replaces beside what it replaces', () => {
    const rows = rowsOf(['a', 'b', 'c', 'd'], ['a', 'B', 'd']);
    expect(rows.map(({ before, after }) => [before?.number, after?.number])).toEqual([
      [1, 1],
      [2, 2],
      [3, undefined],
      [4, 3],
    ]);
  });

  it('are one below the other in a unified difference, removed lines first', () => {
    const rows = unifiedRows(rowsOf(['b', 'c', 'd'], ['B', 'C', 'd']));
    expect(rows.map(({ before, after }) => before?.text ?? `+${after?.text}`)).toEqual([
      ...['b', 'c', '+B', '+C', 'd'],
    ]);
  });

  it('fold what is far from a change, but not two or three lines', () => {
    const far = rowsOf(numbers(1, 25), [...numbers(1, 20), 'new', ...numbers(21, 25)]);
    const sections = foldRows(far).map(({ isFolded, rows }) => [isFolded, rows.length]);
    expect(sections).toEqual([
      [true, 17],
      [false, 7],
      [false, 2],
    ]);
  });

  it('are all folded where nothing changed', () => {
    expect(foldRows(rowsOf(numbers(1, 9), numbers(1, 9)))).toMatchObject([{ isFolded: true }]);
    expect(foldRows([])).toEqual([]);
  });
});
