import { once, rhythmOf } from '@strongroom/contracts/rhythm';
import { describe, expect, it } from 'vitest';
import { trans } from '../testing/texts.ts';
import { scheduleText } from './schedule-text.ts';

const context = { trans, languageTag: 'en-US' };

describe('the text of a schedule', () => {
  it('is in plain words, also where it was written as cron', () => {
    const cron = { ...once, kind: 'cron' as const, cron: '30  7 * * 1-5' };
    const said = scheduleText(cron, 'Asia/Seoul', context);
    expect(said).toContain('Monday to Friday');
    expect(said).toContain('Asia/Seoul');
    const weekly = scheduleText(rhythmOf('0 9 * * 7'), 'UTC', context);
    expect(weekly).toContain('Sunday');
  });
});
