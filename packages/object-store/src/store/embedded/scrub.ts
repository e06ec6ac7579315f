import { type KeyCaller, openRange, sealedFile } from '@strongroom/sealing';
import { S3Error } from '../../s3-error.ts';
import { type KeyPlace, segmentKey } from './object-keys.ts';
import type { ObjectReader } from './object-reader.ts';
import type { StoreParts } from './parts.ts';
import { asStorageError } from './storage-errors.ts';
import { type UploadRow, uploadPlace } from './upload-rows.ts';
import type { SegmentRow, VersionRow } from './versions.ts';

export interface ScrubProgress {
  readonly checkedObjects: number;
  readonly checkedBytes: number;
  readonly totalBytes: number;
  readonly problemCount: number;
}

export interface ScrubProblem {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
  /** `damaged`: not what was written. `unverified`: its key cannot be used, so nobody can tell. */
  readonly state: 'damaged' | 'unverified';
  readonly message: string;
}

export interface ScrubResult {
  readonly checkedObjects: number;
  readonly checkedBytes: number;
  readonly problems: readonly ScrubProblem[];
}

export interface ScrubOptions {
  readonly caller: KeyCaller;
  readonly onProgress?: (progress: ScrubProgress) => void;
}

type Used = Pick<StoreParts, 'database' | 'buckets' | 'versions' | 'keys' | 'files' | 'box'>;

/** Opens every record of every version and of every part that waits, and names what does not open. */
export class Scrub {
  readonly #parts: Used;
  readonly #reader: ObjectReader;
  readonly #problems: ScrubProblem[] = [];
  #checkedObjects = 0;
  #checkedBytes = 0;

  constructor(parts: Used, reader: ObjectReader) {
    this.#parts = parts;
    this.#reader = reader;
  }

  async run(options: ScrubOptions): Promise<ScrubResult> {
    const totalBytes = this.#totalBytes();
    for (const bucket of this.#parts.buckets.list()) {
      for (const row of this.#versions(bucket.id)) {
        const place = placeOf(bucket.name, row);
        await this.#attempt(place, async () =>
          this.#checkVersion(bucket.name, row, options.caller),
        );
        this.#tell(options, totalBytes, row.size_bytes);
      }
      const uploads = this.#parts.database.all<UploadRow>(
        'select * from upload where bucket_id = ?',
        [bucket.id],
      );
      for (const row of uploads) {
        const key = Buffer.from(row.key).toString();
        const place = uploadPlace(bucket.name, key, row.upload_id);
        await this.#attempt(place, async () => this.#checkUpload(place, row, options.caller));
        this.#tell(options, totalBytes, 0);
      }
    }
    const { problems, checkedObjects, checkedBytes } = {
      ...{ problems: this.#problems, checkedObjects: this.#checkedObjects },
      checkedBytes: this.#checkedBytes,
    };
    return { problems, checkedObjects, checkedBytes };
  }

  async #checkVersion(name: string, row: VersionRow, caller: KeyCaller): Promise<void> {
    const bucket = this.#parts.buckets.find(name);
    this.#parts.versions.openMetadata(bucket, row);
    const range = { first: 0, last: row.size_bytes - 1 };
    const { stream } = await this.#reader.open({ bucket, row, range, caller });
    let sizeBytes = 0;
    for await (const piece of stream) sizeBytes += piece.length;
    if (sizeBytes !== row.size_bytes) {
      const message = `Cannot read "/${name}/${row.key}": it has ${sizeBytes} of ${row.size_bytes} bytes`;
      throw new S3Error('DataDamaged', message);
    }
  }

  async #checkUpload(place: KeyPlace, row: UploadRow, caller: KeyCaller): Promise<void> {
    this.#parts.box.open(Buffer.from(row.metadata), { ...place, sizeBytes: 0, etag: '' });
    const objectKey = await this.#parts.keys.open(Buffer.from(row.wrapped_key), place, caller);
    const sql = 'select * from segment where upload_row = ?';
    for (const segment of this.#parts.database.all<SegmentRow>(sql, [row.id])) {
      await this.#checkSegment(segment, objectKey);
    }
  }

  async #checkSegment(segment: SegmentRow, objectKey: Buffer): Promise<void> {
    if (segment.file_id === null) return;
    const dataKey = segmentKey(objectKey, Buffer.from(segment.salt), segment.part_number);
    const handle = await this.#parts.files.openForReading(segment.file_id);
    try {
      const source = await sealedFile(handle);
      for await (const _ of openRange({ source, dataKey, sizeBytes: segment.size_bytes }));
    } finally {
      await handle.close();
    }
  }

  async #attempt(place: KeyPlace, check: () => Promise<void>): Promise<void> {
    const { bucket, key, versionId } = place;
    try {
      await check();
    } catch (cause) {
      const error = asStorageError(cause, `/${bucket}/${key}`);
      // It may have been deleted since it was found.
      if (this.#isGone(place)) return;
      const isKeys = error instanceof S3Error && error.code !== 'DataDamaged';
      const message = error instanceof Error ? error.message : String(error);
      const state = isKeys ? 'unverified' : 'damaged';
      this.#problems.push({ bucket, key, versionId, state, message });
    }
  }

  #isGone({ bucket, key, versionId }: KeyPlace): boolean {
    const { id } = this.#parts.buckets.find(bucket);
    if (versionId.startsWith('upload:')) {
      const sql = 'select 1 from upload where upload_id = ?';
      return this.#parts.database.get(sql, [versionId.slice('upload:'.length)]) === undefined;
    }
    return this.#parts.versions.byVersionId(id, Buffer.from(key), versionId) === undefined;
  }

  *#versions(bucketId: number): Generator<VersionRow> {
    const sql = `select * from version
      where bucket_id = ? and is_delete_marker = 0 and id > ? order by id limit 200`;
    let after = 0;
    for (;;) {
      const rows = this.#parts.database.all<VersionRow>(sql, [bucketId, after]);
      yield* rows;
      const last = rows.at(-1);
      if (last === undefined) return;
      after = last.id;
    }
  }

  #totalBytes(): number {
    const sql = 'select coalesce(sum(size_bytes), 0) as bytes from version';
    return this.#parts.database.get<{ bytes: number }>(sql)?.bytes ?? 0;
  }

  #tell(options: ScrubOptions, totalBytes: number, sizeBytes: number): void {
    this.#checkedObjects += 1;
    this.#checkedBytes += sizeBytes;
    options.onProgress?.({
      ...{ checkedObjects: this.#checkedObjects, checkedBytes: this.#checkedBytes, totalBytes },
      problemCount: this.#problems.length,
    });
  }
}

function placeOf(bucket: string, row: VersionRow): KeyPlace {
  return { bucket, key: Buffer.from(row.key).toString(), versionId: row.version_id };
}
