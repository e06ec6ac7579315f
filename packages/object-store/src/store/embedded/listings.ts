import { S3Error } from '../../s3-error.ts';
import type {
  ListObjectsRequest,
  ListObjectsResult,
  ListVersionsRequest,
  ListVersionsResult,
} from '../list-requests.ts';
import type { ListUploadsRequest, ListUploadsResult } from '../multipart-requests.ts';
import type { ChecksumAlgorithm, ChecksumType, ListedObject } from '../object-info.ts';
import { pageCount } from '../request-rules.ts';
import { type KeyPage, type KeyPosition, positionBehind, readKeyPage } from './key-pages.ts';
import type { StoreParts } from './parts.ts';
import type { SqliteValue } from './sqlite.ts';
import { type UploadRow, uploadChecksum } from './upload-rows.ts';

interface ObjectRow {
  readonly key: Buffer;
  readonly last_modified: number;
  readonly size_bytes: number;
  readonly etag: string;
  readonly checksum_algorithm: ChecksumAlgorithm | null;
  readonly checksum_type: ChecksumType | null;
}

interface ListedVersionRow extends ObjectRow {
  readonly id: number;
  readonly version_id: string;
  readonly is_delete_marker: number;
  readonly is_latest: number;
}

type Used = Pick<StoreParts, 'database' | 'buckets'>;

const start: KeyPosition = { key: Buffer.alloc(0), isAfter: false };

export class Listings {
  readonly #parts: Used;

  constructor(parts: Used) {
    this.#parts = parts;
  }

  objects(request: ListObjectsRequest): ListObjectsResult {
    const { id } = this.#parts.buckets.find(request.bucket);
    const { prefix = '', delimiter, continuationToken } = request;
    const marker =
      continuationToken === undefined ? request.startAfter : fromToken(continuationToken);
    const page = readKeyPage<ObjectRow>({
      ...{ prefix, delimiter, count: pageCount(request.maximumKeys) },
      start: marker === undefined ? start : positionBehind(marker, prefix, delimiter),
      read: (from, before, limit) => {
        const { condition, values } = between(from, before);
        // Everything is in the index.
        return this.#parts.database.all<ObjectRow>(
          `select key, last_modified, size_bytes, etag, checksum_algorithm, checksum_type
           from version indexed by current_object
           where is_current = 1 and bucket_id = ? and ${condition} order by key limit ?`,
          [id, ...values, limit],
        );
      },
    });
    const nextMarker = page.last && (page.last.prefix ?? keyOf(page.last.entry));
    return {
      ...{ objects: page.entries.map(listedObject), commonPrefixes: page.commonPrefixes },
      isTruncated: page.isTruncated,
      ...(page.isTruncated &&
        nextMarker !== undefined && { nextMarker, nextContinuationToken: toToken(nextMarker) }),
    };
  }

  versions(request: ListVersionsRequest): ListVersionsResult {
    const { id } = this.#parts.buckets.find(request.bucket);
    const { prefix = '', delimiter } = request;
    const page = readKeyPage<ListedVersionRow>({
      ...{ prefix, delimiter, count: pageCount(request.maximumKeys) },
      start: this.#versionStart(id, request),
      read: (from, before, limit) => this.#versionRows(id, from, before, limit),
    });
    const { entry, prefix: rolledUp } = page.last ?? {};
    return {
      versions: page.entries.map((row) => ({
        ...{ ...listedObject(row), versionId: row.version_id },
        ...{ isLatest: row.is_latest === 1, isDeleteMarker: row.is_delete_marker === 1 },
      })),
      ...{ commonPrefixes: page.commonPrefixes, isTruncated: page.isTruncated },
      ...(page.isTruncated && rolledUp !== undefined && { nextKeyMarker: rolledUp }),
      ...(page.isTruncated &&
        entry !== undefined && {
          ...{ nextKeyMarker: Buffer.from(entry.key).toString() },
          nextVersionIdMarker: entry.version_id,
        }),
    };
  }

  uploads(request: ListUploadsRequest): ListUploadsResult {
    const { id } = this.#parts.buckets.find(request.bucket);
    const { prefix = '', delimiter, keyMarker, uploadIdMarker } = request;
    const page: KeyPage<UploadRow> = readKeyPage<UploadRow>({
      ...{ prefix, delimiter, count: pageCount(request.maximumUploads) },
      start: this.#uploadStart(id, prefix, delimiter, keyMarker, uploadIdMarker),
      read: (from, before, limit) => {
        const { condition, values } = betweenRows(from, before, '>');
        return this.#parts.database.all<UploadRow>(
          `select * from upload where bucket_id = ? and ${condition} order by key, id limit ?`,
          [id, ...values, limit],
        );
      },
    });
    const { entry, prefix: rolledUp } = page.last ?? {};
    return {
      uploads: page.entries.map((row) => {
        const checksum = uploadChecksum(row);
        return {
          ...{ key: Buffer.from(row.key).toString(), uploadId: row.upload_id },
          ...{ initiatedAt: new Date(row.initiated_at), initiator: row.initiator },
          ...(checksum && { checksum }),
        };
      }),
      ...{ commonPrefixes: page.commonPrefixes, isTruncated: page.isTruncated },
      ...(page.isTruncated && rolledUp !== undefined && { nextKeyMarker: rolledUp }),
      ...(page.isTruncated &&
        entry !== undefined && {
          ...{ nextKeyMarker: Buffer.from(entry.key).toString() },
          nextUploadIdMarker: entry.upload_id,
        }),
    };
  }

  #versionRows(
    bucketId: number,
    from: KeyPosition,
    before: Buffer | undefined,
    limit: number,
  ): ListedVersionRow[] {
    const { condition, values } = betweenRows(from, before, '<');
    return this.#parts.database.all<ListedVersionRow>(
      `select id, key, version_id, is_delete_marker, last_modified, size_bytes, etag,
         checksum_algorithm, checksum_type,
         id = (select max(id) from version newest
               where newest.bucket_id = version.bucket_id and newest.key = version.key) as is_latest
       from version where bucket_id = ? and ${condition} order by key, id desc limit ?`,
      [bucketId, ...values, limit],
    );
  }

  /** A marker whose version is gone meanwhile begins with the versions that its key still has. */
  #versionStart(bucketId: number, request: ListVersionsRequest): KeyPosition {
    const { prefix = '', delimiter, keyMarker, versionIdMarker } = request;
    if (keyMarker === undefined) {
      if (versionIdMarker === undefined) return start;
      const message = 'A version-id marker cannot be specified without a key marker.';
      throw new S3Error('InvalidArgument', message);
    }
    if (versionIdMarker === undefined) return positionBehind(keyMarker, prefix, delimiter);
    const key = Buffer.from(keyMarker);
    const row = this.#parts.database.get<{ id: number }>(
      'select id from version where bucket_id = ? and key = ? and version_id = ?',
      [bucketId, key, versionIdMarker],
    );
    return row === undefined ? { key, isAfter: false } : { key, isAfter: true, row: row.id };
  }

  #uploadStart(
    bucketId: number,
    prefix: string,
    delimiter: string | undefined,
    keyMarker: string | undefined,
    uploadIdMarker: string | undefined,
  ): KeyPosition {
    if (keyMarker === undefined) return start;
    if (uploadIdMarker === undefined) return positionBehind(keyMarker, prefix, delimiter);
    const key = Buffer.from(keyMarker);
    const row = this.#parts.database.get<{ id: number }>(
      'select id from upload where bucket_id = ? and key = ? and upload_id = ?',
      [bucketId, key, uploadIdMarker],
    );
    return row === undefined ? { key, isAfter: false } : { key, isAfter: true, row: row.id };
  }
}

interface Bounds {
  readonly condition: string;
  readonly values: readonly SqliteValue[];
}

function between(from: KeyPosition, before: Buffer | undefined): Bounds {
  const lower = from.isAfter ? 'key > ?' : 'key >= ?';
  if (before === undefined) return { condition: lower, values: [from.key] };
  return { condition: `${lower} and key < ?`, values: [from.key, before] };
}

/** @param next whether the rows behind one of the same key have a higher or a lower number. */
function betweenRows(from: KeyPosition, before: Buffer | undefined, next: '<' | '>'): Bounds {
  if (from.row === undefined) return between(from, before);
  const upper = before === undefined ? [] : [before];
  return {
    condition: `key >= ? and (key > ? or id ${next} ?)${before === undefined ? '' : ' and key < ?'}`,
    values: [from.key, from.key, from.row, ...upper],
  };
}

/** Of each of a thousand in a page: one object literal, without what it would be spread from. */
function listedObject(row: ObjectRow): ListedObject {
  const { last_modified, etag, size_bytes, checksum_algorithm, checksum_type } = row;
  const key = Buffer.from(row.key).toString();
  const listed = { key, lastModified: new Date(last_modified), etag, sizeBytes: size_bytes };
  if (checksum_algorithm === null || checksum_type === null) return listed;
  return { ...listed, checksumAlgorithm: checksum_algorithm, checksumType: checksum_type };
}

function keyOf(entry: ObjectRow | undefined): string | undefined {
  return entry && Buffer.from(entry.key).toString();
}

const tokenMark = '1.';

function toToken(marker: string): string {
  return tokenMark + Buffer.from(marker).toString('base64url');
}

function fromToken(token: string): string {
  const marker = Buffer.from(token.slice(tokenMark.length), 'base64url');
  if (token.startsWith(tokenMark) && toToken(marker.toString()) === token) return marker.toString();
  const message = 'The continuation token provided is incorrect';
  throw new S3Error('InvalidArgument', message, {
    details: { ArgumentName: 'continuation-token' },
  });
}
