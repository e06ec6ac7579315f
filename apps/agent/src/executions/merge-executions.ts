import { cellsOf, isObject, type JsonObject } from '../contents/notebook-shape.ts';
import type { ExecutionRecord } from './execution-record.ts';

/**
 * Puts what came of executions into the cells of a notebook. `isKnown`: the file is as a page knew it
 * when it asked, so that a cell that is not in it, or has another source, is one not saved yet.
 * Otherwise only cells that are the same get their outputs. Whether anything is different now.
 */
export function mergeExecutions(
  notebook: JsonObject,
  records: readonly ExecutionRecord[],
  isKnown: boolean,
): boolean {
  let isChanged = false;
  for (const record of records) {
    const mayWriteCell = isKnown && !record.isSavedSince;
    const cell =
      findCell(notebook, record) ?? (mayWriteCell ? addCell(notebook, record) : undefined);
    if (cell === undefined) continue;
    if (cell.source !== record.request.code) {
      if (mayWriteCell) cell.source = record.request.code;
      else if (!isKnown) continue;
    }
    cell.outputs = record.outputs.toJson();
    cell.execution_count = record.executionCount;
    // The person's own kernel made them: as trusted as when they had been shown.
    cell.metadata = { ...(isObject(cell.metadata) ? cell.metadata : {}), trusted: true };
    isChanged = true;
  }
  return isChanged;
}

function findCell(notebook: JsonObject, { request }: ExecutionRecord): JsonObject | undefined {
  const cells = cellsOf(notebook).filter((cell) => cell.cell_type === 'code');
  const named = cells.find((cell) => cell.id === request.cellId);
  if (named !== undefined || hasCellIds(notebook)) return named;
  // Older than cell ids: Lab made one up when it opened the notebook.
  const alike = cells.filter((cell) => cell.source === request.code);
  return alike.length === 1 ? alike[0] : undefined;
}

function addCell(notebook: JsonObject, { request }: ExecutionRecord): JsonObject | undefined {
  if (!hasCellIds(notebook) || !Array.isArray(notebook.cells)) return undefined;
  const cell = {
    cell_type: 'code',
    id: request.cellId,
    metadata: {},
    source: request.code,
    ...{ execution_count: null, outputs: [] },
  };
  notebook.cells.push(cell);
  return cell;
}

function hasCellIds(notebook: JsonObject): boolean {
  return notebook.nbformat === 4 && Number(notebook.nbformat_minor) >= 5;
}
