import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ActivityNotices } from './activity-notices.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});

afterEach(() => {
  vi.useRealTimers();
});

test('many short cells are told once a second, and the last state always', () => {
  let state = 0;
  const told: number[] = [];
  const notices = new ActivityNotices(() => told.push(state));
  for (state = 1; state < 100; state += 1) notices.soon();
  expect(told).toEqual([]);
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual([100]);
  vi.advanceTimersByTime(10_000);
  expect(told).toEqual([100]);
});

test('what begins is told at once, with what was waiting', () => {
  const tell = vi.fn();
  const notices = new ActivityNotices(tell);
  notices.soon();
  notices.now();
  vi.advanceTimersByTime(10_000);
  expect(tell).toHaveBeenCalledOnce();
});

test('nothing is told after the end', () => {
  const tell = vi.fn();
  const notices = new ActivityNotices(tell);
  notices.soon();
  notices.close();
  vi.advanceTimersByTime(10_000);
  expect(tell).not.toHaveBeenCalled();
});
