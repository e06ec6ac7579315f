import { describe, expect, it } from 'vitest';
import { dayOf, endOfDay } from './days.ts';

describe('a day of the reader', () => {
  it('is written as date fields have it', () => {
    expect(dayOf(new Date(2026, 0, 9, 23, 30))).toBe('2026-01-09');
  });

  it('ends at its last second', () => {
    expect(endOfDay('2026-01-09')).toBe(new Date(2026, 0, 9, 23, 59, 59).toISOString());
  });

  it('ends no later than is allowed', () => {
    const latest = new Date(2026, 0, 9, 12).toISOString();
    expect(endOfDay('2026-01-09', latest)).toBe(latest);
    expect(endOfDay('2026-01-08', latest)).toBe(new Date(2026, 0, 8, 23, 59, 59).toISOString());
  });
});
