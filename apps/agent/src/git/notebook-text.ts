import { cellsOf, isObject } from '../contents/notebook-shape.ts';

/** The notebook without what running it has left; `undefined` where it is no notebook. */
export function stripNotebookText(text: string): string | undefined {
  let notebook: unknown;
  try {
    notebook = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(notebook) || notebook.nbformat !== 4 || !Array.isArray(notebook.cells)) {
    return undefined;
  }
  for (const cell of cellsOf(notebook)) {
    if (cell.cell_type !== 'code') continue;
    cell.outputs = [];
    cell.execution_count = null;
  }
  return `${JSON.stringify(notebook, undefined, 1)}\n`;
}
