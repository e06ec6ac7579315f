import { describe, expect, it } from 'vitest';
import type { MeteredUse } from './metered-app.ts';
import { dayMilliseconds, hourMilliseconds, monthNamed } from './month.ts';
import { amountWithin, sliceByDay } from './slices.ts';

const month = monthNamed('2026-03');

function useOf(startedAt: number, milliseconds: number): MeteredUse {
  return {
    ...{ appId: 'a'.repeat(32) as never, appType: 'KernelGateway', profileName: 'alice' as never },
    ...{ team: 'risk', imageName: 'data-science', instanceType: 'ml.m5.large', pricePerHour: 2 },
    ...{ startedAt, milliseconds, idleMilliseconds: 0, hasEnded: true },
  };
}

const steps = (count: number, by: number) =>
  Array.from({ length: count }, (_, index) => index * by);

describe('what of an app lies in a month', () => {
  it('costs as much as its days together, wherever it begins and ends', () => {
    const first = month.fromMilliseconds - 3 * dayMilliseconds;
    for (const start of steps(50, 18.3 * hourMilliseconds)) {
      for (const length of steps(20, 50.7 * hourMilliseconds)) {
        const use = useOf(first + start, length);
        const days = sliceByDay(use, month).reduce((sum, { amount }) => sum + amount, 0);
        expect(amountWithin(use, month)).toBeCloseTo(days, 6);
      }
    }
  });

  it('is nothing of an app of another month, and what was begun before is cut', () => {
    const before = month.fromMilliseconds - hourMilliseconds;
    expect(amountWithin(useOf(before, hourMilliseconds), month)).toBe(0);
    expect(amountWithin(useOf(before, 3 * hourMilliseconds), month)).toBe(4);
    expect(amountWithin(useOf(month.toMilliseconds, hourMilliseconds), month)).toBe(0);
  });
});
