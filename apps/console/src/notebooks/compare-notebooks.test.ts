import { describe, expect, it } from 'vitest';
import { compareNotebooks } from './compare-notebooks.ts';
import type { ComparedLine, Comparison } from './comparison.ts';

interface TestCell {
  readonly id: string;
  readonly source: string;
  readonly output?: string;
}

function notebook(...cells: readonly TestCell[]): string {
  return JSON.stringify({
    ...{ nbformat: 4, nbformat_minor: 5, metadata: {} },
    cells: cells.map(({ id, source, output }) => ({
      ...{ cell_type: 'code', id, source, metadata: {}, execution_count: null },
      outputs:
        output === undefined ? [] : [{ output_type: 'stream', name: 'stdout', text: output }],
    })),
  });
}

function compared(before: string, after: string): Comparison {
  const answer = compareNotebooks({ before, after });
  if (answer.state !== 'compared') throw new Error(`Cannot compare: ${answer.state}`);
  return answer.comparison;
}

const signs = { same: '=', added: '+', removed: '-' } as const;

function shown({ kind, parts }: ComparedLine): string {
  const text = parts.map((part) => (part.isChanged ? `[${part.text}]` : part.text)).join('');
  return signs[kind] + text;
}

describe('two notebooks', () => {
  const first = { id: 'a', source: 'import pandas\nrate = 0.5' };
  const second = { id: 'b', source: 'plot()', output: 'one' };

  it('that are the same have no cell that differs', () => {
    const { cells, metadataDiffer } = compared(notebook(first, second), notebook(first, second));
    expect(cells.map(({ kind }) => kind)).toEqual(['unchanged', 'unchanged']);
    expect(metadataDiffer).toBe(false);
  });

  it('differ by line and word in a cell that was changed', () => {
    const changed = { ...first, source: 'import pandas\nrate = 0.7' };
    const [cell] = compared(notebook(first, second), notebook(changed, second)).cells;
    expect(cell?.kind).toBe('changed');
    expect(cell?.lines.map(shown)).toEqual(['=import pandas', '-rate = 0.[5]', '+rate = 0.[7]']);
    expect(cell?.outputsDiffer).toBe(false);
  });

  it('say that outputs differ and nothing of what is in them', () => {
    const changed = { ...second, output: '<script>alert(1)</script>' };
    const { cells } = compared(notebook(first, second), notebook(first, changed));
    expect(cells[1]).toMatchObject({ kind: 'changed', outputsDiffer: true });
    expect(JSON.stringify(cells)).not.toContain('script');
  });

  it('tell what was added and removed, and where it stood', () => {
    const other = { id: 'c', source: 'completely different' };
    const { cells } = compared(notebook(first, second), notebook(first, other));
    expect(
      cells.map(({ kind, beforeIndex, afterIndex }) => [kind, beforeIndex, afterIndex]),
    ).toEqual([
      ['unchanged', 0, 0],
      ['removed', 1, null],
      ['added', null, 1],
    ]);
  });

  it.each([
    ['before', '{', notebook()],
    ['after', notebook(), '{"nbformat":3,"worksheets":[]}'],
  ])('cannot be compared where the one %s is none', (side, before, after) => {
    expect(compareNotebooks({ before, after })).toEqual({ state: 'unreadable', side });
  });
});
