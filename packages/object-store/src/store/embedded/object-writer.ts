import { S3Error } from '../../s3-error.ts';
import { startChecksum } from '../checksums.ts';
import { checkCopyConditions, checkWriteConditions } from '../conditions.ts';
import type { Checksum } from '../object-info.ts';
import type {
  CopyObjectRequest,
  CopyObjectResult,
  ObjectAttributes,
  PutObjectRequest,
  PutObjectResult,
} from '../object-requests.ts';
import { checkAttributes, checkCopiesAnew, keyBytes, maximumPutBytes } from '../request-rules.ts';
import type { Bucket } from './buckets.ts';
import type { Metadata } from './metadata-box.ts';
import type { ObjectReader } from './object-reader.ts';
import type { StoreParts } from './parts.ts';
import { asStorageError } from './storage-errors.ts';
import { newEtag, newVersionId, putResult, type StoredSegment } from './version-commit.ts';
import { checksumOf, type SegmentRow, type VersionRow } from './versions.ts';

type Used = Pick<
  StoreParts,
  'buckets' | 'versions' | 'keys' | 'files' | 'writer' | 'commit' | 'clock'
>;

export class ObjectWriter {
  readonly #parts: Used;
  readonly #reader: ObjectReader;

  constructor(parts: Used, reader: ObjectReader) {
    this.#parts = parts;
    this.#reader = reader;
  }

  async put(request: PutObjectRequest): Promise<PutObjectResult> {
    const { buckets, keys, writer, commit, files, clock } = this.#parts;
    const { key, content, caller, conditions } = request;
    const bucket = buckets.find(request.bucket);
    checkPutSize(content.sizeBytes);
    this.#checkEarly(bucket, request, content.sizeBytes);
    const retainUntil = commit.retainUntil(bucket, request.retention);
    const versionId = newVersionId(bucket);
    const place = { bucket: bucket.name, key, versionId };
    const chosen = commit.chosenKey(bucket, request.encryption);
    const { dataKey, ...wrapped } = await keys.create(place, chosen, caller);
    const segment = await writer
      .write(content, { objectKey: dataKey, partNumber: 0 })
      .finally(() => dataKey.fill(0));
    const checksum = wholeChecksum(content.checksum?.algorithm, segment.checksum);
    const draft = {
      ...{ bucket, key, versionId, sizeBytes: segment.sizeBytes, etag: newEtag(), checksum },
      ...{ hasParts: false, metadata: metadataOf(request), retainUntil, wrapped },
    };
    const stored: StoredSegment = { ...segment, etag: draft.etag, modifiedAt: clock() };
    try {
      await commit.commit(draft, {
        ...{ conditions, addedBytes: segment.sizeBytes },
        attach: (row) => {
          commit.insertSegment('version_row', row, stored);
          return [];
        },
      });
    } catch (error) {
      if (segment.fileId !== undefined) await files.remove([segment.fileId]);
      throw error;
    }
    return putResult(draft);
  }

  async copy(request: CopyObjectRequest): Promise<CopyObjectResult> {
    const { buckets, keys, commit, versions, files } = this.#parts;
    const { key, source, caller, conditions } = request;
    const sourceBucket = buckets.find(source.bucket);
    const row = versions.require(sourceBucket, source.key, source.versionId);
    checkCopyConditions(
      { etag: row.etag, lastModified: new Date(row.last_modified) },
      source.conditions,
    );
    const bucket = buckets.find(request.bucket);
    checkPutSize(row.size_bytes);
    checkCopiesAnew(request);
    this.#checkEarly(bucket, request, row.size_bytes);
    const retainUntil = commit.retainUntil(bucket, request.retention);
    const versionId = newVersionId(bucket);
    const segments = versions.segments(row.id);
    const pin = files.pin(segments.flatMap(({ file_id }) => file_id ?? []));
    pin.begin();
    const copied: StoredSegment[] = [];
    try {
      const from = { bucket: sourceBucket.name, key: source.key, versionId: row.version_id };
      const to = { bucket: bucket.name, key, versionId };
      const chosen = commit.chosenKey(bucket, request.encryption);
      const wrapped = await keys.move(
        ...([Buffer.from(row.wrapped_key ?? []), { from, to, chosen }, caller] as const),
      );
      const checksum = await this.#copiedChecksum(request, sourceBucket, row);
      const metadata = this.#copiedMetadata(request, sourceBucket, row);
      for (const segment of segments) copied.push(await this.#copySegment(segment));
      const draft = {
        ...{ bucket, key, versionId, sizeBytes: row.size_bytes, etag: newEtag(), checksum },
        ...{ hasParts: false, metadata, retainUntil, wrapped },
      };
      const lastModified = await commit.commit(draft, {
        ...{ conditions, addedBytes: row.size_bytes },
        attach: (versionRow) => {
          for (const segment of copied) commit.insertSegment('version_row', versionRow, segment);
          return [];
        },
      });
      const sourceVersionId = sourceBucket.hasVersions ? row.version_id : undefined;
      return {
        ...{ ...putResult(draft), lastModified },
        ...(sourceVersionId !== undefined && { sourceVersionId }),
      };
    } catch (error) {
      await files.remove(copied.flatMap(({ fileId }) => fileId ?? []));
      throw asStorageError(error, `/${source.bucket}/${source.key}`);
    } finally {
      pin.end();
    }
  }

  /** What is bound to be refused is refused before its bytes are received. */
  #checkEarly(
    bucket: Bucket,
    request: PutObjectRequest | CopyObjectRequest,
    sizeBytes: number,
  ): void {
    const bytes = keyBytes(request.key);
    checkAttributes(request);
    const newest = this.#parts.versions.newest(bucket.id, bytes);
    checkWriteConditions(
      newest === undefined || newest.is_delete_marker === 1 ? undefined : newest.etag,
      request.conditions,
    );
    const { quotaBytes } = bucket.settings;
    const replacedBytes = newest?.version_id === 'null' ? newest.size_bytes : 0;
    if (quotaBytes !== undefined) this.#parts.buckets.checkQuota(bucket, sizeBytes - replacedBytes);
  }

  /** The sealed bytes as they are: their key has been wrapped for the new place. */
  async #copySegment(segment: SegmentRow): Promise<StoredSegment> {
    const { files } = this.#parts;
    const fileId = segment.file_id === null ? undefined : await files.duplicate(segment.file_id);
    return {
      ...{ partNumber: segment.part_number, sizeBytes: segment.size_bytes, etag: segment.etag },
      ...{ checksum: undefined, salt: Buffer.from(segment.salt), fileId },
      content: segment.content === null ? undefined : Buffer.from(segment.content),
      modifiedAt: this.#parts.clock(),
    };
  }

  async #copiedChecksum(
    { checksumAlgorithm, caller }: CopyObjectRequest,
    bucket: Bucket,
    row: VersionRow,
  ): Promise<Checksum | undefined> {
    const kept = checksumOf(row);
    const algorithm = checksumAlgorithm ?? kept?.algorithm;
    if (algorithm === undefined) return undefined;
    if (kept?.algorithm === algorithm && kept.type === 'FULL_OBJECT') return kept;
    const running = await startChecksum(algorithm);
    const range = { first: 0, last: row.size_bytes - 1 };
    const { stream } = await this.#reader.open({ bucket, row, range, caller });
    for await (const piece of stream) running.update(piece);
    return wholeChecksum(algorithm, running.digest());
  }

  #copiedMetadata(request: CopyObjectRequest, bucket: Bucket, row: VersionRow): Metadata {
    const source = this.#parts.versions.openMetadata(bucket, row);
    const own = metadataOf(request);
    const { tags: _, ...described } = request.metadataDirective === 'COPY' ? source : own;
    const { websiteRedirectLocation: location } = request;
    const { websiteRedirectLocation: __, ...rest } = described;
    return {
      ...{ ...rest, tags: request.taggingDirective === 'COPY' ? source.tags : own.tags },
      // It is never copied (S3 API Reference, "CopyObject").
      ...(location !== undefined && { websiteRedirectLocation: location }),
    };
  }
}

export function metadataOf(attributes: ObjectAttributes): Metadata {
  const { headers = {}, userMetadata = {}, tags = {}, websiteRedirectLocation } = attributes;
  return {
    ...{ headers, userMetadata, tags },
    ...(websiteRedirectLocation !== undefined && { websiteRedirectLocation }),
  };
}

export function checkPutSize(sizeBytes: number): void {
  if (sizeBytes <= maximumPutBytes) return;
  throw new S3Error('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', {
    details: { ProposedSize: String(sizeBytes), MaxSizeAllowed: String(maximumPutBytes) },
  });
}

function wholeChecksum(
  algorithm: Checksum['algorithm'] | undefined,
  value: string | undefined,
): Checksum | undefined {
  if (algorithm === undefined || value === undefined) return undefined;
  return { algorithm, type: 'FULL_OBJECT', value };
}
