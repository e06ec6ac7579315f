import { S3Error } from '../../s3-error.ts';
import type { ChecksumAlgorithm, ChecksumType } from '../object-info.ts';
import type { MultipartChecksum } from '../object-requests.ts';
import type { KeyPlace } from './object-keys.ts';
import type { Sqlite } from './sqlite.ts';
import type { SegmentRow } from './versions.ts';

export interface UploadRow {
  readonly id: number;
  readonly upload_id: string;
  readonly bucket_id: number;
  readonly key: Buffer;
  readonly initiated_at: number;
  readonly initiator: string;
  readonly checksum_algorithm: ChecksumAlgorithm | null;
  readonly checksum_type: ChecksumType | null;
  readonly retain_until: number | null;
  readonly key_arn: string;
  readonly has_bucket_key: number;
  readonly wrapped_key: Buffer;
  readonly tag_count: number;
  readonly metadata: Buffer;
}

export interface CompletedRow {
  readonly parts: string;
  readonly result: string;
}

export interface UploadName {
  readonly bucketId: number;
  readonly key: string;
  readonly uploadId: string;
}

/** The rows of unfinished uploads and of those that were completed lately. */
export class UploadRows {
  readonly #database: Sqlite;

  constructor(database: Sqlite) {
    this.#database = database;
  }

  find({ bucketId, key, uploadId }: UploadName): UploadRow | undefined {
    const sql = 'select * from upload where upload_id = ? and bucket_id = ? and key = ?';
    return this.#database.get<UploadRow>(sql, [uploadId, bucketId, Buffer.from(key)]);
  }

  /** @throws {S3Error} `NoSuchUpload` */
  require(name: UploadName): UploadRow {
    const row = this.find(name);
    if (row !== undefined) return row;
    throw new S3Error(
      'NoSuchUpload',
      'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
      { details: { UploadId: name.uploadId } },
    );
  }

  insert(row: Omit<UploadRow, 'id'>): void {
    this.#database.run(
      `insert into upload (upload_id, bucket_id, key, initiated_at, initiator, checksum_algorithm,
       checksum_type, retain_until, key_arn, has_bucket_key, wrapped_key, tag_count, metadata)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        ...[row.upload_id, row.bucket_id, row.key, row.initiated_at, row.initiator],
        ...[row.checksum_algorithm, row.checksum_type, row.retain_until, row.key_arn],
        ...[row.has_bucket_key, row.wrapped_key, row.tag_count, row.metadata],
      ],
    );
  }

  /** Without their content, which may be in memory. */
  segments(uploadRow: number): Omit<SegmentRow, 'salt' | 'content'>[] {
    const sql = `select id, part_number, last_modified, size_bytes, etag, checksum, file_id
      from segment where upload_row = ? order by part_number`;
    return this.#database.all(sql, [uploadRow]);
  }

  removeSegment(id: number): void {
    this.#database.run('delete from segment where id = ?', [id]);
  }

  giveSegment(id: number, versionRow: number): void {
    const sql = 'update segment set version_row = ?, upload_row = null where id = ?';
    this.#database.run(sql, [versionRow, id]);
  }

  /** With the parts that it still has. @returns their files and how many bytes they were. */
  remove(row: UploadRow): { readonly files: string[]; readonly sizeBytes: number } {
    const segments = this.segments(row.id);
    this.#database.run('delete from segment where upload_row = ?', [row.id]);
    this.#database.run('delete from upload where id = ?', [row.id]);
    return {
      files: segments.flatMap(({ file_id }) => file_id ?? []),
      sizeBytes: segments.reduce((sum, { size_bytes }) => sum + size_bytes, 0),
    };
  }

  completed({ bucketId, key, uploadId }: UploadName): CompletedRow | undefined {
    const sql = `select parts, result from completed_upload
      where upload_id = ? and bucket_id = ? and key = ?`;
    return this.#database.get<CompletedRow>(sql, [uploadId, bucketId, Buffer.from(key)]);
  }

  remember(name: UploadName, completed: CompletedRow, completedAt: Date): void {
    this.#database.run(
      `insert into completed_upload (upload_id, bucket_id, key, parts, result, completed_at)
       values (?, ?, ?, ?, ?, ?)`,
      [
        ...[name.uploadId, name.bucketId, Buffer.from(name.key), completed.parts],
        ...[completed.result, completedAt.getTime()],
      ],
    );
  }

  forgetCompletedBefore(time: Date): void {
    this.#database.run('delete from completed_upload where completed_at < ?', [time.getTime()]);
  }
}

export function uploadChecksum(row: UploadRow): MultipartChecksum | undefined {
  const { checksum_algorithm: algorithm, checksum_type: type } = row;
  return algorithm === null || type === null ? undefined : { algorithm, type };
}

/** What the upload's key is bound to until a version takes it over. */
export function uploadPlace(bucket: string, key: string, uploadId: string): KeyPlace {
  return { bucket, key, versionId: `upload:${uploadId}` };
}
