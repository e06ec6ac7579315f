import { type CellChange, diffNotebooks, parseNotebook } from '@strongroom/notebook-diff';
import type { ComparedCell, ComparedLine, Comparison } from './comparison.ts';
import { highlightWords } from './highlight-words.ts';
import { pairLines } from './pair-lines.ts';

export interface ComparisonQuestion {
  /** JSON as it is stored. */
  readonly before: string;
  readonly after: string;
}

export type ComparisonAnswer =
  | { readonly state: 'compared'; readonly comparison: Comparison }
  | { readonly state: 'unreadable'; readonly side: 'before' | 'after' };

/** Only text comes out of it: what outputs hold stays behind. */
export function compareNotebooks({ before, after }: ComparisonQuestion): ComparisonAnswer {
  const from = parseNotebook(before);
  if (from === undefined) return { state: 'unreadable', side: 'before' };
  const to = parseNotebook(after);
  if (to === undefined) return { state: 'unreadable', side: 'after' };
  const { cells, metadataChanged } = diffNotebooks(from, to);
  const comparison = { cells: cells.map(describeCell), metadataDiffer: metadataChanged };
  return { state: 'compared', comparison };
}

const kinds = { unchanged: 'unchanged', added: 'added', moved: 'moved' } as const;

function describeCell(change: CellChange): ComparedCell {
  const { kind, before, after, outputsChanged, metadataChanged } = change;
  const isOnBoth = before !== undefined && after !== undefined;
  return {
    kind: kind === 'deleted' ? 'removed' : kind === 'modified' ? 'changed' : kinds[kind],
    cellType: (after ?? before)?.cellType ?? '',
    beforeIndex: before?.index ?? null,
    afterIndex: after?.index ?? null,
    lines: describeLines(change),
    outputsDiffer: isOnBoth && outputsChanged,
    metadataDiffer: isOnBoth && metadataChanged,
  };
}

function describeLines({ sourceLines }: CellChange): ComparedLine[] {
  const lines = sourceLines.map(({ kind, text }): ComparedLine => {
    const parts = [{ text, isChanged: false }];
    return { kind: kind === 'deleted' ? 'removed' : kind, parts };
  });
  const marked = new Map<ComparedLine, ComparedLine>();
  for (const { before, after } of pairLines(lines)) {
    if (before?.kind !== 'removed' || after?.kind !== 'added') continue;
    const words = highlightWords(before.parts[0]?.text ?? '', after.parts[0]?.text ?? '');
    marked.set(before, { kind: 'removed', parts: words.before });
    marked.set(after, { kind: 'added', parts: words.after });
  }
  return lines.map((line) => marked.get(line) ?? line);
}
