import { omit } from './json.ts';
import { mergeCell } from './merge-cell.ts';
import { mergeObjects } from './merge-json.ts';
import { type CellTriple, mergeOrder } from './merge-order.ts';
import type { Cell, Notebook } from './notebook.ts';
import { withValidIds } from './valid-cells.ts';

/** A cell that a person must decide about. The merged notebook has ours, or the side that is left. */
export interface CellConflict {
  /** Of the cell in the merged notebook, from 0. */
  readonly index: number;
  /** `edited`: both changed the same lines; `deleted-by-…`: the other changed it. */
  readonly kind: 'edited' | 'deleted-by-us' | 'deleted-by-them';
  readonly base: Cell | null;
  readonly ours: Cell | null;
  readonly theirs: Cell | null;
}

export interface NotebookMerge {
  /** Always valid, conflicts or not. */
  readonly notebook: Notebook;
  readonly conflicts: readonly CellConflict[];
}

/** Three-way, cell by cell, and line by line in cells that both changed. */
export function mergeNotebooks(base: Notebook, ours: Notebook, theirs: Notebook): NotebookMerge {
  const cells: Cell[] = [];
  const conflicts: CellConflict[] = [];
  for (const triple of mergeOrder(base, ours, theirs)) {
    const merged = mergeTriple(triple);
    if (merged === undefined) continue;
    if (merged.conflict !== undefined) {
      conflicts.push({
        index: cells.length,
        kind: merged.conflict,
        base: triple.base ?? null,
        ours: triple.ours ?? null,
        theirs: triple.theirs ?? null,
      });
    }
    cells.push(merged.cell);
  }
  const rest = mergeObjects(omit(base, ['cells']), omit(ours, ['cells']), omit(theirs, ['cells']));
  const minor = mergedMinor(base, ours, theirs);
  const notebook = { ...ours, ...rest, cells, nbformat_minor: minor } as Notebook;
  return { notebook: withValidIds(withoutDeleted(notebook, rest)), conflicts };
}

interface Merged {
  readonly cell: Cell;
  readonly conflict?: CellConflict['kind'];
}

/** Undefined where the cell is gone. */
function mergeTriple({ base, ours, theirs }: CellTriple): Merged | undefined {
  if (ours !== undefined && theirs !== undefined) {
    const { cell, isClash } = mergeCell(base, ours, theirs);
    return isClash ? { cell, conflict: 'edited' } : { cell };
  }
  const left = ours ?? theirs;
  if (left === undefined) return undefined;
  if (base === undefined) return { cell: left };
  if (left.source === base.source && left.cell_type === base.cell_type) return undefined;
  return { cell: left, conflict: ours === undefined ? 'deleted-by-us' : 'deleted-by-them' };
}

/** The newer format, unless only one side changed it: cells of the other may need its ids. */
function mergedMinor(base: Notebook, ours: Notebook, theirs: Notebook): number {
  if (theirs.nbformat_minor === base.nbformat_minor) return ours.nbformat_minor;
  if (ours.nbformat_minor === base.nbformat_minor) return theirs.nbformat_minor;
  return Math.max(ours.nbformat_minor, theirs.nbformat_minor);
}

/** In our order of keys, without what theirs took away. */
function withoutDeleted(notebook: Notebook, rest: object): Notebook {
  const gone = Object.keys(notebook).filter((key) => key !== 'cells' && !Object.hasOwn(rest, key));
  return gone.length === 0 ? notebook : (omit(notebook, gone) as unknown as Notebook);
}
