import { randomBytes } from 'node:crypto';
import type { WrappedObjectKey } from '@strongroom/sealing';
import { S3Error } from '../../s3-error.ts';
import { checkWriteConditions } from '../conditions.ts';
import type { Checksum, Retention } from '../object-info.ts';
import type { RequestedEncryption, WriteConditions } from '../object-requests.ts';
import type { Bucket } from './buckets.ts';
import type { SegmentDraft } from './content-writer.ts';
import type { Metadata } from './metadata-box.ts';
import type { ChosenKey } from './object-keys.ts';
import type { StoreParts } from './parts.ts';
import { checkNotRetained } from './retention.ts';
import { encryptionOf } from './versions.ts';

/** A version that is complete but for its row. */
export interface VersionDraft {
  readonly bucket: Bucket;
  readonly key: string;
  readonly versionId: string;
  readonly sizeBytes: number;
  readonly etag: string;
  readonly checksum: Checksum | undefined;
  readonly hasParts: boolean;
  readonly metadata: Metadata;
  readonly retainUntil: number | null;
  readonly wrapped: WrappedObjectKey;
}

export interface CommitOptions {
  readonly conditions: WriteConditions | undefined;
  /** What the bucket grows by: nothing where the parts are counted already. */
  readonly addedBytes: number;
  /** Gives the version its content, in the same transaction. @returns files that go. */
  readonly attach: (versionRow: number) => readonly string[];
  /** What else has to hold, asked first in the transaction. */
  readonly check?: () => void;
}

type Used = Pick<
  StoreParts,
  'database' | 'queue' | 'buckets' | 'versions' | 'files' | 'box' | 'clock' | 'defaultKey'
>;

/** Makes a version visible, whole or not at all; what it takes the place of goes with the same commit. */
export class VersionCommit {
  readonly #parts: Used;

  constructor(parts: Used) {
    this.#parts = parts;
  }

  /** @returns when it was modified. */
  async commit(draft: VersionDraft, options: CommitOptions): Promise<Date> {
    const { queue, files } = this.#parts;
    const modifiedAt = this.#parts.clock();
    const gone = await queue.write(() => this.#replace(draft, modifiedAt, options));
    await files.remove(gone);
    return modifiedAt;
  }

  chosenKey(bucket: Bucket, requested: RequestedEncryption = {}): ChosenKey {
    const { encryption } = bucket.settings;
    return {
      keyReference: requested.keyReference ?? encryption?.keyReference ?? this.#parts.defaultKey,
      useBucketKey: requested.bucketKeyEnabled ?? encryption?.bucketKeyEnabled ?? true,
    };
  }

  /** @returns milliseconds. @throws {S3Error} `InvalidRequest`, `InvalidArgument` */
  retainUntil({ settings }: Bucket, requested: Retention | undefined): number | null {
    const now = this.#parts.clock();
    if (requested !== undefined) {
      if (settings.objectLock === undefined) {
        throw new S3Error('InvalidRequest', 'Bucket is missing Object Lock Configuration');
      }
      if (requested.retainUntil <= now) {
        throw new S3Error('InvalidArgument', 'The retain until date must be in the future!');
      }
      return requested.retainUntil.getTime();
    }
    const retention = settings.objectLock?.defaultRetention;
    if (retention === undefined) return null;
    const until = new Date(now);
    until.setUTCDate(until.getUTCDate() + (retention.days ?? 0));
    until.setUTCFullYear(until.getUTCFullYear() + (retention.years ?? 0));
    return until.getTime();
  }

  insertSegment(owner: 'version_row' | 'upload_row', row: number, draft: StoredSegment): void {
    this.#parts.database.run(
      `insert into segment (${owner}, part_number, last_modified, size_bytes, etag, checksum, salt,
       file_id, content) values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        ...[row, draft.partNumber, draft.modifiedAt.getTime(), draft.sizeBytes, draft.etag],
        ...[draft.checksum ?? null, draft.salt, draft.fileId ?? null, draft.content ?? null],
      ],
    );
  }

  #replace(draft: VersionDraft, modifiedAt: Date, options: CommitOptions): string[] {
    const { versions, buckets } = this.#parts;
    options.check?.();
    const bucket = this.#unchangedBucket(draft);
    const key = Buffer.from(draft.key);
    const newest = versions.newest(bucket.id, key);
    checkWriteConditions(
      newest === undefined || newest.is_delete_marker === 1 ? undefined : newest.etag,
      options.conditions,
    );
    const replaced =
      draft.versionId === 'null' ? versions.byVersionId(bucket.id, key, 'null') : undefined;
    if (replaced !== undefined) checkNotRetained(replaced, modifiedAt);
    const gone = replaced === undefined ? [] : versions.remove(replaced);
    buckets.checkQuota(bucket, options.addedBytes);
    buckets.addBytes(bucket.id, options.addedBytes);
    const row = versions.insert(this.#row(draft, modifiedAt));
    return [...gone, ...options.attach(row)];
  }

  /** The version id, and with it the key's binding, was chosen by what the bucket was at the start. */
  #unchangedBucket({ bucket: { id, name }, versionId }: VersionDraft): Bucket {
    const bucket = this.#parts.buckets.find(name);
    if (bucket.id === id && isVersioned(bucket) === (versionId !== 'null')) return bucket;
    const message = `Cannot write to "${name}": the bucket was changed meanwhile`;
    throw new S3Error('OperationAborted', message, { resource: `/${name}` });
  }

  #row(draft: VersionDraft, modifiedAt: Date) {
    const { bucket, key, versionId, sizeBytes, etag, checksum, metadata, wrapped } = draft;
    const place = { bucket: bucket.name, key, versionId, sizeBytes, etag };
    return {
      ...{ bucket_id: bucket.id, key: Buffer.from(key), version_id: versionId },
      ...{ is_delete_marker: 0, last_modified: modifiedAt.getTime(), size_bytes: sizeBytes, etag },
      checksum_algorithm: checksum?.algorithm ?? null,
      checksum_type: checksum?.type ?? null,
      checksum: checksum?.value ?? null,
      has_parts: draft.hasParts ? 1 : 0,
      tag_count: Object.keys(metadata.tags).length,
      retain_until: draft.retainUntil,
      ...{ key_arn: wrapped.keyArn, has_bucket_key: wrapped.hasBucketKey ? 1 : 0 },
      ...{ wrapped_key: wrapped.wrapped, metadata: this.#parts.box.seal(metadata, place) },
    };
  }
}

export interface StoredSegment extends SegmentDraft {
  readonly etag: string;
  readonly modifiedAt: Date;
}

function isVersioned({ settings }: Bucket): boolean {
  return settings.versioning === 'Enabled';
}

/** Of the next version in this bucket. */
export function newVersionId(bucket: Bucket): string {
  return isVersioned(bucket) ? randomBytes(24).toString('base64url') : 'null';
}

/** As for every object under a KMS key, it tells nothing about the content (S3 API Reference, "ETag"). */
export function newEtag(): string {
  return randomBytes(16).toString('hex');
}

export function putResult(draft: VersionDraft) {
  const { bucket, versionId, etag, sizeBytes, checksum, wrapped } = draft;
  const { keyArn: key_arn, hasBucketKey } = wrapped;
  return {
    ...{ etag, sizeBytes },
    encryption: encryptionOf({ key_arn, has_bucket_key: hasBucketKey ? 1 : 0 }),
    ...(bucket.hasVersions && { versionId }),
    ...(checksum && { checksum }),
  };
}
