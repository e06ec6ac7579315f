import { describe, expect, it } from 'vitest';
import { AgentError } from '../http/agent-error.ts';
import { emptyNotebook, parseNotebook, serializeNotebook } from './notebook.ts';

const notebook = {
  nbformat_minor: 5,
  nbformat: 4,
  metadata: { signature: 'old', kernelspec: { name: 'python3', display_name: 'Python 3' } },
  cells: [
    {
      id: 'a',
      cell_type: 'code',
      execution_count: 1,
      metadata: { trusted: true },
      source: 'x = 1\ny = 2\n',
      outputs: [
        { output_type: 'stream', name: 'stdout', text: 'one\ntwo' },
        {
          output_type: 'display_data',
          metadata: {},
          data: { 'text/plain': 'a\nb', 'application/vnd.x+json': ['left', 'alone'] },
        },
      ],
    },
    { id: 'b', cell_type: 'markdown', metadata: {}, source: '' },
  ],
};

describe('notebooks', () => {
  it('are written as nbformat writes them', () => {
    const text = serializeNotebook(notebook);
    const stored = JSON.parse(text);
    expect(text.endsWith('}\n')).toBe(true);
    expect(text.startsWith('{\n "cells": [\n  {\n   "cell_type"')).toBe(true);
    expect(stored.cells[0].source).toEqual(['x = 1\n', 'y = 2\n']);
    expect(stored.cells[0].outputs[0].text).toEqual(['one\n', 'two']);
    expect(stored.cells[0].outputs[1].data['text/plain']).toEqual(['a\n', 'b']);
    expect(stored.cells[0].outputs[1].data['application/vnd.x+json']).toEqual(['left', 'alone']);
    expect(stored.cells[1].source).toEqual([]);
    expect(stored.cells[0].metadata).not.toHaveProperty('trusted');
    expect(stored.metadata).not.toHaveProperty('signature');
  });

  it('come back as they were given, whichever way their texts are stored', () => {
    const read = parseNotebook(serializeNotebook(notebook), 'a.ipynb');
    expect(read.message).toBeUndefined();
    expect(read.notebook.cells).toMatchObject([
      {
        source: 'x = 1\ny = 2\n',
        outputs: [{ text: 'one\ntwo' }, { data: { 'text/plain': 'a\nb' } }],
      },
      { source: '' },
    ]);
    expect(serializeNotebook(read.notebook)).toBe(serializeNotebook(notebook));
  });

  it('do not change what was given', () => {
    const given = structuredClone(notebook);
    serializeNotebook(given);
    expect(given).toEqual(notebook);
  });

  it('keep a key called __proto__', () => {
    const text = serializeNotebook(JSON.parse('{"metadata":{"__proto__":{"a":1}},"cells":[]}'));
    expect(text).toContain('"__proto__"');
  });

  it('that are new are valid', () => {
    expect(parseNotebook(serializeNotebook(emptyNotebook()), 'a.ipynb').message).toBeUndefined();
  });

  it.each([
    [
      { ...notebook, cells: [{ id: 'a', cell_type: 'magic', metadata: {}, source: '' }] },
      'cell_type',
    ],
    [{ ...notebook, cells: [{ id: 'a', cell_type: 'raw', source: '' }] }, 'metadata'],
    [{ ...notebook, cells: [notebook.cells[1], notebook.cells[1]] }, 'repeats'],
    [
      { ...notebook, cells: [{ ...notebook.cells[0], outputs: [{ output_type: 'pyout' }] }] },
      'output_type',
    ],
    [{ nbformat: 4, metadata: {}, cells: [] }, 'nbformat_minor'],
  ])('that are not valid open with a message', (content, part) => {
    expect(parseNotebook(JSON.stringify(content), 'a.ipynb').message).toContain(part);
  });

  it.each([
    ['', 'empty'],
    ['{"nbformat": 4,\n "cells": [}', 'line 2, column 12'],
    ['[]', 'no JSON object'],
    ['{}', 'nbformat'],
    ['{"nbformat": 3, "worksheets": []}', 'old format 3'],
    ['{"nbformat": 5}', 'newer'],
  ])('that cannot be opened are refused: %j', (text, part) => {
    try {
      parseNotebook(text, 'a.ipynb');
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(AgentError);
      expect((error as AgentError).code).toBe('InvalidNotebook');
      expect((error as AgentError).message).toContain(part);
    }
  });
});
