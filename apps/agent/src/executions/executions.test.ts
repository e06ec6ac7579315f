import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type OpenNotebook, openNotebook } from './testing/open-notebook.ts';

const patience = { timeout: 20_000 };
let notebook: OpenNotebook;

beforeEach(async () => {
  notebook = await openNotebook();
});
afterEach(() => notebook.close());

interface Cell {
  readonly id: string;
  readonly source: string;
  readonly outputs?: object[];
  readonly execution_count?: number | null;
}

async function save(...cells: readonly Cell[]): Promise<void> {
  const content = {
    ...{ nbformat: 4, nbformat_minor: 5, metadata: {} },
    cells: cells.map((cell) => ({
      ...{ cell_type: 'code', metadata: { trusted: true }, outputs: [], execution_count: null },
      ...cell,
    })),
  };
  const answer = await notebook.agent.send('PUT', `/api/contents/${notebook.path}`, {
    body: { type: 'notebook', content },
  });
  expect(answer.status).toBeLessThan(300);
}

async function readHash(): Promise<string> {
  return (
    await notebook.agent.send('GET', `/api/contents/${notebook.path}?content=0&hash=1`)
  ).json().hash;
}

const fileHash = () => createHash('sha256').update(readFileSync(notebook.file)).digest('hex');
const fileText = () => readFileSync(notebook.file, 'utf8');

/** Runs the cell in a page that is killed as soon as the cell has begun to print. */
async function runAlone(cell: Cell): Promise<void> {
  const page = await notebook.openPage();
  const messageId = page.run(cell.id, cell.source);
  await page.message(
    ({ header, parent_header }) =>
      header.msg_type === 'execute_input' && parent_header.msg_id === messageId,
  );
  page.kill();
}

const work = `
import time
from IPython.display import display, clear_output, Image
print('begun')
bar = display({'text/plain': '0 %'}, raw=True, display_id='bar')
for done in range(1, 101):
    print(f'\\r{done:3}', end='', flush=True)
    if done % 50 == 0: bar.update({'text/plain': f'{done} %'}, raw=True)
    time.sleep(0.002)
print()
display(Image(data=b'\\x89PNG\\r\\n\\x1a\\n', format='png'))
print('done')
`;

test('what a cell writes while no page is there is in the notebook, in order and as it ended', async () => {
  const cell = { id: 'long', source: work };
  await save(cell);
  await runAlone(cell);
  await expect.poll(fileText, patience).toContain('done\\n');
  const [written] = (await notebook.read()).content.cells;
  expect(written.outputs).toMatchObject([
    { output_type: 'stream', text: 'begun\n' },
    { output_type: 'display_data', data: { 'text/plain': '100 %' } },
    { output_type: 'stream', text: '100\n' },
    { output_type: 'display_data', data: { 'image/png': expect.any(String) } },
    { output_type: 'stream', text: 'done\n' },
  ]);
  expect(written.execution_count).toBe(1);
  expect(written.metadata.trusted).toBe(true);
});

test('a page that opens while the cell runs is given what it wrote, and the rest as it comes', async () => {
  const cell = {
    id: 'long',
    source:
      "import os, time\nprint('one', flush=True)\nwhile not os.path.exists('go'): time.sleep(0.01)\nprint('two')",
  };
  await save(cell);
  await runAlone(cell);
  await expect.poll(fileText, patience).toContain('one\\n');
  const { page } = await notebook.reopen();
  const { content } = await page.message(
    ({ header }) => header.msg_type === 'strongroom_executions',
  );
  expect(content.executions).toMatchObject([
    {
      ...{ cell_id: 'long', is_running: true, execution_count: 1 },
      outputs: [{ output: { output_type: 'stream', text: 'one\n' }, displayId: null }],
    },
  ]);
  writeFileSync(join(notebook.home, 'go'), '');
  const messageId = content.executions[0].message_id;
  await page.ended(messageId);
  const after = page.messages.slice(
    page.messages.findIndex(({ header }) => header.msg_type === 'strongroom_executions'),
  );
  const printed = after.filter(({ header }) => header.msg_type === 'stream');
  expect(printed.map(({ content: { text } }) => text)).toEqual(['two\n']);
  page.kill();
  await expect.poll(fileText, patience).toContain('two\\n');
});

test('nothing is written while a page is there, and what it has saved is not written again', async () => {
  const cell = { id: 'a', source: "print('x')" };
  await save(cell);
  const before = fileHash();
  const page = await notebook.openPage();
  await page.ended(page.run(cell.id, cell.source));
  expect(fileHash()).toBe(before);
  await save({ ...cell, execution_count: 1, outputs: [] });
  const saved = fileHash();
  page.kill();
  await notebook.reopen();
  expect(fileHash()).toBe(saved);
});

test('a page that was only away is not told of a change that is its own outputs', async () => {
  const cell = { id: 'a', source: "print('x')" };
  await save(cell);
  const known = await readHash();
  await runAlone(cell);
  await expect.poll(fileText, patience).toContain('x\\n');
  expect(fileHash()).not.toBe(known);
  expect(await readHash()).toBe(known);
  const opened = await notebook.read();
  expect(opened.hash).toBe(fileHash());
  expect(await readHash()).toBe(fileHash());
});

test('a cell that was never saved is in the notebook with its source', async () => {
  await save();
  await runAlone({ id: 'new', source: "print('kept')" });
  await expect.poll(fileText, patience).toContain('kept\\n');
  expect((await notebook.read()).content.cells).toMatchObject([
    { id: 'new', source: "print('kept')", outputs: [{ text: 'kept\n' }] },
  ]);
});

test('a notebook that another program has written keeps what that wrote', async () => {
  const cell = { id: 'a', source: "print('mine')" };
  await save(cell);
  const page = await notebook.openPage();
  const messageId = page.run(cell.id, cell.source);
  await page.ended(messageId);
  const other = { id: 'a', cell_type: 'code', metadata: {}, source: "print('theirs')" };
  const theirs = { ...other, outputs: [], execution_count: null };
  const text = JSON.stringify({ cells: [theirs], metadata: {}, nbformat: 4, nbformat_minor: 5 });
  writeFileSync(notebook.file, text);
  page.kill();
  const { cells } = await notebook.reopen();
  expect(cells).toEqual([expect.objectContaining({ source: "print('theirs')", outputs: [] })]);
  expect(fileText()).toBe(text);
});

test('outputs that the person cleared and saved stay cleared', async () => {
  const cell = { id: 'a', source: "print('x')" };
  await save(cell);
  await runAlone(cell);
  await expect.poll(fileText, patience).toContain('x\\n');
  const { page } = await notebook.reopen();
  await save(cell);
  page.kill();
  const { cells } = await notebook.reopen();
  expect(cells[0].outputs).toEqual([]);
});

test('a kernel that ends takes nothing of what its cell wrote with it, and says why it ended', async () => {
  const cell = { id: 'a', source: "import time\nprint('so far', flush=True)\ntime.sleep(60)" };
  await save(cell);
  await runAlone(cell);
  await expect.poll(fileText, patience).toContain('so far\\n');
  const reason = { english: 'It was idle.', korean: '유휴 상태였습니다.' };
  notebook.controlPlane.kill(notebook.kernelId, { reason });
  await expect.poll(fileText, patience).toContain('It was idle.');
  expect((await notebook.read()).content.cells[0].outputs).toMatchObject([
    { name: 'stdout', text: 'so far\n' },
    { name: 'stderr', text: expect.stringContaining('It was idle.') },
  ]);
});

test('a request for a page that is not there, or for no kernel, is refused', async () => {
  const ask = (body: object) => notebook.agent.send('POST', '/api/strongroom/executions', { body });
  expect((await ask({ kernel_id: notebook.kernelId, session_id: 'nobody' })).status).toBe(409);
  expect((await ask({ kernel_id: 'none', session_id: 'x' })).status).toBe(404);
  expect((await ask({ kernel_id: 7 })).status).toBe(400);
});
