import { type FileHandle, mkdir, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type AuditEvent,
  type ChainPlace,
  chainStart,
  hashLine,
  parseLine,
  writeLine,
} from './audit-line.ts';
import { dayOf, dayPath, listDays, sealPath } from './day-files.ts';
import { linesBackward } from './lines-backward.ts';
import {
  headFileName,
  headSchema,
  readSigned,
  type Seal,
  sealSchema,
  startFileName,
  writeSigned,
} from './seals.ts';
import { wholeLines } from './whole-lines.ts';

export interface AuditTrailOptions {
  /** Made where it is not there, for its owner alone. */
  readonly folder: string;
  /** 256 secret bits that are kept elsewhere. */
  readonly key: Buffer;
  readonly now: () => Date;
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

const headMilliseconds = 1_000;
/** One write and one sync serve this many at most. */
const maximumBatchCount = 1_000;

/**
 * A hash-chained record of what happened: JSON lines, a file a day. INVARIANT: `append` resolves only
 * when its line is on the disk; where that fails, nothing of it is in the file.
 */
export class AuditTrail {
  readonly #options: AuditTrailOptions;
  #place: ChainPlace;
  #day: string;
  #file: FileHandle | undefined;
  #sizeBytes = 0;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  #headWrittenAt = 0;
  #isClosed = false;

  private constructor(options: AuditTrailOptions, place: ChainPlace, day: string) {
    this.#options = options;
    this.#place = place;
    this.#day = day;
  }

  /**
   * Goes on where the trail stands. A last line that a crash cut off was never answered for; it is
   * taken away, and that is written down.
   */
  static async open(options: AuditTrailOptions): Promise<AuditTrail> {
    const { folder, key, now } = options;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const days = await listDays(folder);
    const lastDay = days.at(-1);
    const cutBytes = lastDay === undefined ? 0 : await cutHalfLine(dayPath(folder, lastDay));
    const found = await lastPlace(folder, days);
    const head = await readSigned(join(folder, headFileName), headSchema, key);
    // What was written once and is gone stays missing: the chain goes on behind the hole.
    const isHeadAhead = head.state === 'valid' && head.content.sequence > found.sequence;
    const place = isHeadAhead ? head.content : found;
    const trail = new AuditTrail(options, place, lastDay ?? dayOf(now()));
    if (cutBytes > 0) await trail.append({ event: 'trail-repaired', fields: { cutBytes } });
    if (isHeadAhead) {
      const fields = { expected: head.content.sequence, found: found.sequence };
      await trail.append({ event: 'trail-damaged', fields });
    }
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

  /** Whole days older than that are deleted, and where the trail begins now is written down and signed. */
  async deleteExpired(retentionDays: number): Promise<readonly string[]> {
    const { folder, key, now } = this.#options;
    const oldest = dayOf(new Date(now().getTime() - retentionDays * 86_400_000));
    const expired = (await listDays(folder)).filter((day) => day < oldest && day !== this.#day);
    for (const day of expired) {
      const seal = await readSigned(sealPath(folder, day), sealSchema, key);
      // A day whose seal does not hold is evidence of something; it stays.
      if (seal.state !== 'valid') return [];
      const start = { sequence: seal.content.lastSequence, hash: seal.content.lastHash };
      await writeSigned(join(folder, startFileName), start, key);
      await rm(dayPath(folder, day));
      await rm(sealPath(folder, day));
    }
    if (expired.length > 0)
      await this.append({ event: 'trail-expired', fields: { days: expired } });
    return expired;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#writing;
    await this.#writeHead().catch(() => undefined);
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

  async #write(events: readonly AuditEvent[]): Promise<void> {
    const time = this.#options.now();
    await this.#openDay(dayOf(time));
    let place = this.#place;
    let text = '';
    for (const event of events) {
      const line = writeLine(event, place, time);
      place = { sequence: place.sequence + 1, hash: hashLine(line) };
      text += `${line}\n`;
    }
    const bytes = Buffer.from(text);
    const file = this.#file as FileHandle;
    try {
      await writeWhole(file, bytes, this.#sizeBytes);
      await file.datasync();
    } catch (error) {
      await this.#takeBack(file);
      throw error;
    }
    this.#sizeBytes += bytes.length;
    this.#place = place;
    if (performance.now() - this.#headWrittenAt > headMilliseconds) {
      // It may lag behind, so its failure harms nobody.
      await this.#writeHead().catch(() => undefined);
    }
  }

  /** A file that cannot be shortened is opened anew, and its end judged, at the next attempt. */
  async #takeBack(file: FileHandle): Promise<void> {
    try {
      await file.truncate(this.#sizeBytes);
    } catch {
      await file.close().catch(() => undefined);
      this.#file = undefined;
    }
  }

  async #openDay(today: string): Promise<void> {
    const { folder } = this.#options;
    // A clock that was set back does not reopen a day.
    const day = today > this.#day ? today : this.#day;
    if (this.#file !== undefined && day === this.#day) return;
    if (day !== this.#day) await this.#sealDay();
    await this.#file?.close();
    this.#file = undefined;
    const file = await open(dayPath(folder, day), 'a+', 0o600);
    const { size } = await file.stat();
    this.#file = file;
    this.#sizeBytes = size;
    this.#day = day;
    await syncFolder(folder);
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

  async #writeHead(): Promise<void> {
    const { folder, key } = this.#options;
    this.#headWrittenAt = performance.now();
    await writeSigned(join(folder, headFileName), this.#place, key);
  }
}

async function writeWhole(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, at, bytes.length - at, position + at);
    at += bytesWritten;
  }
}

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

async function lastPlace(folder: string, days: readonly string[]): Promise<ChainPlace> {
  for (const day of [...days].reverse()) {
    for await (const { text } of linesBackward(dayPath(folder, day))) {
      const record = parseLine(text);
      return { sequence: record?.sequence ?? 0, hash: hashLine(text) };
    }
  }
  return chainStart;
}

async function firstSequence(path: string): Promise<number | undefined> {
  for await (const { text } of wholeLines(path)) return parseLine(text.toString('utf8'))?.sequence;
  return undefined;
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
