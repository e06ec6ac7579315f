import { randomBytes } from 'node:crypto';
import { S3Error } from '../../s3-error.ts';
import { checkWriteConditions } from '../conditions.ts';
import type { DeleteObjectRequest, DeleteObjectResult } from '../object-requests.ts';
import { keyBytes } from '../request-rules.ts';
import type { Bucket } from './buckets.ts';
import type { StoreParts } from './parts.ts';
import { checkNotRetained } from './retention.ts';
import type { VersionRow } from './versions.ts';

type Used = Pick<StoreParts, 'buckets' | 'versions' | 'queue' | 'files' | 'clock'>;

export interface Deletion {
  readonly result: DeleteObjectResult;
  /** They go once it is committed. */
  readonly files: readonly string[];
}

export class Deletions {
  readonly #parts: Used;

  constructor(parts: Used) {
    this.#parts = parts;
  }

  async remove(request: Omit<DeleteObjectRequest, 'caller'>): Promise<DeleteObjectResult> {
    const { queue, files } = this.#parts;
    const key = keyBytes(request.key);
    this.#parts.buckets.find(request.bucket);
    const deletion = await queue.write(() => this.#inTransaction(request, key));
    await files.remove(deletion.files);
    return deletion.result;
  }

  #inTransaction(request: Omit<DeleteObjectRequest, 'caller'>, key: Buffer): Deletion {
    const bucket = this.#parts.buckets.find(request.bucket);
    const { versionId, conditions } = request;
    if (conditions?.ifMatch !== undefined) {
      const newest =
        versionId === undefined
          ? this.#parts.versions.newest(bucket.id, key)
          : this.#parts.versions.byVersionId(bucket.id, key, versionId);
      const isThere = newest !== undefined && newest.is_delete_marker === 0;
      checkWriteConditions(isThere ? newest.etag : undefined, conditions);
    }
    if (versionId !== undefined) return this.removeVersion(bucket, key, versionId);
    return this.removeNewest(bucket, key);
  }

  /** Called in a transaction. */
  removeVersion(bucket: Bucket, key: Buffer, versionId: string): Deletion {
    const row = this.#parts.versions.byVersionId(bucket.id, key, versionId);
    const told = bucket.hasVersions ? { versionId } : {};
    if (row === undefined) return { result: { ...told, isDeleteMarker: false }, files: [] };
    const files = this.#removeRow(row);
    return { result: { ...told, isDeleteMarker: row.is_delete_marker === 1 }, files };
  }

  /** Called in a transaction. Where there are versions, a delete marker becomes the newest. */
  removeNewest(bucket: Bucket, key: Buffer): Deletion {
    const { versions } = this.#parts;
    const { versioning } = bucket.settings;
    const isEnabled = versioning === 'Enabled';
    const replaced = isEnabled ? undefined : versions.byVersionId(bucket.id, key, 'null');
    const files = replaced === undefined ? [] : this.#removeRow(replaced);
    if (versioning === undefined) return { result: { isDeleteMarker: false }, files };
    const versionId = isEnabled ? randomBytes(24).toString('base64url') : 'null';
    versions.insert({
      ...{ bucket_id: bucket.id, key, version_id: versionId, is_delete_marker: 1 },
      ...{ last_modified: this.#parts.clock().getTime(), size_bytes: 0, etag: '' },
      ...{ checksum_algorithm: null, checksum_type: null, checksum: null, has_parts: 0 },
      ...{ tag_count: 0, retain_until: null, key_arn: '', has_bucket_key: 0 },
      ...{ wrapped_key: null, metadata: null },
    });
    return { result: { versionId, isDeleteMarker: true }, files };
  }

  #removeRow(row: VersionRow): string[] {
    checkNotRetained(row, this.#parts.clock());
    return this.#parts.versions.remove(row);
  }
}

/** @throws what is no answer to one object. */
export function outcomeOf(
  settled: PromiseSettledResult<DeleteObjectResult>,
): DeleteObjectResult | S3Error {
  if (settled.status === 'fulfilled') return settled.value;
  if (settled.reason instanceof S3Error) return settled.reason;
  throw settled.reason;
}
