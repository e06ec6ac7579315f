import { describe, expect, it } from 'vitest';
import { cronOf, isCron, once, rhythmOf } from './rhythm.ts';

describe('a rhythm', () => {
  it.each([
    ['15 * * * *', { kind: 'hourly', time: '00:15' }],
    ['5 7 * * *', { kind: 'daily', time: '07:05' }],
    ['30 18 * * 1-5', { kind: 'weekdays', time: '18:30' }],
    ['0 9 * * 0', { kind: 'weekly', time: '09:00', weekday: 0 }],
    ['0 9 28 * *', { kind: 'monthly', time: '09:00', day: 28 }],
  ])('is read from "%s" and written as it was', (cron, expected) => {
    const rhythm = rhythmOf(cron);
    expect(rhythm).toMatchObject(expected);
    expect(cronOf(rhythm)).toBe(cron);
  });

  it.each([
    ['hourly', '30 * * * *'],
    ['daily', '30 7 * * *'],
    ['weekdays', '30 7 * * 1-5'],
    ['weekly', '30 7 * * 3'],
    ['monthly', '30 7 15 * *'],
  ] as const)('that is %s is written as "%s", and read as it was', (kind, cron) => {
    expect(cronOf({ ...once, kind, time: '07:30', weekday: 3, day: 15 })).toBe(cron);
    expect(rhythmOf(cron).kind).toBe(kind);
  });

  it('takes both of a week’s sevenths day for Sunday', () => {
    expect(rhythmOf('0 9 * * 7')).toMatchObject({ kind: 'weekly', weekday: 0 });
  });

  it.each([
    ...['*/5 * * * *', '0 9,17 * * *', '0 9 1 1 *', '0 9 1 * 1', '0 * 1 * *'],
    ...['0 9 31 * *', '0 9 29 * *', '0 9 0 * *', '60 9 * * *', '0 24 * * *', 'nonsense'],
  ])('leaves "%s" as it is', (cron) => {
    expect(rhythmOf(cron)).toMatchObject({ kind: 'cron', cron });
  });

  it('of once has no expression', () => {
    expect(cronOf(once)).toBeUndefined();
  });

  it('that is written freely loses only spaces', () => {
    expect(cronOf({ ...once, kind: 'cron', cron: ' 0  9 * * 1,3 ' })).toBe('0 9 * * 1,3');
  });
});

describe('an expression', () => {
  it.each([
    ['0 9 * * *', true],
    ['*/15 9-17 * JAN-MAR MON,FRI', true],
    ['0 9 * *', false],
    ['0 9 * * * *', false],
    ['every day', false],
    ['0 9 * * ;', false],
  ])('such as "%s" looks like one of five fields: %s', (cron, expected) => {
    expect(isCron(cron)).toBe(expected);
  });
});
