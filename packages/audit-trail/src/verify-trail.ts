import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type ChainPlace, chainStart, hashLine, parseLine } from './audit-line.ts';
import { dayPath, listDays, listSeals, sealPath } from './day-files.ts';
import { listExpiredRest } from './expired-days.ts';
import {
  type Head,
  headFileName,
  headSchema,
  readSigned,
  sealSchema,
  startFileName,
  startSchema,
} from './seals.ts';
import { wholeLines } from './whole-lines.ts';

export interface TrailProblem {
  /** The file's name, without its folder. */
  readonly file: string;
  /** From 1 up; `undefined` where it is about the whole file. */
  readonly line: number | undefined;
  readonly problem: string;
}

export interface TrailVerdict {
  readonly problems: readonly TrailProblem[];
  readonly lineCount: number;
  readonly firstDay: string | undefined;
  readonly lastDay: string | undefined;
  /** Give this to whoever should be able to say later that the trail has not changed since. */
  readonly last: ChainPlace;
}

/** Enough to see what happened; a file of noise must not fill the memory. */
const maximumProblemCount = 1_000;

/**
 * Reads the whole trail and tells every edit, gap, cut and forged seal. Reads each file once, in
 * bounded memory. It needs the seal key: whoever has that too could make a trail that verifies, but
 * for what is `expected`: places that were written down elsewhere.
 */
export async function verifyTrail(
  folder: string,
  key: Buffer,
  expected: readonly ChainPlace[] = [],
): Promise<TrailVerdict> {
  const problems: TrailProblem[] = [];
  const tell = (file: string, line: number | undefined, problem: string) => {
    if (problems.length < maximumProblemCount) problems.push({ file, line, problem });
  };
  // Read before the lines, so that a trail which is being written is never behind it.
  const head = await readHead(folder, key, tell);
  const rest = await listExpiredRest(folder, key);
  const days = (await listDays(folder)).filter((day) => !rest.includes(day));
  const start = await readSigned(join(folder, startFileName), startSchema, key);
  if (start.state === 'forged') tell(startFileName, undefined, 'its signature is not valid');
  const begin: ChainPlace = start.state === 'valid' ? start.content : chainStart;
  let place = begin;
  let lineCount = 0;
  for (const [index, day] of days.entries()) {
    const isLast = index === days.length - 1;
    const before = place;
    place = await verifyDay({ folder, day, key, isLast, place, head, expected, tell });
    lineCount += place.sequence - before.sequence;
  }
  for (const day of await listSeals(folder)) {
    if (!days.includes(day) && !rest.includes(day)) {
      tell(basename(sealPath(folder, day)), undefined, 'its day is missing');
    }
  }
  if (days.length === 0 && head?.sequence !== 0) tell(folder, undefined, 'there is no trail');
  if (head !== undefined) compareEnd(head, { place, file: headFileName, tell });
  for (const each of expected) {
    compareEnd(each, { place, file: folder, tell });
    if (each.sequence < begin.sequence) {
      tell(folder, undefined, `event ${each.sequence} is no longer kept and cannot be compared`);
    }
  }
  return { problems, lineCount, firstDay: days[0], lastDay: days.at(-1), last: place };
}

function compareEnd(
  expected: ChainPlace,
  { place, file, tell }: { place: ChainPlace; file: string; tell: Tell },
): void {
  const missing = expected.sequence - place.sequence;
  if (missing <= 0) return;
  tell(file, undefined, `the trail ends ${missing} lines before the last that was written`);
}

type Tell = (file: string, line: number | undefined, problem: string) => void;

async function readHead(folder: string, key: Buffer, tell: Tell): Promise<Head | undefined> {
  const head = await readSigned(join(folder, headFileName), headSchema, key);
  if (head.state === 'missing') tell(headFileName, undefined, 'it is missing');
  if (head.state === 'forged') tell(headFileName, undefined, 'its signature is not valid');
  return head.state === 'valid' ? head.content : undefined;
}

interface DayToVerify {
  readonly folder: string;
  readonly day: string;
  readonly key: Buffer;
  readonly isLast: boolean;
  readonly place: ChainPlace;
  readonly head: Head | undefined;
  readonly expected: readonly ChainPlace[];
  readonly tell: Tell;
}

async function verifyDay(toVerify: DayToVerify): Promise<ChainPlace> {
  const { folder, day, head, expected, tell } = toVerify;
  const file = `${day}.jsonl`;
  const written = head === undefined ? expected : [head, ...expected];
  let { place } = toVerify;
  let number = 0;
  let misdated: number | undefined;
  let hasClockEvent = false;
  const first = place.sequence + 1;
  for await (const { text, isWhole } of wholeLines(dayPath(folder, day))) {
    number += 1;
    if (!isWhole) {
      tell(file, number, 'the line is cut off');
      break;
    }
    const record = parseLine(text.toString('utf8'));
    const hash = hashLine(text);
    if (record === undefined) {
      tell(file, number, 'this is no line of a trail');
      place = { sequence: place.sequence + 1, hash };
      continue;
    }
    if (record.previous !== place.hash) {
      tell(
        file,
        number,
        'it does not follow from the line before: that one or this one was changed',
      );
    }
    if (record.sequence !== place.sequence + 1) {
      tell(file, number, `its number is ${record.sequence}, expected ${place.sequence + 1}`);
    }
    if (record.time.slice(0, 10) !== day) misdated ??= number;
    if (record.event === 'clock-set-back') hasClockEvent = true;
    if (record.event === 'trail-damaged') {
      const reason = String(record.fields.reason ?? '');
      tell(file, number, `the control plane found the trail damaged at this point: ${reason}`);
    }
    if (written.some((each) => each.sequence === record.sequence && each.hash !== hash)) {
      tell(file, number, 'it is not the line that was written under this number');
    }
    place = { sequence: record.sequence, hash };
  }
  // A clock that was set back says so in the same file, and the chain vouches for that.
  if (misdated !== undefined && !hasClockEvent) tell(file, misdated, 'its time is of another day');
  await verifySeal(toVerify, { first, place });
  return place;
}

async function verifySeal(
  { folder, day, key, isLast, tell }: DayToVerify,
  { first, place }: { readonly first: number; readonly place: ChainPlace },
): Promise<void> {
  const file = basename(sealPath(folder, day));
  const seal = await readSigned(sealPath(folder, day), sealSchema, key);
  if (seal.state === 'missing') {
    if (!isLast) tell(file, undefined, 'it is missing');
    return;
  }
  if (seal.state === 'forged') return tell(file, undefined, 'its signature is not valid');
  const { sizeBytes, lastHash, lastSequence, firstSequence } = seal.content;
  const { size } = await stat(dayPath(folder, day));
  const fits =
    seal.content.day === day &&
    size === sizeBytes &&
    lastHash === place.hash &&
    lastSequence === place.sequence &&
    firstSequence === first;
  if (!fits) tell(file, undefined, 'the day is not as it was sealed');
}
