import { type FileHandle, mkdir, open, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type AuditEvent, type ChainPlace, hashLine, parseLine, writeLine } from './audit-line.ts';
import { dayAfter, dayOf, dayPath, listDays, sealPath } from './day-files.ts';
import { findExpired, removeExpired, removeExpiredRest } from './expired-days.ts';
import { HeadWriter } from './head-writer.ts';
import { judgeOpening, type Opening } from './judge-opening.ts';
import { headFileName, type Seal, writeSigned } from './seals.ts';
import type { TrailAnchor } from './trail-anchor.ts';
import { syncFolder, writeWhole } from './whole-file.ts';
import { wholeLines } from './whole-lines.ts';

export interface AuditTrailOptions {
  /** Made where it is not there, for its owner alone. */
  readonly folder: string;
  /** 256 secret bits that are kept elsewhere. */
  readonly key: Buffer;
  readonly now: () => Date;
  readonly anchor?: TrailAnchor;
}

/** Nothing was written: whatever it was about must not be done. */
export class AuditUnavailableError extends Error {
  override readonly name = 'AuditUnavailableError';
  readonly code = 'AuditUnavailable';
}

interface Waiting {
  readonly event: AuditEvent;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** One write and one sync serve this many at most. */
const maximumBatchCount = 1_000;
/** Machines correct their clocks by less than that all the time. */
const clockToleranceMilliseconds = 60_000;

/**
 * A hash-chained record of what happened: JSON lines, a file a day. INVARIANT: `append` resolves only
 * when its line is on the disk; where that fails, nothing of it is in the file.
 */
export class AuditTrail {
  readonly #options: AuditTrailOptions;
  readonly #head: HeadWriter;
  #place: ChainPlace;
  #day: string;
  /** Of the last line. */
  #lastTime: Date | undefined;
  #file: FileHandle | undefined;
  /** Of the whole lines; more lies in the file only where it could not be taken back. */
  #sizeBytes = 0;
  #hasRubbish = false;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  #isClosed = false;

  private constructor(options: AuditTrailOptions, { place, lastDay, lastTime }: Opening) {
    const { folder, key, now, anchor } = options;
    this.#options = options;
    this.#place = place;
    this.#day = lastDay ?? dayOf(now());
    this.#lastTime = lastTime;
    this.#head = new HeadWriter(async (reached) => {
      await writeSigned(join(folder, headFileName), reached, key);
      await anchor?.write(reached);
    });
  }

  /** Goes on where the trail stands; what is wrong with it is written down first. */
  static async open(options: AuditTrailOptions): Promise<AuditTrail> {
    const { folder, key, anchor } = options;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const opening = await judgeOpening(folder, key, anchor);
    const trail = new AuditTrail(options, opening);
    await Promise.all(opening.events.map((event) => trail.append(event)));
    // Before the first line: from then on a missing head is evidence.
    trail.#head.reached(trail.#place);
    await trail.#head.flush();
    return trail;
  }

  /** Where the chain stands. */
  get last(): ChainPlace {
    return this.#place;
  }

  /** Resolves when the event is on the disk. @throws {AuditUnavailableError} */
  append(event: AuditEvent): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) return reject(new AuditUnavailableError('The audit trail is closed'));
      this.#waiting.push({ event, resolve, reject });
      this.#writing ??= this.#writeAll();
    });
  }

  /** Whole days older than that are deleted, after that is written down; answers which. */
  async deleteExpired(retentionDays: number): Promise<readonly string[]> {
    const { folder, key, now } = this.#options;
    await removeExpiredRest(folder, key);
    const expired = await findExpired({
      ...{ folder, key, retentionDays, currentDay: this.#day, now: now() },
    });
    if (expired.length === 0) return [];
    const days = expired.map(({ day }) => day);
    await this.append({ event: 'trail-expired', fields: { days } });
    await removeExpired(folder, key, expired);
    return days;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#writing;
    await this.#head.flush().catch(() => undefined);
    await this.#file?.close();
    this.#file = undefined;
  }

  async #writeAll(): Promise<void> {
    // Whoever comes in the same turn shares the write.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, maximumBatchCount);
      try {
        await this.#write(batch.map(({ event }) => event));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        const refused = new AuditUnavailableError('Cannot write the audit trail', { cause: error });
        for (const { reject } of batch) reject(refused);
      }
    }
    // In the same turn as the last look at who waits, so that nobody who comes now is overlooked.
    this.#writing = undefined;
  }

  async #write(asked: readonly AuditEvent[]): Promise<void> {
    const time = this.#options.now();
    const events = [...this.#clockEvents(time), ...asked];
    const file = await this.#openDay(dayOf(time));
    let place = this.#place;
    let text = '';
    for (const event of events) {
      const line = writeLine(event, place, time);
      place = { sequence: place.sequence + 1, hash: hashLine(line) };
      text += `${line}\n`;
    }
    const bytes = Buffer.from(text);
    try {
      await writeWhole(file, bytes, this.#sizeBytes);
      await file.datasync();
    } catch (error) {
      this.#hasRubbish = true;
      await this.#takeBack(file).catch(() => undefined);
      throw error;
    }
    this.#sizeBytes += bytes.length;
    this.#place = place;
    this.#lastTime = time;
    this.#head.reached(place);
  }

  /** Times before this line and after it cannot be compared: that belongs into the evidence. */
  #clockEvents(time: Date): AuditEvent[] {
    const last = this.#lastTime;
    if (last === undefined) return [];
    const isFarBack = time.getTime() < last.getTime() - clockToleranceMilliseconds;
    const isOverMidnight = dayOf(time) < this.#day && dayOf(last) >= this.#day;
    if (!isFarBack && !isOverMidnight) return [];
    return [{ event: 'clock-set-back', fields: { from: last.toISOString() } }];
  }

  /** INVARIANT: nothing is written behind a part of a line. */
  async #takeBack(file: FileHandle): Promise<void> {
    if (!this.#hasRubbish) return;
    await file.truncate(this.#sizeBytes);
    this.#hasRubbish = false;
  }

  async #openDay(today: string): Promise<FileHandle> {
    const { folder } = this.#options;
    if (this.#file !== undefined) await this.#takeBack(this.#file);
    if (today > this.#day) await this.#leaveDay(today);
    else if (dayAfter(today) < this.#day) await this.#renameDay(today);
    // A clock that was set back over midnight does not reopen the day before.
    if (this.#file !== undefined) return this.#file;
    const file = await open(dayPath(folder, this.#day), 'a+', 0o600);
    this.#sizeBytes = (await file.stat()).size;
    this.#file = file;
    await syncFolder(folder);
    return file;
  }

  async #leaveDay(today: string): Promise<void> {
    await this.#sealDay();
    await this.#closeFile();
    this.#day = today;
  }

  /** A clock that was far ahead for a while must not pin what follows to a day to come. */
  async #renameDay(today: string): Promise<void> {
    const { folder } = this.#options;
    const days = await listDays(folder);
    const before = days.filter((day) => day < this.#day).at(-1);
    const day = before !== undefined && dayAfter(before) > today ? dayAfter(before) : today;
    if (day >= this.#day) return;
    await this.#closeFile();
    if (days.includes(this.#day)) await rename(dayPath(folder, this.#day), dayPath(folder, day));
    this.#day = day;
  }

  async #closeFile(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
  }

  async #sealDay(): Promise<void> {
    const { folder, key } = this.#options;
    const path = dayPath(folder, this.#day);
    if (!(await listDays(folder)).includes(this.#day)) return;
    const first = await firstSequence(path);
    if (first === undefined) return;
    const { size } = await stat(path);
    const seal: Seal = {
      ...{ day: this.#day, firstSequence: first, lastSequence: this.#place.sequence },
      ...{ lastHash: this.#place.hash, sizeBytes: size },
    };
    await writeSigned(sealPath(folder, this.#day), seal, key);
  }
}

async function firstSequence(path: string): Promise<number | undefined> {
  for await (const { text } of wholeLines(path)) return parseLine(text.toString('utf8'))?.sequence;
  return undefined;
}
