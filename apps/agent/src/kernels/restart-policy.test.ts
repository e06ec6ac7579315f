import { expect, test } from 'vitest';
import { RestartPolicy } from './restart-policy.ts';

test('a kernel that cannot live is given up after three short runs', () => {
  const policy = new RestartPolicy();
  expect([100, 100, 100].map((ran) => policy.allowsRestart(ran))).toEqual([true, true, false]);
  expect(policy.quickEndCount).toBe(3);
});

test('a kernel that crashes now and then is always started again', () => {
  const policy = new RestartPolicy();
  for (let count = 0; count < 20; count += 1) expect(policy.allowsRestart(60_000)).toBe(true);
});

test('a long run forgives the short ones before it, and so does a person who restarts it', () => {
  const policy = new RestartPolicy();
  expect([1, 1, 60_000, 1, 1].map((ran) => policy.allowsRestart(ran))).toEqual([
    true,
    true,
    true,
    true,
    true,
  ]);
  policy.reset();
  expect(policy.allowsRestart(1)).toBe(true);
});
