export { diffLines, type LineChange } from './diff-lines.ts';
export {
  type CellChange,
  type CellView,
  diffNotebooks,
  type NotebookDiff,
} from './diff-notebooks.ts';
export type { JsonObject } from './json.ts';
export { type CellConflict, mergeNotebooks, type NotebookMerge } from './merge-notebooks.ts';
export type { Cell, Notebook } from './notebook.ts';
export { parseNotebook } from './parse-notebook.ts';
export {
  type ConflictChoice,
  type ConflictChoices,
  resolveConflicts,
} from './resolve-conflicts.ts';
export { serialiseNotebook } from './serialise-notebook.ts';
export { stripOutputs } from './strip-outputs.ts';
