import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type AuditEvent, type ChainPlace, chainStart, hashLine, parseLine } from './audit-line.ts';
import { dayPath, listDays } from './day-files.ts';
import { linesBackward } from './lines-backward.ts';
import { headFileName, headSchema, readSigned } from './seals.ts';
import type { TrailAnchor } from './trail-anchor.ts';

/** What a trail is found to be when it is opened. */
export interface Opening {
  /** Where the chain goes on. */
  readonly place: ChainPlace;
  readonly lastDay: string | undefined;
  readonly lastTime: Date | undefined;
  /** To be written before anything else. */
  readonly events: readonly AuditEvent[];
}

interface FoundEnd {
  readonly place: ChainPlace;
  readonly time: Date | undefined;
}

/** A head lags by a second of events; more than that many were not written in one. */
const maximumLookedAt = 100_000;

/**
 * Compares what lies in the folder with what was written down about it. INVARIANT: a missing or
 * forged head counts as damage wherever there are days, since a head is written before the first
 * line; what was written once and is gone stays missing, for the chain goes on behind the hole.
 */
export async function judgeOpening(
  folder: string,
  key: Buffer,
  anchor: TrailAnchor | undefined,
): Promise<Opening> {
  const days = await listDays(folder);
  const lastDay = days.at(-1);
  const cutBytes = lastDay === undefined ? 0 : await cutHalfLine(dayPath(folder, lastDay));
  const { place: found, time } = await findEnd(folder, days);
  const head = await readSigned(join(folder, headFileName), headSchema, key);
  const anchored = await anchor?.read();
  const events: AuditEvent[] = [];
  const damaged = (fields: object) =>
    events.push({ event: 'trail-damaged', fields: { ...fields } });
  if (cutBytes > 0) events.push({ event: 'trail-repaired', fields: { cutBytes } });
  if (head.state === 'forged') damaged({ reason: 'head-forged' });
  if (head.state === 'missing' && days.length > 0) damaged({ reason: 'head-missing' });

  let place = found;
  const known = [
    { by: 'head', place: head.state === 'valid' ? head.content : undefined },
    { by: 'anchor', place: anchored },
  ];
  for (const { by, place: expected } of known) {
    if (expected === undefined) continue;
    const fields = { by, expected: expected.sequence, found: found.sequence };
    if (expected.sequence > found.sequence) damaged({ reason: 'end-missing', ...fields });
    else if (!(await holdsLine(folder, days, expected)))
      damaged({ reason: 'line-changed', ...fields });
    if (expected.sequence > place.sequence) place = expected;
  }
  return { place, lastDay, lastTime: time, events };
}

/** A last line that a crash cut off was never answered for; it is taken away. */
async function cutHalfLine(path: string): Promise<number> {
  const { size } = await stat(path);
  let whole = 0;
  for await (const { text, offset } of linesBackward(path)) {
    const end = offset + Buffer.byteLength(text) + 1;
    whole = end <= size ? end : offset;
    break;
  }
  if (whole === size) return 0;
  const file = await open(path, 'r+');
  try {
    await file.truncate(whole);
    await file.datasync();
  } finally {
    await file.close();
  }
  return size - whole;
}

async function findEnd(folder: string, days: readonly string[]): Promise<FoundEnd> {
  for await (const text of textsBackward(folder, days)) {
    const record = parseLine(text);
    const place = { sequence: record?.sequence ?? 0, hash: hashLine(text) };
    return { place, time: record === undefined ? undefined : new Date(record.time) };
  }
  return { place: chainStart, time: undefined };
}

/** Whether the line of that number is the one that was written; true where it is no longer kept. */
async function holdsLine(
  folder: string,
  days: readonly string[],
  expected: ChainPlace,
): Promise<boolean> {
  let count = 0;
  for await (const text of textsBackward(folder, days)) {
    const sequence = parseLine(text)?.sequence;
    if (sequence === expected.sequence) return hashLine(text) === expected.hash;
    count += 1;
    if (count > maximumLookedAt || (sequence ?? Number.MAX_VALUE) < expected.sequence) return true;
  }
  return true;
}

async function* textsBackward(folder: string, days: readonly string[]): AsyncGenerator<string> {
  for (const day of [...days].reverse()) {
    for await (const { text } of linesBackward(dayPath(folder, day))) yield text;
  }
}
