import { describe, expect, it } from 'vitest';
import { latestMonths, monthName } from './months.ts';

describe('the months to choose from', () => {
  it('are twelve, the one that runs first, over the turn of a year', () => {
    const months = latestMonths(new Date('2026-02-28T23:59:59Z'));
    expect(months.slice(0, 3)).toEqual(['2026-02', '2026-01', '2025-12']);
    expect(months).toHaveLength(12);
  });

  it('are named as their readers name them', () => {
    expect(monthName('2026-11', 'en')).toBe('November 2026');
    expect(monthName('2026-11', 'ko')).toBe('2026년 11월');
  });
});
