import { cellsOf, isObject, type JsonObject, outputsOf } from './notebook-shape.ts';

/** What nbformat 4 asks of each kind of cell and output (nbformat's "The Notebook file format"). */
const cellTypes = new Set(['code', 'markdown', 'raw']);
const cellIdPattern = /^[a-zA-Z0-9_-]{1,64}$/;

type Rule = readonly [key: string, isRight: (value: unknown) => boolean, shape: string];

const isText = (value: unknown): boolean =>
  typeof value === 'string' ||
  (Array.isArray(value) && value.every((line) => typeof line === 'string'));
const isCount = (value: unknown): boolean => value === null || Number.isInteger(value);

const outputRules: Readonly<Record<string, readonly Rule[]>> = {
  stream: [
    ['name', (value) => typeof value === 'string', 'text'],
    ['text', isText, 'text'],
  ],
  display_data: [
    ['data', isObject, 'an object'],
    ['metadata', isObject, 'an object'],
  ],
  execute_result: [
    ['data', isObject, 'an object'],
    ['metadata', isObject, 'an object'],
    ['execution_count', isCount, 'a whole number or null'],
  ],
  error: [
    ['ename', (value) => typeof value === 'string', 'text'],
    ['evalue', (value) => typeof value === 'string', 'text'],
    ['traceback', Array.isArray, 'a list'],
  ],
};

/** The first thing that makes it no valid notebook, as a sentence; `undefined` where it is valid. */
export function findNotebookFault(notebook: JsonObject): string | undefined {
  if (!isObject(notebook.metadata)) return fault('the notebook', 'metadata', 'an object');
  if (!Number.isInteger(notebook.nbformat_minor)) {
    return fault('the notebook', 'nbformat_minor', 'a whole number');
  }
  if (!Array.isArray(notebook.cells) || !notebook.cells.every(isObject)) {
    return fault('the notebook', 'cells', 'a list of cells');
  }
  const needsIds = Number(notebook.nbformat_minor) >= 5;
  const ids = new Set<unknown>();
  for (const [index, cell] of cellsOf(notebook).entries()) {
    const found = findCellFault(cell, `cell ${index + 1}`, needsIds);
    if (found !== undefined) return found;
    if (needsIds && ids.has(cell.id))
      return `Notebook validation failed: cell ${index + 1} repeats the id of an earlier cell`;
    ids.add(cell.id);
  }
  return undefined;
}

function findCellFault(cell: JsonObject, subject: string, needsIds: boolean): string | undefined {
  if (!cellTypes.has(String(cell.cell_type)))
    return fault(subject, 'cell_type', 'code, markdown or raw');
  if (!isObject(cell.metadata)) return fault(subject, 'metadata', 'an object');
  if (!isText(cell.source)) return fault(subject, 'source', 'text');
  if (needsIds && !(typeof cell.id === 'string' && cellIdPattern.test(cell.id))) {
    return fault(subject, 'id', 'up to 64 letters, digits, "-" or "_"');
  }
  if (cell.cell_type !== 'code') return undefined;
  if (!isCount(cell.execution_count))
    return fault(subject, 'execution_count', 'a whole number or null');
  if (!Array.isArray(cell.outputs) || !cell.outputs.every(isObject)) {
    return fault(subject, 'outputs', 'a list of outputs');
  }
  for (const [index, output] of outputsOf(cell).entries()) {
    const found = findOutputFault(output, `output ${index + 1} of ${subject}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function findOutputFault(output: JsonObject, subject: string): string | undefined {
  const type = String(output.output_type);
  const rules = Object.hasOwn(outputRules, type) ? outputRules[type] : undefined;
  if (rules === undefined)
    return fault(subject, 'output_type', Object.keys(outputRules).join(', '));
  const broken = rules.find(([key, isRight]) => !isRight(output[key]));
  return broken && fault(subject, broken[0], broken[2]);
}

function fault(subject: string, key: string, shape: string): string {
  return `Notebook validation failed: "${key}" of ${subject} must be ${shape}`;
}
