export type JsonObject = Record<string, unknown>;

/** More than any notebook that a person wrote. */
const maximumCells = 20_000;
const cellTypes: ReadonlySet<unknown> = new Set(['code', 'markdown', 'raw']);
const outputTypes: ReadonlySet<unknown> = new Set([
  ...['stream', 'display_data', 'execute_result', 'error'],
]);

export interface NotebookCell extends JsonObject {
  readonly cell_type: string;
}

export interface Notebook extends JsonObject {
  readonly cells: readonly NotebookCell[];
  readonly metadata: JsonObject;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * What makes it no notebook of format 4 that a page could show (nbformat, "The Notebook file
 * format"); `undefined` where nothing does.
 */
export function findNotebookFault(value: unknown): string | undefined {
  if (!isObject(value)) return 'it holds no JSON object';
  if (value.nbformat !== 4) return 'its "nbformat" is not 4';
  if (!isObject(value.metadata)) return 'it has no "metadata"';
  if (!Array.isArray(value.cells)) return 'it has no "cells"';
  if (value.cells.length > maximumCells) return `it has more than ${maximumCells} cells`;
  for (const [index, cell] of value.cells.entries()) {
    const fault = findCellFault(cell);
    if (fault !== undefined) return `cell ${index + 1} ${fault}`;
  }
  return undefined;
}

function findCellFault(cell: unknown): string | undefined {
  if (!isObject(cell)) return 'is no object';
  if (!cellTypes.has(cell.cell_type)) return 'is neither code, markdown nor raw';
  if (!isText(cell.source)) return 'has no "source"';
  if (!isObject(cell.metadata)) return 'has no "metadata"';
  if (cell.cell_type !== 'code') return undefined;
  if (!Array.isArray(cell.outputs)) return 'has no "outputs"';
  return cell.outputs.every(isOutput) ? undefined : 'has an output of no known kind';
}

function isOutput(output: unknown): boolean {
  if (!isObject(output) || !outputTypes.has(output.output_type)) return false;
  if (output.output_type === 'stream') return isText(output.text);
  if (output.output_type === 'error') return Array.isArray(output.traceback);
  return isObject(output.data);
}

function isText(value: unknown): boolean {
  if (typeof value === 'string') return true;
  return Array.isArray(value) && value.every((line) => typeof line === 'string');
}
