import { expect, test } from 'vitest';
import type { JsonObject } from '../contents/notebook-shape.ts';
import { ExecutionRecord } from './execution-record.ts';
import { mergeExecutions } from './merge-executions.ts';

function recordOf(cellId: string, code: string): ExecutionRecord {
  const record = new ExecutionRecord({ messageId: 'm', sessionId: 's', cellId, code }, 0);
  record.outputs.take('stream', { name: 'stdout', text: 'new' }, 3);
  record.executionCount = 7;
  return record;
}

function notebookOf(minor: number, ...cells: object[]): JsonObject {
  const whole = cells.map((cell) => ({
    ...{ cell_type: 'code', metadata: {}, outputs: [], execution_count: null, ...cell },
  }));
  return { nbformat: 4, nbformat_minor: minor, metadata: {}, cells: whole };
}

const written = { outputs: [{ output_type: 'stream', text: 'new' }], execution_count: 7 };

test('outputs go into the cell of that id', () => {
  const notebook = notebookOf(5, { id: 'a', source: 'x' }, { id: 'b', source: 'x' });
  expect(mergeExecutions(notebook, [recordOf('b', 'x')], true)).toBe(true);
  expect(notebook.cells).toMatchObject([{ outputs: [] }, { id: 'b', ...written }]);
});

test('the source that was run is restored where no page has saved the cell since', () => {
  const notebook = notebookOf(5, { id: 'a', source: 'old' });
  mergeExecutions(notebook, [recordOf('a', 'run')], true);
  expect(notebook.cells).toMatchObject([{ source: 'run', ...written }]);
});

test('a source that was edited and saved while the cell ran stays', () => {
  const notebook = notebookOf(5, { id: 'a', source: 'edited' });
  const record = recordOf('a', 'run');
  record.isSavedSince = true;
  mergeExecutions(notebook, [record], true);
  expect(notebook.cells).toMatchObject([{ source: 'edited', ...written }]);
});

test('a cell that a page deleted and saved does not come back', () => {
  const notebook = notebookOf(5);
  const record = recordOf('gone', 'x');
  record.isSavedSince = true;
  expect(mergeExecutions(notebook, [record], true)).toBe(false);
  expect(notebook.cells).toEqual([]);
});

test('in a file that another program wrote only cells that are the same are touched', () => {
  const notebook = notebookOf(5, { id: 'a', source: 'theirs' }, { id: 'b', source: 'x' });
  mergeExecutions(notebook, [recordOf('a', 'mine'), recordOf('b', 'x'), recordOf('c', 'x')], false);
  expect(notebook.cells).toMatchObject([
    { source: 'theirs', outputs: [] },
    { source: 'x', ...written },
  ]);
  expect(notebook.cells).toHaveLength(2);
});

test('in a notebook older than cell ids the one cell with that source is it', () => {
  const notebook = notebookOf(4, { source: 'x' }, { source: 'y' });
  mergeExecutions(notebook, [recordOf('made-up', 'x')], true);
  expect(notebook.cells).toMatchObject([written, { outputs: [] }]);
  const twice = notebookOf(4, { source: 'x' }, { source: 'x' });
  expect(mergeExecutions(twice, [recordOf('made-up', 'x')], true)).toBe(false);
});

test('an id that only a text cell has is not taken for a code cell', () => {
  const notebook = notebookOf(5, { id: 'a', cell_type: 'markdown', source: 'x' });
  mergeExecutions(notebook, [recordOf('a', 'x')], false);
  expect(notebook.cells).toMatchObject([{ cell_type: 'markdown', execution_count: null }]);
});
