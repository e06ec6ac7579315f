import { cronOf, type Rhythm, rhythmOf } from '@strongroom/contracts/rhythm';
import type { TFunction } from 'i18next';

interface TextOptions {
  readonly t: TFunction;
  readonly language: string;
}

/** In plain words when it runs. */
export function rhythmText(rhythm: Rhythm, { t, language }: TextOptions): string {
  // What was written as cron is said in words where there are any.
  const said = rhythm.kind === 'cron' ? rhythmOf(cronOf(rhythm) ?? '') : rhythm;
  const { kind, time, weekday, day, cron } = said;
  return t(`jobs.rhythm.${kind}`, {
    ...{ cron, day, time: clockTime(time, language), weekday: weekdayName(weekday, language) },
    minute: Number(time.split(':')[1] ?? 0),
  });
}

export function weekdayName(weekday: number, language: string): string {
  // The fourth of January 1970 was a Sunday.
  const day = new Date(Date.UTC(1970, 0, 4 + weekday));
  return new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(day);
}

function clockTime(time: string, language: string): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const moment = new Date(Date.UTC(1970, 0, 1, hour, minute));
  return new Intl.DateTimeFormat(language, { timeStyle: 'short', timeZone: 'UTC' }).format(moment);
}
