import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  dayAfter,
  dayOf,
  dayPath,
  daysBefore,
  listDays,
  listSeals,
  sealPath,
} from './day-files.ts';
import {
  readSigned,
  type Seal,
  sealSchema,
  startFileName,
  startSchema,
  writeSigned,
} from './seals.ts';

export interface ExpiryQuestion {
  readonly folder: string;
  readonly key: Buffer;
  /** The day that is written to now. */
  readonly currentDay: string;
  readonly now: Date;
  readonly retentionDays: number;
}

/**
 * Sealed days that were kept long enough, the first first; up to the first whose seal does not hold,
 * which is evidence of something and stays. The clock is believed only as far as the day after the
 * last one that is over: one that is far ahead must not cost what has to be kept.
 */
export async function findExpired(question: ExpiryQuestion): Promise<Seal[]> {
  const { folder, key, currentDay, now, retentionDays } = question;
  const days = await listDays(folder);
  const lastOver = days.filter((day) => day < currentDay).at(-1);
  const today = dayOf(now);
  const believed =
    lastOver !== undefined && dayAfter(lastOver) < today ? dayAfter(lastOver) : today;
  const oldest = daysBefore(believed, retentionDays);
  const expired: Seal[] = [];
  for (const day of days) {
    if (day >= oldest || day >= currentDay) break;
    const seal = await readSigned(sealPath(folder, day), sealSchema, key);
    if (seal.state !== 'valid') break;
    expired.push(seal.content);
  }
  return expired;
}

/** Where the trail begins is written first, so that a crash leaves what `removeExpiredRest` knows. */
export async function removeExpired(folder: string, key: Buffer, seals: readonly Seal[]) {
  const last = seals.at(-1);
  if (last === undefined) return;
  const start = { sequence: last.lastSequence, hash: last.lastHash };
  await writeSigned(join(folder, startFileName), start, key);
  for (const { day } of seals) {
    await rm(dayPath(folder, day), { force: true });
    await rm(sealPath(folder, day), { force: true });
  }
}

/** What a crash in the middle of `removeExpired` left. */
export async function removeExpiredRest(folder: string, key: Buffer): Promise<void> {
  for (const day of await listExpiredRest(folder, key)) {
    await rm(dayPath(folder, day), { force: true });
    await rm(sealPath(folder, day), { force: true });
  }
}

/** Days whose valid seal ends where the trail begins, or before. */
export async function listExpiredRest(folder: string, key: Buffer): Promise<string[]> {
  const start = await readSigned(join(folder, startFileName), startSchema, key);
  if (start.state !== 'valid') return [];
  const rest: string[] = [];
  for (const day of await listSeals(folder)) {
    const seal = await readSigned(sealPath(folder, day), sealSchema, key);
    if (seal.state !== 'valid' || seal.content.lastSequence > start.content.sequence) break;
    rest.push(day);
  }
  return rest;
}
