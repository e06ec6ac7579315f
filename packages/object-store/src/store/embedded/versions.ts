import { S3Error } from '../../s3-error.ts';
import type { Checksum, ChecksumAlgorithm, ChecksumType, ObjectInfo } from '../object-info.ts';
import type { Bucket } from './buckets.ts';
import type { Metadata, MetadataBox } from './metadata-box.ts';
import type { Sqlite } from './sqlite.ts';

export interface VersionRow {
  readonly id: number;
  readonly bucket_id: number;
  readonly key: Buffer;
  readonly version_id: string;
  readonly is_delete_marker: number;
  readonly last_modified: number;
  readonly size_bytes: number;
  readonly etag: string;
  readonly checksum_algorithm: ChecksumAlgorithm | null;
  readonly checksum_type: ChecksumType | null;
  readonly checksum: string | null;
  readonly has_parts: number;
  readonly tag_count: number;
  readonly retain_until: number | null;
  readonly key_arn: string;
  readonly has_bucket_key: number;
  readonly wrapped_key: Buffer | null;
  readonly metadata: Buffer | null;
}

export interface SegmentRow {
  readonly id: number;
  readonly part_number: number;
  readonly last_modified: number;
  readonly size_bytes: number;
  readonly etag: string;
  readonly checksum: string | null;
  readonly salt: Buffer;
  readonly file_id: string | null;
  readonly content: Buffer | null;
}

export type NewVersion = Omit<VersionRow, 'id'>;

const insertion = `insert into version (bucket_id, key, version_id, is_current, is_delete_marker,
  last_modified, size_bytes, etag, checksum_algorithm, checksum_type, checksum, has_parts, tag_count,
  retain_until, key_arn, has_bucket_key, wrapped_key, metadata)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

const segmentSelection = `select id, part_number, last_modified, size_bytes, etag, checksum, salt, file_id,
  content from segment where version_row = ? order by part_number`;

/** The rows of versions. All that write are called inside a transaction. */
export class Versions {
  readonly #database: Sqlite;
  readonly #box: MetadataBox;

  constructor(database: Sqlite, box: MetadataBox) {
    this.#database = database;
    this.#box = box;
  }

  newest(bucketId: number, key: Buffer): VersionRow | undefined {
    const sql = 'select * from version where bucket_id = ? and key = ? order by id desc limit 1';
    return this.#database.get<VersionRow>(sql, [bucketId, key]);
  }

  byVersionId(bucketId: number, key: Buffer, versionId: string): VersionRow | undefined {
    const sql = 'select * from version where bucket_id = ? and key = ? and version_id = ?';
    return this.#database.get<VersionRow>(sql, [bucketId, key, versionId]);
  }

  byRow(id: number): VersionRow | undefined {
    return this.#database.get<VersionRow>('select * from version where id = ?', [id]);
  }

  /** @throws {S3Error} `NoSuchKey`, `NoSuchVersion`, `MethodNotAllowed` where it is a delete marker */
  require(bucket: Bucket, key: string, versionId: string | undefined): VersionRow {
    const bytes = Buffer.from(key);
    const resource = `/${bucket.name}/${key}`;
    if (versionId !== undefined) {
      const row = this.byVersionId(bucket.id, bytes, versionId);
      const details = { Key: key, VersionId: versionId };
      if (row === undefined) {
        const message = 'The specified version does not exist.';
        throw new S3Error('NoSuchVersion', message, { resource, details });
      }
      if (row.is_delete_marker === 0) return row;
      const message = 'The specified method is not allowed against this resource.';
      throw new S3Error('MethodNotAllowed', message, { resource, details: markerDetails(row) });
    }
    const row = this.newest(bucket.id, bytes);
    if (row !== undefined && row.is_delete_marker === 0) return row;
    const details = { Key: key, ...(row && markerDetails(row)) };
    throw new S3Error('NoSuchKey', 'The specified key does not exist.', { resource, details });
  }

  /** The newest from now on. @returns its row. */
  insert(version: NewVersion): number {
    const { bucket_id, key } = version;
    this.#database.run(
      'update version set is_current = 0 where bucket_id = ? and key = ? and is_current = 1',
      [bucket_id, key],
    );
    return this.#database.run(insertion, [
      ...[bucket_id, key, version.version_id, 1 - version.is_delete_marker],
      ...[version.is_delete_marker, version.last_modified, version.size_bytes, version.etag],
      ...[version.checksum_algorithm, version.checksum_type, version.checksum, version.has_parts],
      ...[version.tag_count, version.retain_until, version.key_arn, version.has_bucket_key],
      ...[version.wrapped_key, version.metadata],
    ]).rowId;
  }

  /** @returns the files that nothing refers to once this is committed. */
  remove(row: VersionRow): string[] {
    const files = this.segments(row.id).flatMap(({ file_id }) => file_id ?? []);
    this.#database.run('delete from segment where version_row = ?', [row.id]);
    this.#database.run('delete from version where id = ?', [row.id]);
    this.#database.run('update bucket set size_bytes = size_bytes - ? where id = ?', [
      ...[row.size_bytes, row.bucket_id],
    ]);
    const newest = this.newest(row.bucket_id, Buffer.from(row.key));
    if (newest !== undefined && newest.is_delete_marker === 0) {
      this.#database.run('update version set is_current = 1 where id = ?', [newest.id]);
    }
    return files;
  }

  segments(row: number): SegmentRow[] {
    return this.#database.all<SegmentRow>(segmentSelection, [row]);
  }

  /** What was put whole has one, which costs less to ask for. */
  segmentsOf({ id, has_parts }: VersionRow): SegmentRow[] {
    if (has_parts === 1) return this.segments(id);
    const segment = this.#database.get<SegmentRow>(segmentSelection, [id]);
    return segment === undefined ? [] : [segment];
  }

  openMetadata(bucket: Bucket, row: VersionRow): Metadata {
    if (row.metadata === null) return { headers: {}, userMetadata: {}, tags: {} };
    return this.#box.open(Buffer.from(row.metadata), {
      ...{ bucket: bucket.name, key: Buffer.from(row.key).toString(), versionId: row.version_id },
      ...{ sizeBytes: row.size_bytes, etag: row.etag },
    });
  }

  replaceTags(bucket: Bucket, row: VersionRow, tags: Metadata['tags']): void {
    const metadata = { ...this.openMetadata(bucket, row), tags };
    const box = this.#box.seal(metadata, {
      ...{ bucket: bucket.name, key: Buffer.from(row.key).toString(), versionId: row.version_id },
      ...{ sizeBytes: row.size_bytes, etag: row.etag },
    });
    this.#database.run('update version set metadata = ?, tag_count = ? where id = ?', [
      ...[box, Object.keys(tags).length, row.id],
    ]);
  }

  /** @param isNewest where that is known already, because no version was named. */
  info(bucket: Bucket, row: VersionRow, isNewest = this.#isNewest(row)): ObjectInfo {
    const { tags: _, ...told } = this.openMetadata(bucket, row);
    const checksum = checksumOf(row);
    return {
      ...{ bucket: bucket.name, key: Buffer.from(row.key).toString() },
      ...(bucket.hasVersions && { versionId: row.version_id }),
      ...{ isLatest: isNewest, sizeBytes: row.size_bytes, etag: row.etag },
      ...{ lastModified: new Date(row.last_modified), ...told, tagCount: row.tag_count },
      encryption: encryptionOf(row),
      ...(checksum && { checksum }),
      ...(row.has_parts === 1 && { parts: this.#parts(row.id) }),
      ...(row.retain_until !== null && {
        retention: { mode: 'COMPLIANCE', retainUntil: new Date(row.retain_until) },
      }),
    };
  }

  #isNewest({ id, bucket_id, key }: VersionRow): boolean {
    return this.newest(bucket_id, Buffer.from(key))?.id === id;
  }

  #parts(row: number) {
    const sql =
      'select part_number, size_bytes, checksum from segment where version_row = ? order by part_number';
    return this.#database
      .all<Pick<SegmentRow, 'part_number' | 'size_bytes' | 'checksum'>>(sql, [row])
      .map(({ part_number, size_bytes, checksum }) => ({
        ...{ partNumber: part_number, sizeBytes: size_bytes },
        ...(checksum !== null && { checksum }),
      }));
  }
}

export function checksumOf(row: {
  readonly checksum_algorithm: ChecksumAlgorithm | null;
  readonly checksum_type: ChecksumType | null;
  readonly checksum: string | null;
}): Checksum | undefined {
  const { checksum_algorithm: algorithm, checksum_type: type, checksum: value } = row;
  if (algorithm === null || type === null || value === null) return undefined;
  return { algorithm, type, value };
}

export function encryptionOf(row: { readonly key_arn: string; readonly has_bucket_key: number }) {
  const { key_arn: keyArn, has_bucket_key } = row;
  return { algorithm: 'aws:kms', keyArn, bucketKeyEnabled: has_bucket_key === 1 } as const;
}

function markerDetails(row: VersionRow): Record<string, string> {
  return { 'x-amz-delete-marker': 'true', 'x-amz-version-id': row.version_id };
}
