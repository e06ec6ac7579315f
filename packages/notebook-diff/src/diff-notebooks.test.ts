import { describe, expect, it } from 'vitest';
import { diffNotebooks } from './diff-notebooks.ts';
import type { Notebook } from './notebook.ts';
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

function kinds(before: Notebook, after: Notebook): unknown[] {
  return diffNotebooks(before, after).cells.map(({ kind, before: from, after: to }) => [
    kind,
    from?.index ?? null,
    to?.index ?? null,
  ]);
}

const three = notebook([
  markdown('a', '# Title'),
  code('b', 'x = load()\nx.head()'),
  code('c', 'x.plot()'),
]);

describe('diffNotebooks', () => {
  it('finds nothing between a notebook and itself', () => {
    const diff = diffNotebooks(three, three);
    expect(diff.counts).toEqual({ unchanged: 3, added: 0, deleted: 0, modified: 0, moved: 0 });
    expect(diff.metadataChanged).toBe(false);
  });

  it('finds cells that were added, deleted and edited', () => {
    const after = notebook([
      markdown('a', '# Title'),
      code('n', 'import pandas'),
      code('b', 'x = load()\nx.tail()'),
    ]);
    expect(kinds(three, after)).toEqual([
      ['unchanged', 0, 0],
      ['added', null, 1],
      ['modified', 1, 2],
      ['deleted', 2, null],
    ]);
    const modified = diffNotebooks(three, after).cells[2];
    expect(modified?.sourceLines.map((line) => line.kind)).toEqual(['same', 'deleted', 'added']);
    expect(modified?.outputsChanged).toBe(false);
  });

  it('finds a cell that was moved, and what was changed in it', () => {
    const after = notebook([
      code('c', 'x.plot(kind="bar")'),
      markdown('a', '# Title'),
      code('b', 'x = load()\nx.head()'),
    ]);
    expect(kinds(three, after)).toEqual([
      ['moved', 2, 0],
      ['unchanged', 0, 1],
      ['unchanged', 1, 2],
    ]);
    expect(diffNotebooks(three, after).cells[0]?.sourceChanged).toBe(true);
  });

  it('shows what a cell was replaced by behind it', () => {
    const after = notebook([
      markdown('a', '# Title'),
      code('n', 'import os'),
      code('c', 'x.plot()'),
    ]);
    expect(kinds(three, after).map((entry) => (entry as unknown[])[0])).toEqual([
      'unchanged',
      'deleted',
      'added',
      'unchanged',
    ]);
  });

  it('takes the number of a run and its times for no change, outputs for one', () => {
    const run = (text: string, count: number): Notebook =>
      notebook([
        code('a', '1', {
          execution_count: count,
          outputs: [result(text, count)],
          metadata: { execution: { start: `${count}` } },
        }),
      ]);
    expect(diffNotebooks(run('1', 1), run('1', 2)).cells[0]?.kind).toBe('unchanged');
    const changed = diffNotebooks(run('1', 1), run('2', 1)).cells[0];
    expect(changed).toMatchObject({ kind: 'modified', outputsChanged: true, sourceChanged: false });
  });

  it('finds changes of type, metadata and attachments', () => {
    const first = diffNotebooks(notebook([code('a', 'x')]), notebook([markdown('a', 'x')]));
    expect(first.cells[0]).toMatchObject({ kind: 'modified', cellTypeChanged: true });
    const tagged = notebook([markdown('a', 'x', { metadata: { tags: ['t'] } })]);
    expect(diffNotebooks(notebook([markdown('a', 'x')]), tagged).cells[0]?.metadataChanged).toBe(
      true,
    );
    const attached = notebook([markdown('a', 'x', { attachments: { 'a.png': {} } })]);
    expect(diffNotebooks(notebook([markdown('a', 'x')]), attached).cells[0]?.kind).toBe('modified');
  });

  it('follows cells without ids by what is in them', () => {
    const before = withoutIds(
      notebook([
        code('a', 'import pandas as pd'),
        code('b', 'frame = pd.read_csv("loans.csv")\nframe.head()'),
        code('c', 'frame.describe()'),
      ]),
    );
    const after = withoutIds(
      notebook([
        code('n', '# what is here for'),
        code('a', 'import pandas as pd'),
        code('b', 'frame = pd.read_csv("loans.csv")\nframe.tail()'),
        code('c', 'frame.describe()'),
      ]),
    );
    expect(kinds(before, after)).toEqual([
      ['added', null, 0],
      ['unchanged', 0, 1],
      ['modified', 1, 2],
      ['unchanged', 2, 3],
    ]);
  });

  it('follows a cell that was cut and pasted without its id', () => {
    const after = withoutIds(notebook([...three.cells].reverse()));
    expect(diffNotebooks(withoutIds(three), after).counts).toMatchObject({
      moved: 2,
      unchanged: 1,
    });
  });

  it('does not trust an id that a side has twice', () => {
    const twice = notebook([code('a', 'one = 1'), code('a', 'two = 2')]);
    const after = notebook([code('a', 'two = 2'), code('a', 'one = 1')]);
    expect(diffNotebooks(twice, after).counts).toMatchObject({ deleted: 0, added: 0 });
  });

  it('has every cell of both sides once, whatever they are', () => {
    for (let seed = 1; seed <= 100; seed += 1) {
      const random = randomNumbers(seed);
      const before = randomNotebook(random, 12);
      const after = randomlyEdited(before, random, 'n');
      for (const [from, to] of [
        [before, after],
        [withoutIds(before), withoutIds(after)],
      ] as const) {
        const { cells } = diffNotebooks(from, to);
        const indices = (side: 'before' | 'after'): number[] =>
          cells.map((cell) => cell[side]?.index).filter((index) => index !== undefined);
        expect(indices('before').sort((a, b) => a - b)).toEqual(
          from.cells.map((_, index) => index),
        );
        expect(indices('after')).toEqual(to.cells.map((_, index) => index));
      }
    }
  });

  it('is quick with a thousand cells that all changed and have no ids', () => {
    const random = randomNumbers(3);
    const before = randomNotebook(random, 1_000);
    const after = {
      ...before,
      cells: before.cells.map((cell) => ({ ...cell, source: `${cell.source}\n# ${random()}` })),
    };
    const started = process.cpuUsage();
    diffNotebooks(withoutIds(before), withoutIds(after));
    diffNotebooks(before, after);
    // Some 100 ms on a machine that does nothing else.
    expect(process.cpuUsage(started).user).toBeLessThan(2_000_000);
  });
});
