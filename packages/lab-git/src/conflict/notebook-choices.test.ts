import { mergeNotebooks, parseNotebook, resolveConflicts } from '@strongroom/notebook-diff';
import { expect, it } from 'vitest';
import { notebookChoices } from './notebook-choices.ts';
import type { Decision } from './text-merge.ts';

const notebook = (source: string) => {
  const cell = { cell_type: 'code', id: 'a', metadata: {}, outputs: [], source };
  const text = JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 });
  const parsed = parseNotebook(text);
  if (parsed === undefined) throw new Error('Cannot read the notebook of this test');
  return parsed;
};

it('makes a notebook of every decision, with ids that are its own', () => {
  const merge = mergeNotebooks(notebook('x = 1'), notebook('x = 2'), notebook('x = 3'));
  const decided = (decision: Decision) =>
    resolveConflicts(merge, notebookChoices(new Map([[0, decision]]))).cells;
  expect(decided('ours').map(({ source }) => source)).toEqual(['x = 2']);
  expect(decided('theirs').map(({ source }) => source)).toEqual(['x = 3']);
  expect(decided({ text: 'x = 4' }).map(({ source }) => source)).toEqual(['x = 4']);
  const both = decided('both');
  expect(both.map(({ source }) => source)).toEqual(['x = 2', 'x = 3']);
  expect(new Set(both.map(({ id }) => id)).size).toBe(2);
});
