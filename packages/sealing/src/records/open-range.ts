import { createSecretKey, type KeyObject } from 'node:crypto';
import { openRecord } from './open-record.ts';
import {
  batchRecordCount,
  checkHeader,
  headerBytes,
  recordBytes,
  recordCountOf,
  sealedRecordBytes,
  tagBytes,
} from './record-format.ts';
import { SealedDataError } from './sealed-data-error.ts';
import { sealedSize } from './sealed-size.ts';
import type { SealedSource } from './sealed-source.ts';

export interface OpenRangeOptions {
  readonly source: SealedSource;
  readonly dataKey: Buffer;
  /** Of the whole plaintext, as it was recorded elsewhere. */
  readonly sizeBytes: number;
  /** Default 0. */
  readonly start?: number;
  /** The first byte that is not wanted, as for `slice`. Default: to the end. */
  readonly end?: number;
  /** Once aborted, nothing more is released: for example because the key was disabled. */
  readonly signal?: AbortSignal;
}

/**
 * Plaintext in pieces of up to 1 MiB, none of them empty. INVARIANT: a piece is released only after each
 * of its records was verified; after damage nothing follows. Only the records that the range touches are
 * read, so a range before the end does not see the last record; the stored size is always checked.
 *
 * Whoever stops early must let the generator return before closing the source.
 *
 * @throws {SealedDataError} damage, another key, or a size that is not the recorded one
 * @throws {RangeError} a range outside the plaintext
 */
export async function* openRange(options: OpenRangeOptions): AsyncGenerator<Buffer, void, void> {
  const { source, sizeBytes, start = 0, end = sizeBytes, signal } = options;
  if (!(start >= 0 && start <= end && end <= sizeBytes)) {
    throw new RangeError(`Cannot open bytes "${start}-${end}": there are ${sizeBytes}`);
  }
  checkSize(source.sealedBytes, sizeBytes);
  const batches = planBatches({ sizeBytes, start, end });
  const key = createSecretKey(options.dataKey);
  const header = await readExactly(source, 0, headerBytes);
  checkHeader(header);
  const buffers = readingBuffers(batches);
  let reading = startReading(source, batches[0], buffers[0]);
  try {
    for (const [index, batch] of batches.entries()) {
      const sealed = await reading;
      signal?.throwIfAborted();
      // The next read runs while this batch is deciphered and consumed.
      reading = startReading(source, batches[index + 1], buffers[(index + 1) % 2]);
      const opened = openBatch({
        batch,
        sealed,
        header,
        key,
        recordCount: recordCountOf(sizeBytes),
      });
      const from = Math.max(0, start - batch.first * recordBytes);
      const piece = opened.subarray(from, end - batch.first * recordBytes);
      if (piece.length > 0) yield piece;
    }
  } finally {
    await reading.catch(() => undefined);
  }
}

/**
 * All of a small stream that is in memory, of one batch at most.
 *
 * @throws {SealedDataError} damage, another key, or a size that is not the recorded one
 */
export function openWhole(sealed: Buffer, dataKey: Buffer, sizeBytes: number): Buffer {
  if (sizeBytes > batchRecordCount * recordBytes) throw new RangeError('Cannot open it as one');
  checkSize(sealed.length, sizeBytes);
  const header = sealed.subarray(0, headerBytes);
  checkHeader(header);
  const [batch] = planBatches({ sizeBytes, start: 0, end: sizeBytes });
  if (batch === undefined) throw new RangeError('Cannot open nothing');
  const records = sealed.subarray(headerBytes);
  const key = createSecretKey(dataKey);
  return openBatch({ batch, sealed: records, header, key, recordCount: recordCountOf(sizeBytes) });
}

function checkSize(sealedBytes: number, sizeBytes: number): void {
  if (sealedBytes === sealedSize(sizeBytes)) return;
  throw new SealedDataError('Cannot open sealed data: its size is not the one it was sealed with');
}

/** Records from `first` to `last`, which lie side by side in the file. */
interface Batch {
  readonly first: number;
  readonly last: number;
  readonly offset: number;
  readonly sealedBytes: number;
}

/** At least one record is read and verified, so that an empty object is checked as well. */
function planBatches({ sizeBytes, start, end }: { sizeBytes: number; start: number; end: number }) {
  const finalRecord = recordCountOf(sizeBytes) - 1;
  const first = Math.min(Math.floor(start / recordBytes), finalRecord);
  const last = Math.max(first, Math.ceil(end / recordBytes) - 1);
  const batches: Batch[] = [];
  for (let at = first; at <= last; at += batchRecordCount) {
    const until = Math.min(at + batchRecordCount - 1, last);
    const offset = headerBytes + at * sealedRecordBytes;
    const sealedEnd =
      until === finalRecord ? sealedSize(sizeBytes) : headerBytes + (until + 1) * sealedRecordBytes;
    batches.push({ first: at, last: until, offset, sealedBytes: sealedEnd - offset });
  }
  return batches;
}

/** Two for all batches, one that is opened and one that is read into: new ones would wait for the garbage collector. */
function readingBuffers(batches: readonly Batch[]): (Buffer | undefined)[] {
  if (batches.length < 3) return [];
  const sizeBytes = batchRecordCount * sealedRecordBytes;
  return [Buffer.allocUnsafeSlow(sizeBytes), Buffer.allocUnsafeSlow(sizeBytes)];
}

function startReading(
  source: SealedSource,
  batch: Batch | undefined,
  into: Buffer | undefined,
): Promise<Buffer> {
  if (batch === undefined) return Promise.resolve(Buffer.alloc(0));
  const reading = readExactly(source, batch.offset, batch.sealedBytes, into);
  // It may fail while an earlier batch is still being consumed; whoever awaits it hears of it.
  reading.catch(() => undefined);
  return reading;
}

async function readExactly(
  source: SealedSource,
  offset: number,
  length: number,
  into?: Buffer,
): Promise<Buffer> {
  const bytes = await source.read(offset, length, into);
  if (bytes.length === length) return bytes;
  throw new SealedDataError('Cannot open sealed data: it ends before its last record');
}

interface BatchOpening {
  readonly batch: Batch;
  readonly sealed: Buffer;
  readonly header: Buffer;
  readonly key: KeyObject;
  readonly recordCount: number;
}

function openBatch({ batch, sealed, header, key, recordCount }: BatchOpening): Buffer {
  const count = batch.last - batch.first + 1;
  const opened = Buffer.allocUnsafeSlow(sealed.length - count * tagBytes);
  for (let index = 0; index < count; index += 1) {
    const record = sealed.subarray(index * sealedRecordBytes, (index + 1) * sealedRecordBytes);
    const position = batch.first + index;
    const isLast = position === recordCount - 1;
    opened.set(openRecord({ record, header, key, position, isLast }), index * recordBytes);
  }
  return opened;
}
