import type { Notebook } from './notebook.ts';
import { mapOutputTexts, splitLines } from './notebook-texts.ts';

/** As Jupyter writes it: one space of indent, texts as lists of lines, keys in the order they have. */
export function serialiseNotebook(notebook: Notebook): string {
  const cells = notebook.cells.map((cell) => ({
    ...cell,
    source: splitLines(cell.source),
    ...(cell.outputs === undefined
      ? {}
      : { outputs: cell.outputs.map((output) => mapOutputTexts(output, splitLines)) }),
  }));
  return `${JSON.stringify({ ...notebook, cells }, undefined, 1)}\n`;
}
