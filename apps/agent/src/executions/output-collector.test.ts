import { expect, test } from 'vitest';
import { OutputCollector } from './output-collector.ts';

function collect(...messages: readonly [type: string, content: object][]) {
  const collector = new OutputCollector();
  for (const [type, content] of messages) collector.take(type, { ...content }, 1);
  return collector;
}

const print = (text: string, name = 'stdout') => ['stream', { name, text }] as const;
const show = (text: string, displayId?: string) =>
  [
    'display_data',
    {
      ...{ data: { 'text/plain': text }, metadata: {} },
      ...(displayId && { transient: { display_id: displayId } }),
    },
  ] as const;

test('prints in a row are one output, and each stream is its own', () => {
  const outputs = collect([...print('a')], [...print('b\n')], [...print('x', 'stderr')]).toJson();
  expect(outputs).toEqual([
    { output_type: 'stream', name: 'stdout', text: 'ab\n' },
    { output_type: 'stream', name: 'stderr', text: 'x' },
  ]);
});

test('what is no part of the notebook format is left out', () => {
  expect(collect([...show('a', 'id')]).toJson()).toEqual([
    { output_type: 'display_data', data: { 'text/plain': 'a' }, metadata: {} },
  ]);
  const result = { data: {}, metadata: {}, execution_count: 3, transient: {} };
  expect(collect(['execute_result', result]).toJson()).toEqual([
    { output_type: 'execute_result', data: {}, metadata: {}, execution_count: 3 },
  ]);
  const error = { ename: 'E', evalue: 'v', traceback: ['t'], more: 1 };
  expect(collect(['error', error]).toJson()).toEqual([
    { output_type: 'error', ename: 'E', evalue: 'v', traceback: ['t'] },
  ]);
});

test('a display that is updated shows the newest data, wherever it is shown', () => {
  const collector = collect([...show('0 %', 'bar')], [...print('x')], [...show('0 %', 'bar')]);
  expect(collector.update('bar', { data: { 'text/plain': '9 %' }, metadata: {} }, 3)).toBe(true);
  expect(collector.update('other', { data: {}, metadata: {} }, 3)).toBe(false);
  expect(collector.toJson().map(({ data }) => data)).toEqual([
    { 'text/plain': '9 %' },
    undefined,
    { 'text/plain': '9 %' },
  ]);
});

test('clearing takes effect at once, or with the next output where it is to wait', () => {
  expect(collect([...print('a')], ['clear_output', { wait: false }]).toJson()).toEqual([]);
  const waiting = collect([...print('a')], ['clear_output', { wait: true }]);
  expect(waiting.toJson()).toHaveLength(1);
  waiting.take('stream', { name: 'stdout', text: 'b' }, 1);
  expect(waiting.toJson()).toEqual([{ output_type: 'stream', name: 'stdout', text: 'b' }]);
});

test('what is kept is counted, and what was cleared is not', () => {
  const collector = collect([...print('x'.repeat(100))]);
  expect(collector.sizeBytes).toBe(100);
  collector.take('display_data', { data: {}, metadata: {} }, 50);
  expect(collector.sizeBytes).toBe(150);
  collector.take('clear_output', { wait: false }, 10);
  expect(collector.sizeBytes).toBe(0);
});
