import type { KeyCaller } from '@strongroom/sealing';
import { openRange, openWhole, sealedFile } from '@strongroom/sealing';
import { S3Error } from '../../s3-error.ts';
import { resolveRange, type ServedRange } from '../byte-range.ts';
import { checkReadConditions } from '../conditions.ts';
import type { GetObjectResult, HeadObjectResult, ReadObjectRequest } from '../object-requests.ts';
import type { Bucket } from './buckets.ts';
import { segmentKey } from './object-keys.ts';
import type { StoreParts } from './parts.ts';
import type { FilePin } from './sealed-files.ts';
import { asStorageError } from './storage-errors.ts';
import type { SegmentRow, VersionRow } from './versions.ts';

export interface ReadPlace {
  readonly bucket: Bucket;
  readonly row: VersionRow;
  readonly range: Pick<ServedRange, 'first' | 'last'>;
  readonly caller: KeyCaller;
}

export interface OpenedContent {
  readonly stream: AsyncIterable<Buffer>;
  readonly signal: AbortSignal;
}

type Used = Pick<StoreParts, 'buckets' | 'versions' | 'keys' | 'files'>;

export class ObjectReader {
  readonly #parts: Used;

  constructor(parts: Used) {
    this.#parts = parts;
  }

  head(request: ReadObjectRequest): HeadObjectResult {
    const { info, served } = this.#find(request);
    return { info, served };
  }

  async get(request: ReadObjectRequest): Promise<GetObjectResult> {
    const { bucket, row, info, served } = this.#find(request);
    const opened = await this.open({ bucket, row, range: served, caller: request.caller });
    return { info, served, ...opened };
  }

  /** INVARIANT: the files are pinned in the turn that found the row, so that no deletion comes between. */
  async open({ bucket, row, range, caller }: ReadPlace): Promise<OpenedContent> {
    const { files, keys } = this.#parts;
    const key = Buffer.from(row.key).toString();
    const resource = `/${bucket.name}/${key}`;
    const segments = this.#segments(row, resource);
    const signal = keys.followKey(row.key_arn);
    const pin = files.pin(segments.flatMap(({ file_id }) => file_id ?? []));
    const place = { bucket: bucket.name, key, versionId: row.version_id };
    try {
      const wrapped = Buffer.from(row.wrapped_key ?? []);
      const objectKey = await keys.open(wrapped, place, caller);
      signal.throwIfAborted();
      const reading = { segments, objectKey, range, signal, resource };
      return { stream: this.#stream(reading, pin), signal };
    } catch (error) {
      pin.end();
      throw error;
    }
  }

  #segments(row: VersionRow, resource: string): SegmentRow[] {
    try {
      return this.#parts.versions.segmentsOf(row);
    } catch (error) {
      throw asStorageError(error, resource);
    }
  }

  #find(request: ReadObjectRequest) {
    const { buckets, versions } = this.#parts;
    const bucket = buckets.find(request.bucket);
    const row = versions.require(bucket, request.key, request.versionId);
    const found = { etag: row.etag, lastModified: new Date(row.last_modified) };
    checkReadConditions(found, request.conditions);
    try {
      const info = versions.info(bucket, row, request.versionId === undefined ? true : undefined);
      const { partNumber } = request;
      const served =
        partNumber === undefined
          ? resolveRange(request.range, row.size_bytes)
          : partRange(partNumber, row, versions.segments(row.id));
      return { bucket, row, info, served };
    } catch (error) {
      throw asStorageError(error, `/${request.bucket}/${request.key}`);
    }
  }

  async *#stream(reading: Reading, pin: FilePin): AsyncGenerator<Buffer> {
    pin.begin();
    try {
      let offset = 0;
      for (const segment of reading.segments) {
        const isEmpty = segment.size_bytes === 0;
        const first = isEmpty ? 0 : Math.max(reading.range.first - offset, 0);
        const last = Math.min(reading.range.last - offset, segment.size_bytes - 1);
        // An empty object has an empty segment, whose seal is looked at too.
        if (last >= first || isEmpty) {
          yield* this.#segment(segment, {
            ...reading,
            range: { first, last: isEmpty ? -1 : last },
          });
        }
        offset += segment.size_bytes;
      }
    } catch (error) {
      throw asStorageError(error, reading.resource);
    } finally {
      reading.objectKey.fill(0);
      pin.end();
    }
  }

  async *#segment(segment: SegmentRow, reading: Reading): AsyncGenerator<Buffer> {
    const { range, objectKey, signal } = reading;
    const { size_bytes: sizeBytes, file_id: fileId, part_number, content } = segment;
    const dataKey = segmentKey(objectKey, Buffer.from(segment.salt), part_number);
    const [start, end] = [range.first, range.last + 1];
    signal.throwIfAborted();
    try {
      if (fileId === null) {
        const piece = openWhole(Buffer.from(content ?? []), dataKey, sizeBytes);
        if (end > start) yield piece.subarray(start, end);
      } else {
        yield* this.#sealedFile(fileId, { dataKey, sizeBytes, start, end, signal });
      }
    } finally {
      dataKey.fill(0);
    }
  }

  async *#sealedFile(
    fileId: string,
    options: Omit<Parameters<typeof openRange>[0], 'source'>,
  ): AsyncGenerator<Buffer> {
    const handle = await this.#parts.files.openForReading(fileId);
    try {
      const source = await sealedFile(handle);
      for await (const piece of openRange({ ...options, source })) {
        options.signal?.throwIfAborted();
        yield piece;
      }
    } finally {
      await handle.close();
    }
  }
}

interface Reading {
  readonly segments: readonly SegmentRow[];
  readonly objectKey: Buffer;
  readonly range: Pick<ServedRange, 'first' | 'last'>;
  readonly signal: AbortSignal;
  readonly resource: string;
}

function partRange(number: number, row: VersionRow, segments: readonly SegmentRow[]): ServedRange {
  const whole = { first: 0, last: row.size_bytes - 1, isPartial: true };
  if (row.has_parts === 0 && number === 1) return whole;
  let first = 0;
  for (const { part_number, size_bytes } of row.has_parts === 0 ? [] : segments) {
    if (part_number === number) return { first, last: first + size_bytes - 1, isPartial: true };
    first += size_bytes;
  }
  const message = 'The requested partnumber is not satisfiable';
  throw new S3Error('InvalidPartNumber', message, {
    details: { PartNumberRequested: String(number) },
  });
}
