/**
 * When a job runs, as a person says it, and the expression for it. The console and Lab both write and
 * read schedules by it. It stands apart from `index.ts` because Lab's first page carries no schemas.
 */

/** `cron` is everything that none of the others says. */
export type RhythmKind = 'once' | 'hourly' | 'daily' | 'weekdays' | 'weekly' | 'monthly' | 'cron';

export interface Rhythm {
  readonly kind: RhythmKind;
  /** `HH:MM`; of an hourly one the minute counts. */
  readonly time: string;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** One of `monthDays`. */
  readonly day: number;
  readonly cron: string;
}

export const once: Rhythm = {
  ...{ kind: 'once', time: '09:00', weekday: 1, day: 1 },
  cron: '0 9 * * *',
};

/** In the order in which a person chooses among them. */
export const weekdays: readonly number[] = [1, 2, 3, 4, 5, 6, 0];

/** Days that every month has. */
export const monthDays: readonly number[] = Array.from({ length: 28 }, (_, index) => index + 1);

/** Five fields (POSIX crontab); undefined for what runs once. */
export function cronOf({ kind, time, weekday, day, cron }: Rhythm): string | undefined {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  switch (kind) {
    case 'once':
      return undefined;
    case 'hourly':
      return `${minute} * * * *`;
    case 'daily':
      return `${minute} ${hour} * * *`;
    case 'weekdays':
      return `${minute} ${hour} * * 1-5`;
    case 'weekly':
      return `${minute} ${hour} * * ${weekday}`;
    case 'monthly':
      return `${minute} ${hour} ${day} * *`;
    case 'cron':
      return cron.trim().replaceAll(/\s+/g, ' ');
  }
}

const plain = /^(\d{1,2}) (\d{1,2}|\*) (\d{1,2}|\*) \* (1-5|[0-7]|\*)$/;

/** What a person would have chosen for it; `cron` where none of the others says the same. */
export function rhythmOf(cron: string): Rhythm {
  const asItIs: Rhythm = { ...once, kind: 'cron', cron };
  const [, minute = '60', hour = '24', day, weekday] = plain.exec(cron) ?? [];
  if (Number(minute) > 59 || Number(hour === '*' ? 0 : hour) > 23) return asItIs;
  const isEveryDay = day === '*' && weekday === '*';
  if (hour === '*') {
    return isEveryDay ? { ...asItIs, kind: 'hourly', time: `00:${twoDigits(minute)}` } : asItIs;
  }
  const timed = { ...asItIs, time: `${twoDigits(hour)}:${twoDigits(minute)}` };
  if (isEveryDay) return { ...timed, kind: 'daily' };
  if (day === '*' && weekday === '1-5') return { ...timed, kind: 'weekdays' };
  if (day === '*') return { ...timed, kind: 'weekly', weekday: Number(weekday) % 7 };
  // With a day and a weekday crontab runs on either, which none of these says.
  const isMonthly = weekday === '*' && monthDays.includes(Number(day));
  return isMonthly ? { ...timed, kind: 'monthly', day: Number(day) } : asItIs;
}

const field = String.raw`(?:\*|[0-9A-Za-z]+(?:-[0-9A-Za-z]+)?)(?:\/\d+)?`;
const fields = new RegExp(`^(?:${field}(?:,${field})*)(?: (?:${field}(?:,${field})*)){4}$`);

/** Whether it looks like one; the platform reads it. */
export function isCron(cron: string): boolean {
  return fields.test(cron);
}

function twoDigits(value: string): string {
  return value.padStart(2, '0');
}
