import { describe, expect, it } from 'vitest';
import { mergeNotebooks } from './merge-notebooks.ts';
import type { Cell, Notebook } from './notebook.ts';
import { parseNotebook } from './parse-notebook.ts';
import { type ConflictChoice, resolveConflicts } from './resolve-conflicts.ts';
import { serialiseNotebook } from './serialise-notebook.ts';
import {
  code,
  markdown,
  notebook,
  randomlyEdited,
  randomNotebook,
  randomNumbers,
  result,
  withoutIds,
} from './testing/notebooks.ts';

const base = notebook([
  markdown('a', '# Title\n\nwhy'),
  code('b', 'one = 1\ntwo = 2\nthree = 3'),
  code('c', 'plot()'),
]);

function withCell(index: number, change: Partial<Cell>, from = base): Notebook {
  return {
    ...from,
    cells: from.cells.map((cell, at) => (at === index ? { ...cell, ...change } : cell)),
  };
}

function sources(value: Notebook): string[] {
  return value.cells.map((cell) => cell.source);
}

describe('mergeNotebooks', () => {
  it('takes changes of different cells from both', () => {
    const ours = withCell(0, { source: '# Our title\n\nwhy' });
    const theirs = withCell(2, { source: 'plot(kind="bar")' });
    const merge = mergeNotebooks(base, ours, theirs);
    expect(merge.conflicts).toEqual([]);
    expect(sources(merge.notebook)).toEqual([
      '# Our title\n\nwhy',
      'one = 1\ntwo = 2\nthree = 3',
      'plot(kind="bar")',
    ]);
  });

  it('takes changes of different lines of one cell from both', () => {
    const ours = withCell(1, { source: 'one = 10\ntwo = 2\nthree = 3' });
    const theirs = withCell(1, { source: 'one = 1\ntwo = 2\nthree = 30' });
    const merge = mergeNotebooks(base, ours, theirs);
    expect(merge.conflicts).toEqual([]);
    expect(merge.notebook.cells[1]?.source).toBe('one = 10\ntwo = 2\nthree = 30');
  });

  it('asks about the same line, and has ours until then', () => {
    const ours = withCell(1, { source: 'one = 10\ntwo = 2\nthree = 3' });
    const theirs = withCell(1, { source: 'one = 11\ntwo = 2\nthree = 3' });
    const { notebook: merged, conflicts } = mergeNotebooks(base, ours, theirs);
    expect(conflicts).toEqual([
      {
        index: 1,
        kind: 'edited',
        base: base.cells[1],
        ours: ours.cells[1],
        theirs: theirs.cells[1],
      },
    ]);
    expect(merged.cells[1]?.source).toBe('one = 10\ntwo = 2\nthree = 3');
    expect(parseNotebook(serialiseNotebook(merged))).toEqual(merged);
  });

  it('keeps what both added in one place, ours first', () => {
    const [a, b, c] = base.cells as [Cell, Cell, Cell];
    const ours = notebook([a, code('o', 'ours()'), b, c]);
    const theirs = notebook([a, code('t1', 'theirs(1)'), code('t2', 'theirs(2)'), b, c]);
    const merge = mergeNotebooks(base, ours, theirs);
    expect(merge.conflicts).toEqual([]);
    expect(sources(merge.notebook).slice(1, 4)).toEqual(['ours()', 'theirs(1)', 'theirs(2)']);
  });

  it('has what both added alike once', () => {
    const added = code('n', 'import os');
    const both = notebook([added, ...base.cells]);
    const theirs = notebook([{ ...added, id: 'other' }, ...base.cells]);
    const merge = mergeNotebooks(base, both, theirs);
    expect(merge.conflicts).toEqual([]);
    expect(merge.notebook.cells).toHaveLength(4);
  });

  it('deletes what one side deleted and the other only ran', () => {
    const ours = notebook(base.cells.slice(0, 2));
    const theirs = withCell(2, { outputs: [result('a plot')], execution_count: 4 });
    for (const merge of [mergeNotebooks(base, ours, theirs), mergeNotebooks(base, theirs, ours)]) {
      expect(merge.conflicts).toEqual([]);
      expect(merge.notebook.cells).toHaveLength(2);
    }
  });

  it('asks about what one side deleted and the other edited, and loses nothing until then', () => {
    const without = notebook(base.cells.slice(0, 2));
    const edited = withCell(2, { source: 'plot(kind="bar")' });
    const first = mergeNotebooks(base, without, edited);
    expect(first.conflicts).toMatchObject([{ index: 2, kind: 'deleted-by-us', ours: null }]);
    expect(first.notebook.cells[2]?.source).toBe('plot(kind="bar")');
    const second = mergeNotebooks(base, edited, without);
    expect(second.conflicts).toMatchObject([{ index: 2, kind: 'deleted-by-them', theirs: null }]);
  });

  it('follows a cell that one side moved and the other edited', () => {
    const [a, b, c] = base.cells as [Cell, Cell, Cell];
    const moved = notebook([c, a, b]);
    const edited = withCell(2, { source: 'plot(kind="bar")' });
    for (const merge of [
      mergeNotebooks(base, moved, edited),
      mergeNotebooks(base, edited, moved),
    ]) {
      expect(merge.conflicts).toEqual([]);
      expect(merge.notebook.cells.map((cell) => cell.id)).toEqual(['c', 'a', 'b']);
      expect(merge.notebook.cells[0]?.source).toBe('plot(kind="bar")');
    }
  });

  it('takes no offence at two runs: outputs are ours', () => {
    const ours = withCell(2, { outputs: [result('ours', 2)], execution_count: 2 });
    const theirs = withCell(2, { outputs: [result('theirs', 9)], execution_count: 9 });
    const merge = mergeNotebooks(base, ours, theirs);
    expect(merge.conflicts).toEqual([]);
    expect(merge.notebook.cells[2]).toEqual(ours.cells[2]);
  });

  it('takes outputs that only they have, with their number', () => {
    const ours = withCell(2, { metadata: { tags: ['ours'] } });
    const theirs = withCell(2, { outputs: [result('theirs', 9)], execution_count: 9 });
    expect(mergeNotebooks(base, ours, theirs).notebook.cells[2]).toMatchObject({
      metadata: { tags: ['ours'] },
      execution_count: 9,
      outputs: [result('theirs', 9)],
    });
  });

  it('merges metadata key by key; where both changed one, it is ours', () => {
    const ours = { ...base, metadata: { a: 1, kernelspec: { name: 'ours', x: 1 } } };
    const theirs = { ...base, metadata: { b: 2, kernelspec: { name: 'theirs', y: 2 } } };
    const merge = mergeNotebooks(base, ours, theirs);
    expect(merge.conflicts).toEqual([]);
    expect(merge.notebook.metadata).toEqual({
      a: 1,
      b: 2,
      kernelspec: { name: 'ours', x: 1, y: 2 },
    });
  });

  it('makes no code without outputs and no text with them where a type changed', () => {
    const ours = withCell(2, { metadata: { tags: ['t'] }, outputs: [result('x')] });
    const { outputs: _outputs, execution_count: _count, ...text } = base.cells[2] as Cell;
    const theirs = {
      ...base,
      cells: base.cells.map((cell, at) => (at === 2 ? { ...text, cell_type: 'markdown' } : cell)),
    };
    const cell = mergeNotebooks(base, ours, theirs).notebook.cells[2];
    expect(cell).toEqual({
      cell_type: 'markdown',
      id: 'c',
      metadata: { tags: ['t'] },
      source: 'plot()',
    });
  });

  it('gives ids to cells of the side that had none', () => {
    const old = withoutIds(base);
    const ours = withoutIds(notebook([...base.cells, code('x', 'ours()')]));
    const theirs = notebook([...base.cells, code('t', 'theirs()')]);
    const merged = mergeNotebooks(old, ours, theirs).notebook;
    const ids = merged.cells.map((cell) => cell.id);
    expect(merged.nbformat_minor).toBe(5);
    expect(ids).not.toContain(undefined);
    expect(new Set(ids).size).toBe(5);
  });

  it('gives the second of two cells with one id another', () => {
    const merged = mergeNotebooks(
      base,
      notebook([...base.cells, code('x', 'ours()'), code('x', 'ours(2)')]),
      base,
    ).notebook;
    expect(new Set(merged.cells.map((cell) => cell.id)).size).toBe(5);
  });

  describe('whatever people do', () => {
    const seeds = Array.from({ length: 150 }, (_, index) => index + 1);

    it('is the one that changed where the other did not', () => {
      for (const seed of seeds) {
        const random = randomNumbers(seed);
        const start = randomNotebook(random, 10);
        const edited = randomlyEdited(start, random, 'o');
        for (const [from, to] of [
          [start, edited],
          [withoutIds(start), withoutIds(edited)],
        ] as const) {
          expect(mergeNotebooks(from, to, from)).toEqual({ notebook: to, conflicts: [] });
          expect(mergeNotebooks(from, from, to)).toEqual({ notebook: to, conflicts: [] });
          expect(mergeNotebooks(from, to, to)).toEqual({ notebook: to, conflicts: [] });
        }
      }
    });

    it('is a notebook that can be read, with an id of its own for every cell', () => {
      for (const seed of seeds) {
        const random = randomNumbers(seed);
        const start = randomNotebook(random, 10);
        const [ours, theirs] = [
          randomlyEdited(start, random, 'o'),
          randomlyEdited(start, random, 't'),
        ];
        const merge = mergeNotebooks(start, ours, theirs);
        const ids = merge.notebook.cells.map((cell) => cell.id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(parseNotebook(serialiseNotebook(merge.notebook))).toEqual(merge.notebook);
        for (const choice of ['ours', 'theirs', 'both', 'base'] as const) {
          const choices = new Map(merge.conflicts.map(({ index }) => [index, choice]));
          const resolved = resolveConflicts(merge, choices);
          const resolvedIds = resolved.cells.map((cell) => cell.id);
          expect(new Set(resolvedIds).size).toBe(resolvedIds.length);
        }
      }
    });

    it('has every cell that one added', () => {
      for (const seed of seeds) {
        const random = randomNumbers(seed);
        const start = randomNotebook(random, 10);
        const [ours, theirs] = [
          randomlyEdited(start, random, 'o'),
          randomlyEdited(start, random, 't'),
        ];
        const merged = new Set(
          mergeNotebooks(start, ours, theirs).notebook.cells.map((cell) => cell.id),
        );
        for (const { id } of [...ours.cells, ...theirs.cells]) {
          if (id?.startsWith('o') || id?.startsWith('t')) expect(merged).toContain(id);
        }
      }
    });
  });

  it('is quick with a thousand cells', () => {
    const random = randomNumbers(5);
    const start = randomNotebook(random, 1_000);
    const started = process.cpuUsage();
    mergeNotebooks(start, randomlyEdited(start, random, 'o'), randomlyEdited(start, random, 't'));
    expect(process.cpuUsage(started).user).toBeLessThan(2_000_000);
  });
});

describe('resolveConflicts', () => {
  const ours = withCell(1, { source: 'ours' });
  const theirs = withCell(1, { source: 'theirs' });
  const merge = mergeNotebooks(base, ours, theirs);

  it.each<[string, ConflictChoice, string[]]>([
    ['ours', 'ours', ['ours']],
    ['theirs', 'theirs', ['theirs']],
    ['both, ours first', 'both', ['ours', 'theirs']],
    ['what was', 'base', ['one = 1\ntwo = 2\nthree = 3']],
    ['a new text', { source: 'written anew' }, ['written anew']],
  ])('takes %s', (_name, choice, expected) => {
    const resolved = resolveConflicts(merge, new Map([[1, choice]]));
    expect(sources(resolved).slice(1, -1)).toEqual(expected);
    expect(new Set(resolved.cells.map((cell) => cell.id)).size).toBe(resolved.cells.length);
  });

  it('leaves what was not decided as it was merged', () => {
    expect(resolveConflicts(merge, new Map())).toEqual(merge.notebook);
  });

  it('deletes where the side that deleted is chosen', () => {
    const deletion = mergeNotebooks(
      base,
      notebook(base.cells.slice(0, 2)),
      withCell(2, { source: 'plot(2)' }),
    );
    expect(resolveConflicts(deletion, new Map([[2, 'ours']])).cells).toHaveLength(2);
    expect(resolveConflicts(deletion, new Map([[2, 'theirs']])).cells).toHaveLength(3);
  });
});
