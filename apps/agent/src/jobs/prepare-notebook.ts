import type { RunNotebookRequest } from '@strongroom/contracts';
import { cellsOf, isObject, type JsonObject } from '../contents/notebook-shape.ts';
import { formatParameters } from './parameter-code.ts';

export const tags = {
  parameters: 'parameters',
  injected: 'injected-parameters',
  raisesException: 'raises-exception',
  skipped: 'skip-execution',
} as const;

export function hasTag(cell: JsonObject, tag: string): boolean {
  const { tags: own } = isObject(cell.metadata) ? cell.metadata : {};
  return Array.isArray(own) && own.includes(tag);
}

/**
 * Makes the input notebook the output notebook before its run: no outputs of another run, and the
 * parameters by papermill's rule: in the place of those injected before, or after the cell tagged
 * `parameters`, or first. Answers their cell where the person's notebook has none in its place.
 */
export function prepareNotebook(
  notebook: JsonObject,
  parameters: RunNotebookRequest['parameters'],
  language: string,
): JsonObject | undefined {
  const cells = cellsOf(notebook);
  for (const cell of cells) {
    if (cell.cell_type !== 'code') continue;
    cell.outputs = [];
    cell.execution_count = null;
  }
  notebook.cells = cells;
  if (Object.keys(parameters).length === 0) return undefined;
  const injected = cells.findIndex((cell) => hasTag(cell, tags.injected));
  const declared = cells.findIndex((cell) => hasTag(cell, tags.parameters));
  const cell = {
    cell_type: 'code',
    ...(hasCellIds(notebook) && { id: unusedId(cells) }),
    metadata: { tags: [tags.injected] },
    source: formatParameters(parameters, language),
    outputs: [],
    execution_count: null,
  };
  if (injected >= 0) {
    cells.splice(injected, 1, cell);
    return undefined;
  }
  cells.splice(declared + 1, 0, cell);
  return cell;
}

function hasCellIds(notebook: JsonObject): boolean {
  return Number(notebook.nbformat_minor) >= 5;
}

function unusedId(cells: readonly JsonObject[]): string {
  const used = new Set(cells.map(({ id }) => id));
  let id: string = tags.injected;
  for (let count = 2; used.has(id); count += 1) id = `${tags.injected}-${count}`;
  return id;
}
