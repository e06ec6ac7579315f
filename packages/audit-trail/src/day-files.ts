import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

const dayFileName = /^\d{4}-\d{2}-\d{2}\.jsonl$/;
const sealFileName = /^\d{4}-\d{2}-\d{2}\.seal$/;

/** The UTC day of a time. */
export function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}

export function dayAfter(day: string): string {
  return daysBefore(day, -1);
}

export function daysBefore(day: string, count: number): string {
  return dayOf(new Date(Date.parse(day) - count * 86_400_000));
}

export function dayPath(folder: string, day: string): string {
  return join(folder, `${day}.jsonl`);
}

export function sealPath(folder: string, day: string): string {
  return join(folder, `${day}.seal`);
}

/** Days that have a file, the first first. */
export async function listDays(folder: string): Promise<string[]> {
  return daysOf(await readdir(folder), dayFileName);
}

/** Days that have a seal, the first first. */
export async function listSeals(folder: string): Promise<string[]> {
  return daysOf(await readdir(folder), sealFileName);
}

function daysOf(names: readonly string[], pattern: RegExp): string[] {
  return names
    .filter((name) => pattern.test(name))
    .map((name) => name.slice(0, 10))
    .sort();
}
