import { describe, expect, it } from 'vitest';
import { dayAfter, endOfDay, latestAfter } from './days.ts';

const now = new Date(2026, 10, 28, 16, 30);
const latest = latestAfter(now, 30);

describe('the last day of a share', () => {
  it('is counted by the calendar', () => {
    expect(dayAfter(now, 0)).toBe('2026-11-28');
    expect(dayAfter(now, 7)).toBe('2026-12-05');
    expect(dayAfter(new Date(2026, 11, 31, 23, 59), 1)).toBe('2027-01-01');
  });

  it('ends when it ends where the person is', () => {
    const end = new Date(2026, 10, 30, 23, 59, 59, 999);
    expect(endOfDay('2026-11-30', latest, now)).toBe(end.toISOString());
  });

  it('ends earlier where the domain allows no more', () => {
    expect(endOfDay(dayAfter(now, 30), latest, now)).toBe(latest.toISOString());
  });

  it.each(['', 'x', '2026-11-27', '2026-02-31', '2026-13-01', '2026-12-29', '9999-01-01'])(
    'cannot be %j',
    (day) => {
      expect(endOfDay(day, latest, now)).toBeNull();
    },
  );
});
