import { expect, test } from 'vitest';
import type { JsonObject } from '../contents/notebook-shape.ts';
import { formatParameters } from './parameter-code.ts';
import { prepareNotebook } from './prepare-notebook.ts';

function notebookOf(...cells: readonly [source: string, ...tags: string[]][]): JsonObject {
  return {
    ...{ nbformat: 4, nbformat_minor: 5, metadata: {} },
    cells: cells.map(([source, ...tags], index) => ({
      ...{ cell_type: 'code', id: `c${index}`, metadata: { tags }, source },
      ...{ outputs: [{ output_type: 'stream', name: 'stdout', text: 'old' }], execution_count: 3 },
    })),
  };
}

const sources = (notebook: JsonObject) =>
  (notebook.cells as JsonObject[]).map(({ source }) => source);
const injected = '# Parameters\nyear = 2024\n';

test('parameters go after the cell that declares them', () => {
  const notebook = notebookOf(['import os'], ['year = 1', 'parameters'], ['print(year)']);
  prepareNotebook(notebook, { year: 2024 }, 'python');
  expect(sources(notebook)).toEqual(['import os', 'year = 1', injected, 'print(year)']);
});

test('where no cell declares them they go first', () => {
  const notebook = notebookOf(['print(year)']);
  prepareNotebook(notebook, { year: 2024 }, 'python');
  expect(sources(notebook)).toEqual([injected, 'print(year)']);
});

test('parameters that were injected before are replaced', () => {
  const notebook = notebookOf(
    ['year = 1', 'parameters'],
    ['year = 5', 'injected-parameters'],
    ['x'],
  );
  prepareNotebook(notebook, { year: 2024 }, 'python');
  expect(sources(notebook)).toEqual(['year = 1', injected, 'x']);
});

test('without parameters nothing is added, and no output of another run is kept', () => {
  const notebook = notebookOf(['x', 'parameters']);
  prepareNotebook(notebook, {}, 'cobol');
  expect(notebook.cells).toMatchObject([{ source: 'x', outputs: [], execution_count: null }]);
});

test('the injected cell has an id that no other has', () => {
  const notebook = notebookOf(['x']);
  (notebook.cells as JsonObject[])[0] = {
    id: 'injected-parameters',
    cell_type: 'code',
    metadata: {},
  };
  prepareNotebook(notebook, { a: 1 }, 'python');
  const ids = (notebook.cells as JsonObject[]).map(({ id }) => id);
  expect(new Set(ids).size).toBe(2);
});

test.each([
  ['python', '# Parameters\ntext = "a\\"b\\n\'"\nyes = True\n_half = 0.5\n'],
  ['R', '# Parameters\ntext = "a\\"b\\n\'"\nyes = TRUE\nhalf = 0.5\n'],
  ['typescript', '// Parameters\nvar text = "a\\"b\\n\'";\nvar yes = true;\nvar _half = 0.5;\n'],
  ['bash', "# Parameters\ntext='a\"b\n'\\'''\nyes='true'\n_half='0.5'\n"],
])('values are written in %s so that they are what they were', (language, expected) => {
  const parameters = { text: 'a"b\n\'', yes: true, _half: 0.5 };
  expect(formatParameters(parameters, language)).toBe(expected);
});

test('a language that nothing is known of is refused', () => {
  expect(() => formatParameters({ a: 1 }, 'cobol')).toThrow(
    expect.objectContaining({ code: 'ParametersNotSupported' }),
  );
});
