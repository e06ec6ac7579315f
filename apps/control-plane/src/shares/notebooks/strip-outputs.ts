import type { JsonObject, Notebook, NotebookCell } from './notebook-shape.ts';
import { isObject } from './notebook-shape.ts';

/** The same notebook without anything that came of running it, widgets' saved state included. */
export function stripOutputs(notebook: Notebook): Notebook {
  return {
    ...notebook,
    metadata: without(notebook.metadata, ['widgets']),
    cells: notebook.cells.map(stripCell),
  };
}

function stripCell(cell: NotebookCell): NotebookCell {
  if (cell.cell_type !== 'code') return cell;
  const metadata = isObject(cell.metadata) ? without(cell.metadata, ['execution']) : {};
  return { ...cell, metadata, outputs: [], execution_count: null };
}

function without(object: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}
