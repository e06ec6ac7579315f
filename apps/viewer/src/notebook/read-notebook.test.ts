import { describe, expect, it } from 'vitest';
import { readNotebook } from './read-notebook.ts';

const notebook = (cells: unknown, rest: object = {}) => ({
  nbformat: 4,
  metadata: {},
  cells,
  ...rest,
});

describe('a notebook', () => {
  it('is read from text, bytes or JSON, with lines joined', () => {
    const stored = notebook([
      { cell_type: 'code', source: ['a\n', 'b'], execution_count: 2, outputs: [] },
    ]);
    const expected = { kind: 'code', source: 'a\nb', executionCount: 2 };
    expect(readNotebook(stored).cells).toMatchObject([expected]);
    expect(readNotebook(JSON.stringify(stored)).cells).toMatchObject([expected]);
    const bytes = new TextEncoder().encode(JSON.stringify(stored)).buffer;
    expect(readNotebook(bytes).cells).toMatchObject([expected]);
  });

  it('has streams of one name together, errors, and data by type', () => {
    const outputs = [
      { output_type: 'stream', name: 'stdout', text: ['a', 'b'] },
      { output_type: 'stream', name: 'stdout', text: 'c' },
      { output_type: 'stream', name: 'stderr', text: 'd' },
      { output_type: 'error', ename: 'E', evalue: 'v', traceback: [] },
      {
        output_type: 'execute_result',
        execution_count: 3,
        data: { 'text/plain': ['x', 'y'], 'application/json': [1] },
      },
    ];
    expect(
      readNotebook(notebook([{ cell_type: 'code', source: '', outputs }])).cells[0]?.outputs,
    ).toEqual([
      { kind: 'stream', name: 'stdout', text: 'abc' },
      { kind: 'stream', name: 'stderr', text: 'd' },
      { kind: 'error', text: 'E: v' },
      { kind: 'data', executionCount: 3, data: { 'text/plain': 'xy', 'application/json': [1] } },
    ]);
  });

  it('of nbformat 3 is upgraded', () => {
    const cells = [
      { cell_type: 'heading', level: 2, source: 'Old' },
      {
        ...{ cell_type: 'code', input: 'x', prompt_number: 1 },
        outputs: [
          { output_type: 'pyout', prompt_number: 1, text: '1', html: '<b>1</b>' },
          { output_type: 'stream', stream: 'stderr', text: 'e' },
          { output_type: 'pyerr', traceback: ['t'] },
        ],
      },
    ];
    const read = readNotebook({ nbformat: 3, metadata: {}, worksheets: [{ cells }] });
    expect(read.cells[0]).toMatchObject({ kind: 'markdown', source: '## Old' });
    expect(read.cells[1]).toMatchObject({
      source: 'x',
      outputs: [
        { kind: 'data', data: { 'text/plain': '1', 'text/html': '<b>1</b>' } },
        { kind: 'stream', name: 'stderr' },
        { kind: 'error', text: 't' },
      ],
    });
  });

  it('says its language, or is taken for Python', () => {
    const language = (metadata: unknown) => readNotebook(notebook([], { metadata })).language;
    expect(language({ language_info: { name: 'R' } })).toBe('r');
    expect(language({ kernelspec: { language: 'julia' } })).toBe('julia');
    expect(language({ language_info: 7 })).toBe('python');
    expect(language(null)).toBe('python');
  });

  it.each([null, 7, '', 'x', '{', [], {}, { nbformat: '4' }, notebook({}), { nbformat: 3 }])(
    'is not %j',
    (stored) => {
      expect(() => readNotebook(stored)).toThrow(expect.objectContaining({ code: 'NotANotebook' }));
    },
  );

  it.each([1, 2, 5])('of nbformat %i is of an unknown format', (nbformat) => {
    expect(() => readNotebook({ nbformat, cells: [] })).toThrow(
      expect.objectContaining({ code: 'UnknownFormat' }),
    );
  });

  it('may have cells that are none, and values of any type', () => {
    const cells = [
      null,
      7,
      {},
      { cell_type: 'code', source: 7, outputs: { a: 1 }, attachments: 'x' },
    ];
    expect(readNotebook(notebook(cells)).cells).toMatchObject([
      { kind: 'raw', source: '' },
      { kind: 'code', source: '', outputs: [], attachments: {} },
    ]);
  });
});
