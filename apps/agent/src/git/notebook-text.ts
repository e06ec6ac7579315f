import {
  mergeNotebooks,
  type Notebook,
  parseNotebook,
  serialiseNotebook,
  stripOutputs,
} from '@strongroom/notebook-diff';

/**
 * The notebook without what running it has left; `undefined` where it is no notebook. A text that has
 * nothing of that stays as it is written.
 */
export function stripNotebookText(text: string): string | undefined {
  const notebook = parseNotebook(text);
  if (notebook === undefined) return undefined;
  const stripped = serialiseNotebook(stripOutputs(notebook));
  return stripped === serialiseNotebook(notebook) ? text : stripped;
}

export interface NotebookSides {
  /** Empty where both sides added the file. */
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}

/** `undefined` where a side is no notebook: there is nothing to write that would be one. */
export function mergeNotebookTexts(
  sides: NotebookSides,
): { text: string; hasConflicts: boolean } | undefined {
  const ours = parseNotebook(sides.ours);
  const theirs = parseNotebook(sides.theirs);
  if (ours === undefined || theirs === undefined) return undefined;
  const base = sides.base === '' ? emptyLike(ours) : parseNotebook(sides.base);
  if (base === undefined) return undefined;
  const { notebook, conflicts } = mergeNotebooks(base, ours, theirs);
  return { text: asWritten(notebook, ours, sides), hasConflicts: conflicts.length > 0 };
}

/** In the way in which ours is written, where nothing else has changed. */
function asWritten(merged: Notebook, ours: Notebook, sides: NotebookSides): string {
  const text = serialiseNotebook(merged);
  return text === serialiseNotebook(ours) ? sides.ours : text;
}

function emptyLike({ nbformat, nbformat_minor }: Notebook): Notebook {
  return { cells: [], metadata: {}, nbformat, nbformat_minor };
}
