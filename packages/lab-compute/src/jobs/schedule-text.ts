import { cronOf, isCron, type Rhythm, rhythmOf } from '@strongroom/contracts/rhythm';
import type { ViewContext } from '../view-context.ts';

type Context = Pick<ViewContext, 'trans' | 'languageTag'>;

/** In plain words when it runs, before it is asked for. */
export function scheduleText(rhythm: Rhythm, timeZone: string, context: Context): string {
  const { trans } = context;
  const cron = cronOf(rhythm);
  if (cron === undefined) return trans.__('Runs once, now.');
  // What was written as cron is said in words where there are any.
  const said = rhythm.kind === 'cron' ? rhythmOf(cron) : rhythm;
  if (said.kind === 'cron') {
    return isCron(cron)
      ? trans.__('Runs whenever “%1” matches (%2).', cron, timeZone)
      : trans.__('A cron expression has five fields: minute, hour, day, month, weekday.');
  }
  return trans.__('%1 (time zone %2).', rhythmText(said, context), timeZone);
}

function rhythmText({ kind, time, weekday, day }: Rhythm, context: Context): string {
  const { trans, languageTag } = context;
  const clock = timeText(time, languageTag);
  switch (kind) {
    case 'hourly':
      return trans.__('Runs every hour, %1 minutes past', String(Number(time.split(':')[1] ?? 0)));
    case 'daily':
      return trans.__('Runs every day at %1', clock);
    case 'weekdays':
      return trans.__('Runs from Monday to Friday at %1', clock);
    case 'weekly':
      return trans.__('Runs every week on %1 at %2', weekdayText(weekday, languageTag), clock);
    case 'monthly':
      return trans.__('Runs every month on day %1 at %2', String(day), clock);
    case 'once':
    case 'cron':
      return '';
  }
}

export function weekdayText(weekday: number, languageTag: string): string {
  // The fourth of January 1970 was a Sunday.
  const day = new Date(Date.UTC(1970, 0, 4 + weekday));
  return new Intl.DateTimeFormat(languageTag, { weekday: 'long', timeZone: 'UTC' }).format(day);
}

function timeText(time: string, languageTag: string): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const moment = new Date(Date.UTC(1970, 0, 1, hour, minute));
  return new Intl.DateTimeFormat(languageTag, { timeStyle: 'short', timeZone: 'UTC' }).format(
    moment,
  );
}
