import { stat } from 'node:fs/promises';
import { dayPath, listDays } from './day-files.ts';

/** What a log of one file a day takes on the disk, and will. */
export interface LogSize {
  readonly sizeBytes: number;
  /** From the first day that is kept to the last, days without a file too. */
  readonly dayCount: number;
  /** Of the days that are over; of the current one where there is no other. */
  readonly bytesPerDay: number;
}

const dayMilliseconds = 86_400_000;

export async function measureLog(folder: string): Promise<LogSize> {
  const days = await listDays(folder);
  const sizes = await Promise.all(days.map(async (day) => (await stat(dayPath(folder, day))).size));
  const sum = (all: readonly number[]) => all.reduce((total, size) => total + size, 0);
  const sizeBytes = sum(sizes);
  const dayCount = spanOf(days);
  if (dayCount < 2) return { sizeBytes, dayCount, bytesPerDay: sizeBytes };
  // The current day is not whole yet.
  const bytesPerDay = Math.round(sum(sizes.slice(0, -1)) / (dayCount - 1));
  return { sizeBytes, dayCount, bytesPerDay };
}

function spanOf(days: readonly string[]): number {
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined) return 0;
  return Math.round((Date.parse(last) - Date.parse(first)) / dayMilliseconds) + 1;
}
