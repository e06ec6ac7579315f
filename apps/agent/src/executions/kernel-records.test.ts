import { createMessage } from '@strongroom/jupyter-protocol';
import { expect, test } from 'vitest';
import { KernelMessage } from '../kernels/kernel-message.ts';
import { KernelRecords, recordLimitBytes } from './kernel-records.ts';

function createRecords(): KernelRecords {
  return new KernelRecords({ now: () => 1, shortenedText: () => 'shortened' });
}

function request(metadata: object, content: object = {}): KernelMessage {
  const frames = createMessage({
    ...{ type: 'execute_request', session: 's' },
    content: { code: 'x', silent: false, ...content },
  });
  return new KernelMessage('shell', { ...frames, metadata: Buffer.from(JSON.stringify(metadata)) });
}

function published(parent: KernelMessage, type: string, content: object): KernelMessage {
  const parentHeader = parent.frames.header;
  return new KernelMessage(
    'iopub',
    createMessage({ type, session: 'k', content: { ...content }, parentHeader }),
  );
}

const print = (text: string) => ({ name: 'stdout', text });

test('only what a cell asked for is recorded', () => {
  const records = createRecords();
  records.begin('s', request({}));
  records.begin('s', request({ cellId: 5 }));
  records.begin('s', request({ cellId: '../x' }));
  records.begin('s', request({ cellId: 'a'.repeat(65) }));
  records.begin('s', request({ cellId: 'a' }, { silent: true }));
  records.begin('s', request({ cellId: 'a' }, { code: 5 }));
  expect(records.list()).toEqual([]);
  records.begin('s', request({ cellId: 'a' }));
  expect(records.list()).toHaveLength(1);
});

test('a cell that is run again begins anew, and what still comes of the run before is not its own', () => {
  const records = createRecords();
  const [first, second] = [request({ cellId: 'a' }), request({ cellId: 'a' })];
  records.begin('s', first);
  expect(records.take(published(first, 'stream', print('old')))).toBe(true);
  records.begin('s', second);
  expect(records.take(published(first, 'stream', print('older')))).toBe(false);
  records.take(published(second, 'stream', print('new')));
  expect(records.list().map(({ outputs }) => outputs.toJson())).toMatchObject([[{ text: 'new' }]]);
});

test('a display of one cell is updated by another', () => {
  const records = createRecords();
  const [first, second] = [request({ cellId: 'a' }), request({ cellId: 'b' })];
  for (const each of [first, second]) records.begin('s', each);
  const shown = (text: string) => ({
    ...{ data: { 'text/plain': text }, metadata: {}, transient: { display_id: 'd' } },
  });
  records.take(published(first, 'display_data', shown('1')));
  expect(records.take(published(second, 'update_display_data', shown('2')))).toBe(true);
  expect(records.list()[0]?.outputs.toJson()).toMatchObject([{ data: { 'text/plain': '2' } }]);
});

test('what a cell may keep is bounded, with a word about it, and clearing makes room again', () => {
  const records = createRecords();
  const cell = request({ cellId: 'a' });
  records.begin('s', cell);
  const large = published(cell, 'stream', print('x'.repeat(recordLimitBytes / 8)));
  for (let count = 0; count < 12; count += 1) records.take(large);
  const [record] = records.list();
  expect(record?.outputs.sizeBytes).toBeLessThan(recordLimitBytes + 100);
  expect(record?.outputs.toJson().at(-1)).toMatchObject({ name: 'stderr', text: 'shortened' });
  records.take(published(cell, 'clear_output', { wait: false }));
  records.take(published(cell, 'stream', print('after')));
  expect(record?.outputs.toJson()).toMatchObject([{ text: 'after' }]);
});

test('an execution ends with its idle, or with the run of its kernel', () => {
  const records = createRecords();
  const [first, second] = [request({ cellId: 'a' }), request({ cellId: 'b' })];
  for (const each of [first, second]) records.begin('s', each);
  records.take(published(first, 'status', { execution_state: 'busy' }));
  expect(records.list().map(({ hasEnded }) => hasEnded)).toEqual([false, false]);
  records.take(published(first, 'status', { execution_state: 'idle' }));
  expect(records.list().map(({ hasEnded }) => hasEnded)).toEqual([true, false]);
  records.endAll();
  expect(records.list().every(({ hasEnded }) => hasEnded)).toBe(true);
});
