import { describe, expect, it } from 'vitest';
import { parseNotebook } from './parse-notebook.ts';
import { serialiseNotebook } from './serialise-notebook.ts';
import { stripOutputs } from './strip-outputs.ts';

const written = `{
 "cells": [
  {
   "cell_type": "code",
   "execution_count": 3,
   "id": "a1",
   "metadata": {
    "execution": {
     "iopub.execute_input": "2026-01-01T00:00:00Z"
    },
    "tags": [
     "keep"
    ]
   },
   "outputs": [
    {
     "name": "stdout",
     "output_type": "stream",
     "text": [
      "a\\n",
      "b"
     ]
    },
    {
     "data": {
      "application/json": [
       "x",
       "y"
      ],
      "text/plain": [
       "3"
      ]
     },
     "execution_count": 3,
     "metadata": {},
     "output_type": "execute_result"
    }
   ],
   "source": [
    "print('가')\\n",
    "3"
   ]
  },
  {
   "attachments": {
    "a.png": {
     "image/png": "AAAA"
    }
   },
   "cell_type": "markdown",
   "id": "b2",
   "metadata": {},
   "source": []
  }
 ],
 "metadata": {
  "widgets": {}
 },
 "nbformat": 4,
 "nbformat_minor": 5
}
`;

describe('parseNotebook', () => {
  it('joins the lines of texts, and not a person’s JSON', () => {
    const [first, second] = parseNotebook(written)?.cells ?? [];
    expect(first?.source).toBe("print('가')\n3");
    expect(first?.outputs?.[0]?.text).toBe('a\nb');
    expect(first?.outputs?.[1]?.data).toEqual({
      'application/json': ['x', 'y'],
      'text/plain': '3',
    });
    expect(second?.source).toBe('');
  });

  it('forgives what is missing', () => {
    expect(
      parseNotebook('{"cells": [{}, {"cell_type": "code", "source": 3, "outputs": 4}]}'),
    ).toEqual({
      cells: [
        { cell_type: 'raw', source: '', metadata: {} },
        { cell_type: 'code', source: '', metadata: {}, outputs: [], execution_count: null },
      ],
      metadata: {},
      nbformat: 4,
      nbformat_minor: 4,
    });
  });

  it.each([
    '',
    '<<<<<<< ours',
    '[]',
    'null',
    '3',
    '{}',
    '{"cells": {}}',
    '{"cells": [3]}',
    '{"nbformat": 3, "cells": []}',
  ])('reads no notebook from %j', (text) => {
    expect(parseNotebook(text)).toBeUndefined();
  });
});

describe('serialiseNotebook', () => {
  it('writes what it read', () => {
    const notebook = parseNotebook(written);
    expect(notebook === undefined ? '' : serialiseNotebook(notebook)).toBe(written);
  });
});

describe('stripOutputs', () => {
  it('takes away what running wrote, and nothing else', () => {
    const notebook = parseNotebook(written);
    const stripped = notebook && stripOutputs(notebook);
    expect(stripped?.cells[0]).toEqual({
      cell_type: 'code',
      execution_count: null,
      id: 'a1',
      metadata: { tags: ['keep'] },
      outputs: [],
      source: "print('가')\n3",
    });
    expect(stripped?.cells[1]).toEqual(notebook?.cells[1]);
    expect(stripped?.metadata).toEqual({});
    expect(stripped && stripOutputs(stripped)).toEqual(stripped);
  });
});
