/** When a job runs, as a person says it; `cron` is everything else. */
export type Rhythm = 'once' | 'hourly' | 'daily' | 'weekdays' | 'weekly' | 'monthly' | 'cron';

export interface ScheduleForm {
  readonly rhythm: Rhythm;
  /** `HH:MM`; of an hourly one the minute counts. */
  readonly time: string;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** 1 to 28: a day that every month has. */
  readonly day: number;
  readonly cron: string;
}

export const firstSchedule: ScheduleForm = {
  ...{ rhythm: 'once', time: '09:00', weekday: 1, day: 1 },
  cron: '0 9 * * *',
};

/** Five fields (POSIX crontab); null for a job that runs once. */
export function cronOf({ rhythm, time, weekday, day, cron }: ScheduleForm): string | null {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  switch (rhythm) {
    case 'once':
      return null;
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

const field = String.raw`(?:\*|[0-9A-Za-z]+(?:-[0-9A-Za-z]+)?)(?:\/\d+)?`;
const fields = new RegExp(`^(?:${field}(?:,${field})*)(?: (?:${field}(?:,${field})*)){4}$`);

/** Whether it looks like one; the platform reads it. */
export function isCron(cron: string): boolean {
  return fields.test(cron);
}

const simple = /^(\d{1,2}) (\d{1,2}|\*) (\d{1,2}|\*) \* (1-5|[0-7]|\*)$/;

/** What a person would have chosen for it; `cron` where none of the others says the same. */
export function scheduleOf(cron: string): ScheduleForm {
  const [, minute, hour, day, weekday] = simple.exec(cron) ?? [];
  const asItIs: ScheduleForm = { ...firstSchedule, rhythm: 'cron', cron };
  if (minute === undefined || hour === undefined || Number(minute) > 59) return asItIs;
  const isEveryDay = day === '*' && weekday === '*';
  if (hour === '*') {
    return isEveryDay ? { ...asItIs, rhythm: 'hourly', time: `00:${twoDigits(minute)}` } : asItIs;
  }
  if (Number(hour) > 23) return asItIs;
  const timed = { ...asItIs, time: `${twoDigits(hour)}:${twoDigits(minute)}` };
  if (isEveryDay) return { ...timed, rhythm: 'daily' };
  if (day === '*' && weekday === '1-5') return { ...timed, rhythm: 'weekdays' };
  if (day === '*') return { ...timed, rhythm: 'weekly', weekday: Number(weekday) % 7 };
  if (weekday !== '*') return asItIs;
  return { ...timed, rhythm: 'monthly', day: Number(day) };
}

function twoDigits(value: string): string {
  return value.padStart(2, '0');
}
