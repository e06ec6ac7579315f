import type { CellConflict, NotebookMerge } from './merge-notebooks.ts';
import type { Cell, Notebook } from './notebook.ts';
import { fittingItsType, withValidIds } from './valid-cells.ts';

/** `both`: ours and behind it theirs. `source`: ours (or what is left of it) with this text. */
export type ConflictChoice =
  | 'ours'
  | 'theirs'
  | 'both'
  | 'base'
  | { readonly source: string; readonly cellType?: string };

/** What was decided about a conflict, by its index. */
export type ConflictChoices = ReadonlyMap<number, ConflictChoice>;

/** The merged notebook with what was decided. What was not decided about stays as it was merged. */
export function resolveConflicts(merge: NotebookMerge, choices: ConflictChoices): Notebook {
  const conflicts = new Map(merge.conflicts.map((conflict) => [conflict.index, conflict]));
  const cells = merge.notebook.cells.flatMap((cell, index) => {
    const conflict = conflicts.get(index);
    const choice = choices.get(index);
    return conflict === undefined || choice === undefined ? [cell] : chosen(cell, conflict, choice);
  });
  return withValidIds({ ...merge.notebook, cells });
}

/** None where the chosen side deleted the cell. */
function chosen(merged: Cell, conflict: CellConflict, choice: ConflictChoice): Cell[] {
  if (typeof choice === 'object') {
    const { source, cellType = merged.cell_type } = choice;
    return [fittingItsType({ ...merged, source, cell_type: cellType })];
  }
  const sides = choice === 'both' ? [conflict.ours, conflict.theirs] : [conflict[choice]];
  return sides.filter((side) => side !== null);
}
