import { describe, expect, it } from 'vitest';
import { scanNotebook } from './scan-notebook.ts';
import { defaultScanRules } from './scan-rules.ts';
import { hyphenated, registrationNumber, samples } from './testing/samples.ts';

const resident = hyphenated(registrationNumber('900101123456'));

function notebook(cells: readonly object[], more: object = {}): object {
  return { cells, metadata: {}, nbformat: 4, nbformat_minor: 5, ...more };
}

function code(fields: object): object {
  return {
    cell_type: 'code',
    id: 'c0',
    metadata: {},
    execution_count: 1,
    source: '',
    outputs: [],
    ...fields,
  };
}

async function placesIn(value: unknown): Promise<unknown[]> {
  const findings = await scanNotebook(value, defaultScanRules);
  return findings.map(({ cellIndex, cellId, part, line }) => [cellIndex, cellId, part, line]);
}

describe('scanNotebook', () => {
  it('says where, what and what is done about it', async () => {
    const cells = [
      { cell_type: 'markdown', id: 'm0', metadata: {}, source: ['# Title\n', `${resident}\n`] },
      code({ id: 'c1', source: 'mail("min@bank.kr")' }),
    ];
    expect(await scanNotebook(notebook(cells), defaultScanRules)).toEqual([
      {
        rule: 'resident-registration-number',
        action: 'block',
        cellIndex: 0,
        cellId: 'm0',
        part: 'source',
        line: 2,
        masked: `900${'*'.repeat(11)}`,
      },
      {
        rule: 'email-address',
        action: 'warn',
        cellIndex: 1,
        cellId: 'c1',
        part: 'source',
        line: 1,
        masked: `mi${'*'.repeat(9)}`,
      },
    ]);
  });

  it.each([
    ['a stream', { output_type: 'stream', name: 'stdout', text: ['a\n', resident] }, 2],
    ['plain text', { output_type: 'execute_result', data: { 'text/plain': resident } }, 1],
    ['HTML', { output_type: 'display_data', data: { 'text/html': [`<td>${resident}</td>`] } }, 1],
    ['JSON', { output_type: 'display_data', data: { 'application/json': { a: [resident] } } }, 1],
    [
      'a drawing',
      { output_type: 'display_data', data: { 'image/svg+xml': [`<text>${resident}`] } },
      1,
    ],
    [
      'a traceback',
      { output_type: 'error', ename: 'E', evalue: '', traceback: ['x', resident] },
      2,
    ],
    ['an error', { output_type: 'error', ename: 'E', evalue: resident, traceback: [] }, 1],
    [
      'colours',
      { output_type: 'stream', text: `\u001b[31m900101\u001b[0m${resident.slice(6)}` },
      1,
    ],
    [
      'an output’s metadata',
      { output_type: 'display_data', data: {}, metadata: { a: resident } },
      1,
    ],
    ['what the format does not know', { output_type: 'stream', text: '', hidden: resident }, 1],
    ['an output that is none', resident, 1],
  ])('looks into %s of an output', async (_name, output, line) => {
    const value = notebook([code({}), code({ id: 'c1', outputs: [output] })]);
    const places = await placesIn(value);
    expect(places).toEqual([[1, 'c1', typeof output === 'string' ? 'metadata' : 'output', line]]);
  });

  it.each([
    ['a raw cell', { cell_type: 'raw', id: 'c0', metadata: {}, source: resident }, 'source'],
    ['a cell’s metadata', code({ metadata: { note: { deep: resident } } }), 'metadata'],
    ['what the format does not know', code({ hidden: resident }), 'metadata'],
    ['a source that is none', code({ source: { a: resident } }), 'metadata'],
    ['an attachment’s name', code({ attachments: { [`${resident}.png`]: {} } }), 'attachment'],
    ['an attached text', code({ attachments: { a: { 'text/plain': resident } } }), 'attachment'],
  ])('looks into %s', async (_name, cell, part) => {
    expect(await placesIn(notebook([cell]))).toEqual([[0, 'c0', part, 1]]);
  });

  it('looks into what belongs to no cell, and gives it no id', async () => {
    const metadata = { widgets: { state: { a: { value: resident } } } };
    expect(await placesIn(notebook([code({})], { metadata }))).toEqual([[0, null, 'metadata', 1]]);
    expect(await placesIn(notebook([], { hidden: resident }))).toEqual([[0, null, 'metadata', 1]]);
  });

  it.each([
    ['text', resident],
    ['an array', [resident]],
    ['an older notebook', { worksheets: [{ cells: [{ input: resident }] }], nbformat: 3 }],
    ['a notebook whose cells are no list', { cells: { a: resident } }],
    ['a notebook whose cell is none', { cells: [resident] }],
  ])('looks into %s as well', async (_name, value) => {
    expect(await placesIn(value)).toEqual([[0, null, 'metadata', 1]]);
  });

  it('has nothing to say about nothing', async () => {
    expect(await placesIn(undefined)).toEqual([]);
    expect(await placesIn(null)).toEqual([]);
    expect(await placesIn(notebook([code({})]))).toEqual([]);
  });

  it('does not read the bytes of pictures', async () => {
    const bytes = `${resident} ${samples.gitHubToken}`;
    const outputs = [
      {
        output_type: 'display_data',
        metadata: {},
        data: { 'image/png': bytes, 'application/pdf': bytes },
      },
      {
        output_type: 'display_data',
        metadata: {},
        data: { 'text/html': `<img src="data:image/png;base64,${samples.accessKeyId}\n==">` },
      },
    ];
    expect(await placesIn(notebook([code({ outputs })]))).toEqual([]);
  });

  it('counts lines right after a picture inside HTML', async () => {
    const html = `<img src="data:image/png;base64,AAAA\nBBBB==">\n${resident}`;
    const outputs = [{ output_type: 'display_data', data: { 'text/html': html } }];
    expect(await placesIn(notebook([code({ outputs })]))).toEqual([[0, 'c0', 'output', 3]]);
  });

  it('gives cells without an id none', async () => {
    const cell = { cell_type: 'code', metadata: {}, source: resident, outputs: [] };
    expect(await placesIn(notebook([cell]))).toEqual([[0, null, 'source', 1]]);
  });
});
