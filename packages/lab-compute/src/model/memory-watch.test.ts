import { expect, it } from 'vitest';
import { MemoryWatch } from './memory-watch.ts';

const limit = 100;

it('warns at 80 and again at 90 percent', () => {
  const watch = new MemoryWatch();
  watch.observe('k', 79, limit);
  expect(watch.level).toBe('normal');
  watch.observe('k', 80, limit);
  expect(watch.level).toBe('high');
  watch.observe('k', 90, limit);
  expect(watch.level).toBe('critical');
});

it('does not come and go at the border', () => {
  const watch = new MemoryWatch();
  watch.observe('k', 81, limit);
  watch.observe('k', 79, limit);
  expect(watch.level).toBe('high');
  watch.observe('k', 74, limit);
  expect(watch.level).toBe('normal');
});

it('is not said again once dismissed, until it is worse or has been better', () => {
  const watch = new MemoryWatch();
  watch.observe('k', 85, limit);
  watch.dismiss();
  watch.observe('k', 86, limit);
  expect(watch.level).toBe('normal');
  watch.observe('k', 95, limit);
  expect(watch.level).toBe('critical');
  watch.dismiss();
  watch.observe('k', 10, limit);
  watch.observe('k', 85, limit);
  expect(watch.level).toBe('high');
});

it('is of one kernel', () => {
  const watch = new MemoryWatch();
  watch.observe('k', 95, limit);
  watch.observe('another', 20, limit);
  expect(watch.level).toBe('normal');
  watch.observe(undefined, null, 0);
  expect(watch.level).toBe('normal');
});
