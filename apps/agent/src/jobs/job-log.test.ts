import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { JobLog } from './job-log.ts';

let told: string[];
let log: JobLog;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  told = [];
  log = new JobLog((text) => told.push(text));
});

afterEach(() => {
  vi.useRealTimers();
});

test('many prints are told together, and the rest at the end', () => {
  for (const text of ['a', 'b', 'c']) log.add(text);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual(['abc']);
  log.add('d');
  log.flush();
  expect(told).toEqual(['abc', 'd']);
  vi.advanceTimersByTime(1_000);
  expect(told).toHaveLength(2);
});

test('of a flood the end is told, in pieces that a line of the channel carries', () => {
  for (let count = 0; count < 100; count += 1) log.add('x'.repeat(10_000));
  log.add('the end');
  log.flush();
  expect(told.join('').length).toBeLessThan(200_000);
  expect(told.join('').endsWith('the end')).toBe(true);
  expect(told.every((text) => text.length <= 16_384)).toBe(true);
});
