import { describe, expect, it } from 'vitest';
import { trans } from '../testing/texts.ts';
import { cronOf, firstSchedule, isCron, scheduleOf } from './schedule.ts';
import { scheduleText } from './schedule-text.ts';

const context = { trans, languageTag: 'en-US' };

describe('a schedule', () => {
  it.each([
    ['hourly', '30 * * * *'],
    ['daily', '30 7 * * *'],
    ['weekdays', '30 7 * * 1-5'],
    ['weekly', '30 7 * * 3'],
    ['monthly', '30 7 15 * *'],
  ] as const)('that is %s is %j, and that again', (rhythm, cron) => {
    const form = { ...firstSchedule, rhythm, time: '07:30', weekday: 3, day: 15 };
    expect(cronOf(form)).toBe(cron);
    expect(scheduleOf(cron).rhythm).toBe(rhythm);
    expect(cronOf(scheduleOf(cron))).toBe(cron);
  });

  it('is once where there is none', () => {
    expect(cronOf(firstSchedule)).toBeNull();
  });

  it.each(['*/5 * * * *', '0 9 1 1 *', '0 9 1 * 1', '0 25 * * *', '61 * * * *', '0 9,17 * * *'])(
    'such as %j is said as it is written',
    (cron) => {
      expect(scheduleOf(cron)).toMatchObject({ rhythm: 'cron', cron });
    },
  );

  it.each([
    ['0 9 * * *', true],
    ['*/15 9-17 * JAN-MAR MON,FRI', true],
    ['0 9 * *', false],
    ['0 9 * * * *', false],
    ['every day', false],
    ['0 9 * * ;', false],
  ])('%j has five fields: %j', (cron, expected) => {
    expect(isCron(cron)).toBe(expected);
  });

  it('is told in plain words, also where it was written as cron', () => {
    const cron = { ...firstSchedule, rhythm: 'cron' as const, cron: '30  7 * * 1-5' };
    const said = scheduleText(cron, 'Asia/Seoul', context);
    expect(said).toContain('Monday to Friday');
    expect(said).toContain('Asia/Seoul');
    const weekly = scheduleText(scheduleOf('0 9 * * 7'), 'UTC', context);
    expect(weekly).toContain('Sunday');
  });
});
