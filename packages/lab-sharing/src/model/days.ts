const dayMilliseconds = 24 * 60 * 60 * 1000;

/** `yyyy-mm-dd` where the person is, as `<input type="date">` has it. */
export function dayAfter(now: Date, days: number): string {
  // By the calendar: a day is not always 24 hours.
  return dayOf(new Date(now.getFullYear(), now.getMonth(), now.getDate() + days));
}

export function dayOf(date: Date): string {
  const year = String(date.getFullYear()).padStart(4, '0');
  const month = String(date.getMonth() + 1).padStart(2, '0');
  return `${year}-${month}-${String(date.getDate()).padStart(2, '0')}`;
}

/** The end of that day where the person is, but no later than may be; null where it is no day to come. */
export function endOfDay(day: string, latest: Date, now: Date): string | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)?.slice(1).map(Number);
  if (parts === undefined) return null;
  const [year = 0, month = 0, date = 0] = parts;
  const end = new Date(year, month - 1, date, 23, 59, 59, 999);
  const isDay = end.getMonth() === month - 1 && end.getDate() === date;
  if (!isDay || end <= now || dayOf(end) > dayOf(latest)) return null;
  return new Date(Math.min(end.getTime(), latest.getTime())).toISOString();
}

/** What a domain allows, from now. */
export function latestAfter(now: Date, maximumDays: number): Date {
  return new Date(now.getTime() + maximumDays * dayMilliseconds);
}
