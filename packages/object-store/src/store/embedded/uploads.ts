import { randomBytes } from 'node:crypto';
import { S3Error } from '../../s3-error.ts';
import { checkCopyConditions } from '../conditions.ts';
import type {
  CopyPartRequest,
  CopyPartResult,
  CreateUploadRequest,
  CreateUploadResult,
  ListPartsRequest,
  ListPartsResult,
  UploadPartRequest,
  UploadPartResult,
  UploadPlace,
} from '../multipart-requests.ts';
import type { IncomingContent } from '../object-requests.ts';
import { checkAttributes, checkPartNumber, keyBytes, pageCount } from '../request-rules.ts';
import type { Bucket } from './buckets.ts';
import type { ObjectReader } from './object-reader.ts';
import { checkPutSize, metadataOf } from './object-writer.ts';
import type { StoreParts } from './parts.ts';
import {
  type UploadName,
  type UploadRow,
  UploadRows,
  uploadChecksum,
  uploadPlace,
} from './upload-rows.ts';
import { newEtag, type StoredSegment } from './version-commit.ts';
import { encryptionOf } from './versions.ts';

type Used = Pick<
  StoreParts,
  | 'database'
  | 'queue'
  | 'buckets'
  | 'versions'
  | 'keys'
  | 'files'
  | 'writer'
  | 'commit'
  | 'box'
  | 'clock'
>;

/** Uploads in parts, up to their completion. Each part is sealed when it arrives and never rewritten. */
export class Uploads {
  readonly #parts: Used;
  readonly #reader: ObjectReader;
  readonly #rows: UploadRows;

  constructor(parts: Used, reader: ObjectReader) {
    this.#parts = parts;
    this.#reader = reader;
    this.#rows = new UploadRows(parts.database);
  }

  async create(request: CreateUploadRequest): Promise<CreateUploadResult> {
    const { buckets, keys, commit, box, queue, clock } = this.#parts;
    const { key, caller, checksum } = request;
    const bucket = buckets.find(request.bucket);
    const bytes = keyBytes(key);
    checkAttributes(request);
    const retainUntil = commit.retainUntil(bucket, request.retention);
    const uploadId = randomBytes(36).toString('base64url');
    const place = uploadPlace(bucket.name, key, uploadId);
    const chosen = commit.chosenKey(bucket, request.encryption);
    const { dataKey, ...wrapped } = await keys.create(place, chosen, caller);
    dataKey.fill(0);
    const metadata = metadataOf(request);
    const row = {
      ...{ upload_id: uploadId, bucket_id: bucket.id, key: bytes },
      ...{ initiated_at: clock().getTime(), initiator: caller.principal },
      ...{ checksum_algorithm: checksum?.algorithm ?? null, checksum_type: checksum?.type ?? null },
      ...{ retain_until: retainUntil, key_arn: wrapped.keyArn },
      ...{ has_bucket_key: wrapped.hasBucketKey ? 1 : 0, wrapped_key: wrapped.wrapped },
      tag_count: Object.keys(metadata.tags).length,
      metadata: box.seal(metadata, { ...place, sizeBytes: 0, etag: '' }),
    };
    await queue.write(() => {
      if (buckets.find(bucket.name).id !== bucket.id) throw gone(uploadId);
      this.#rows.insert(row);
    });
    return { uploadId, encryption: encryptionOf(row), ...(checksum && { checksum }) };
  }

  async uploadPart(request: UploadPartRequest): Promise<UploadPartResult> {
    checkPartNumber(request.partNumber);
    checkPutSize(request.content.sizeBytes);
    const { bucket, row } = this.#find(request);
    const { segment, algorithm } = await this.#write(bucket, row, request);
    return {
      ...{ etag: segment.etag, encryption: encryptionOf(row) },
      ...partChecksum(algorithm, segment.checksum),
    };
  }

  async copyPart(request: CopyPartRequest): Promise<CopyPartResult> {
    const { source, partNumber, caller } = request;
    checkPartNumber(partNumber);
    const { bucket, row } = this.#find(request);
    const sourceBucket = this.#parts.buckets.find(source.bucket);
    const found = this.#parts.versions.require(sourceBucket, source.key, source.versionId);
    const lastModified = new Date(found.last_modified);
    checkCopyConditions({ etag: found.etag, lastModified }, source.conditions);
    const range = request.range ?? { first: 0, last: found.size_bytes - 1 };
    if (range.first > range.last + 1 || range.last >= found.size_bytes) {
      const message = 'The specified copy source range is not valid for the source object';
      throw new S3Error('InvalidRange', message, {
        details: { ActualObjectSize: String(found.size_bytes) },
      });
    }
    const sizeBytes = range.last - range.first + 1;
    checkPutSize(sizeBytes);
    const opened = await this.#reader.open({ bucket: sourceBucket, row: found, range, caller });
    const content = { body: opened.stream, sizeBytes };
    const write = { ...request, content };
    const { segment, algorithm } = await this.#write(bucket, row, write);
    return {
      ...{ etag: segment.etag, lastModified: segment.modifiedAt, encryption: encryptionOf(row) },
      ...(sourceBucket.hasVersions && { sourceVersionId: found.version_id }),
      ...partChecksum(algorithm, segment.checksum),
    };
  }

  async abort(request: UploadPlace): Promise<void> {
    const { queue, buckets, files } = this.#parts;
    this.#find(request);
    const removed = await queue.write(() => {
      const { bucket, row } = this.#find(request);
      const { files: gone, sizeBytes } = this.#rows.remove(row);
      buckets.addBytes(bucket.id, -sizeBytes);
      return gone;
    });
    await files.remove(removed);
  }

  listParts(request: ListPartsRequest): ListPartsResult {
    const { row } = this.#find(request);
    const checksum = uploadChecksum(row);
    const marker = request.partNumberMarker ?? 0;
    const count = pageCount(request.maximumParts);
    const after = this.#rows.segments(row.id).filter(({ part_number }) => part_number > marker);
    const page = after.slice(0, count);
    const next = page.at(-1)?.part_number;
    return {
      parts: page.map((segment) => ({
        ...{ partNumber: segment.part_number, etag: segment.etag, sizeBytes: segment.size_bytes },
        lastModified: new Date(segment.last_modified),
        ...partChecksum(checksum?.algorithm, segment.checksum ?? undefined),
      })),
      isTruncated: after.length > page.length,
      ...(next !== undefined && { nextPartNumberMarker: next }),
      ...{ initiator: row.initiator, encryption: encryptionOf(row) },
      ...(checksum && { checksum }),
    };
  }

  #find(request: UploadPlace): { bucket: Bucket; row: UploadRow } {
    const bucket = this.#parts.buckets.find(request.bucket);
    return { bucket, row: this.#rows.require(nameOf(bucket, request)) };
  }

  async #write(bucket: Bucket, row: UploadRow, request: UploadPartRequest) {
    const { buckets, keys, writer, files, clock } = this.#parts;
    const { partNumber, caller } = request;
    buckets.checkQuota(bucket, request.content.sizeBytes);
    const content = inUploadsAlgorithm(request.content, row);
    const place = uploadPlace(bucket.name, request.key, request.uploadId);
    const objectKey = await keys.open(Buffer.from(row.wrapped_key), place, caller);
    const draft = await writer
      .write(content, { objectKey, partNumber })
      .finally(() => objectKey.fill(0));
    const segment: StoredSegment = { ...draft, etag: newEtag(), modifiedAt: clock() };
    try {
      await files.remove(await this.#store(request, segment));
    } catch (error) {
      if (segment.fileId !== undefined) await files.remove([segment.fileId]);
      throw error;
    }
    return { segment, algorithm: content.checksum?.algorithm };
  }

  /** @returns the file of the part whose place it takes. */
  #store(request: UploadPlace, segment: StoredSegment): Promise<string[]> {
    const { queue, buckets, commit } = this.#parts;
    return queue.write(() => {
      const { bucket, row } = this.#find(request);
      const replaced = this.#rows
        .segments(row.id)
        .find(({ part_number }) => part_number === segment.partNumber);
      if (replaced !== undefined) this.#rows.removeSegment(replaced.id);
      const addedBytes = segment.sizeBytes - (replaced?.size_bytes ?? 0);
      buckets.checkQuota(bucket, addedBytes);
      buckets.addBytes(bucket.id, addedBytes);
      commit.insertSegment('upload_row', row.id, segment);
      return replaced?.file_id == null ? [] : [replaced.file_id];
    });
  }
}

export function nameOf(bucket: Bucket, { key, uploadId }: UploadPlace): UploadName {
  return { bucketId: bucket.id, key, uploadId };
}

/** A part that was sent without a checksum is summed all the same: the whole needs all of them. */
function inUploadsAlgorithm(content: IncomingContent, row: UploadRow): IncomingContent {
  const algorithm = row.checksum_algorithm;
  if (algorithm === null) return content;
  if (content.checksum === undefined) return { ...content, checksum: { algorithm } };
  if (content.checksum.algorithm === algorithm) return content;
  const message = `Checksum Type mismatch occurred, expected checksum Type: ${algorithm.toLowerCase()}, actual checksum Type: ${content.checksum.algorithm.toLowerCase()}`;
  throw new S3Error('InvalidRequest', message);
}

function partChecksum(
  algorithm: NonNullable<UploadRow['checksum_algorithm']> | undefined,
  value: string | undefined,
) {
  if (algorithm === undefined || value === undefined) return {};
  return { checksum: { algorithm, type: 'FULL_OBJECT', value } as const };
}

function gone(uploadId: string): S3Error {
  return new S3Error(
    'OperationAborted',
    `Cannot begin the upload "${uploadId}": its bucket is gone`,
  );
}
