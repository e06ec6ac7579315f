import type { BucketSettings, LifecycleFilter, LifecycleRule } from '../bucket-settings.ts';
import type { Bucket } from './buckets.ts';
import type { Deletion, Deletions } from './deletions.ts';
import type { StoreParts } from './parts.ts';
import { type UploadRow, UploadRows } from './upload-rows.ts';
import type { VersionRow } from './versions.ts';

export interface Expired {
  readonly objectCount: number;
  readonly versionCount: number;
  readonly deleteMarkerCount: number;
  readonly uploadCount: number;
}

type Used = Pick<StoreParts, 'database' | 'queue' | 'buckets' | 'versions' | 'files' | 'clock'>;
type Filtered = Pick<VersionRow, 'key' | 'size_bytes' | 'tag_count'>;

interface ScannedRow extends VersionRow {
  readonly is_current: number;
  /** When the next newer version of the same key came: since then it has not been current. */
  readonly replaced_at: number | null;
  readonly newer_count: number;
  readonly older_count: number;
}

const dayMilliseconds = 86_400_000;
const batchCount = 500;

/** Applies the buckets' lifecycle rules. What object lock retains stays until its date. */
export class Lifecycle {
  readonly #parts: Used;
  readonly #deletions: Deletions;
  readonly #uploads: UploadRows;

  constructor(parts: Used, deletions: Deletions) {
    this.#parts = parts;
    this.#deletions = deletions;
    this.#uploads = new UploadRows(parts.database);
  }

  async expireDue(): Promise<Expired> {
    const now = this.#parts.clock();
    const expired = { objectCount: 0, versionCount: 0, deleteMarkerCount: 0, uploadCount: 0 };
    for (const bucket of this.#parts.buckets.list()) {
      const rules = (bucket.settings.lifecycle ?? []).filter(({ isEnabled }) => isEnabled);
      if (rules.length === 0) continue;
      await this.#expireVersions(bucket, rules, now, expired);
      await this.#abortUploads(bucket, rules, now, expired);
    }
    await this.#parts.queue.write(() =>
      this.#uploads.forgetCompletedBefore(new Date(now.getTime() - 7 * dayMilliseconds)),
    );
    return expired;
  }

  async #expireVersions(
    bucket: Bucket,
    rules: BucketSettings['lifecycle'],
    now: Date,
    expired: Record<keyof Expired, number>,
  ): Promise<void> {
    let after = 0;
    for (;;) {
      // Row by row in batches, each in a transaction of its own, so that requests come in between.
      const rows = this.#scan(bucket.id, after);
      const last = rows.at(-1);
      if (last === undefined) return;
      after = last.id;
      const files = await this.#parts.queue.write(() =>
        rows.flatMap((row) => this.#expire(bucket, row, rules, now, expired)),
      );
      await this.#parts.files.remove(files);
    }
  }

  #expire(
    bucket: Bucket,
    row: ScannedRow,
    rules: readonly LifecycleRule[],
    now: Date,
    expired: Record<keyof Expired, number>,
  ): readonly string[] {
    const isThere = this.#parts.versions.byRow(row.id) !== undefined;
    if (!isThere) return [];
    const isLatest = row.newer_count === 0;
    if (row.is_delete_marker === 1 && isLatest) {
      if (row.older_count > 0 || !rules.some((rule) => this.#dropsMarker(bucket, rule, row, now))) {
        return [];
      }
      expired.deleteMarkerCount += 1;
      return this.#removeVersion(bucket, row).files;
    }
    if (isLatest) {
      const rule = rules.find((one) => isDue(one, row, now) && this.#applies(bucket, one, row));
      if (rule === undefined) return [];
      // Without versions the deletion is final, so it must not touch what is retained.
      const isFinal = bucket.settings.versioning !== 'Enabled' && row.version_id === 'null';
      if (isFinal && isRetained(row, now)) return [];
      expired.objectCount += 1;
      return this.#deletions.removeNewest(bucket, Buffer.from(row.key)).files;
    }
    const rule = rules.find(
      (one) => isNoncurrentDue(one, row, now) && this.#applies(bucket, one, row),
    );
    if (rule === undefined || isRetained(row, now)) return [];
    expired.versionCount += 1;
    return this.#removeVersion(bucket, row).files;
  }

  async #abortUploads(
    bucket: Bucket,
    rules: readonly LifecycleRule[],
    now: Date,
    expired: Record<keyof Expired, number>,
  ): Promise<void> {
    const sql = 'select * from upload where bucket_id = ?';
    const due = this.#parts.database.all<UploadRow>(sql, [bucket.id]).filter((row) =>
      rules.some(({ abortUploadsAfterDays: days, filter }) => {
        if (days === undefined) return false;
        const isOwn = Buffer.from(row.key)
          .toString()
          .startsWith(filter.prefix ?? '');
        return isOwn && now.getTime() >= dueTime(row.initiated_at, days);
      }),
    );
    for (const row of due) {
      const files = await this.#parts.queue.write(() => {
        const { files: gone, sizeBytes } = this.#uploads.remove(row);
        this.#parts.buckets.addBytes(bucket.id, -sizeBytes);
        return gone;
      });
      expired.uploadCount += 1;
      await this.#parts.files.remove(files);
    }
  }

  #scan(bucketId: number, after: number): ScannedRow[] {
    return this.#parts.database.all<ScannedRow>(
      `select version.*,
         (select newer.last_modified from version newer where newer.bucket_id = version.bucket_id
            and newer.key = version.key and newer.id > version.id order by newer.id limit 1) as replaced_at,
         (select count(*) from version newer where newer.bucket_id = version.bucket_id
            and newer.key = version.key and newer.id > version.id) as newer_count,
         (select count(*) from version older where older.bucket_id = version.bucket_id
            and older.key = version.key and older.id < version.id) as older_count
       from version where bucket_id = ? and id > ? order by id limit ${batchCount}`,
      [bucketId, after],
    );
  }

  #removeVersion(bucket: Bucket, row: VersionRow): Deletion {
    return this.#deletions.removeVersion(bucket, Buffer.from(row.key), row.version_id);
  }

  #dropsMarker(bucket: Bucket, rule: LifecycleRule, row: ScannedRow, now: Date): boolean {
    if (!this.#applies(bucket, rule, row)) return false;
    return rule.expiresDeleteMarkers === true || isDue(rule, row, now);
  }

  #applies(bucket: Bucket, { filter }: LifecycleRule, row: VersionRow): boolean {
    if (!fits(filter, row)) return false;
    const wanted = Object.entries(filter.tags ?? {});
    if (wanted.length === 0) return true;
    if (row.tag_count < wanted.length) return false;
    const { tags } = this.#parts.versions.openMetadata(bucket, row);
    return wanted.every(([name, value]) => tags[name] === value);
  }
}

function fits(filter: LifecycleFilter, row: Filtered): boolean {
  const { prefix = '', sizeGreaterThanBytes, sizeLessThanBytes } = filter;
  if (!Buffer.from(row.key).toString().startsWith(prefix)) return false;
  if (sizeGreaterThanBytes !== undefined && row.size_bytes <= sizeGreaterThanBytes) return false;
  return sizeLessThanBytes === undefined || row.size_bytes < sizeLessThanBytes;
}

function isDue(rule: LifecycleRule, row: VersionRow, now: Date): boolean {
  if (rule.expirationDate !== undefined) return now >= rule.expirationDate;
  if (rule.expirationDays === undefined) return false;
  return now.getTime() >= dueTime(row.last_modified, rule.expirationDays);
}

function isNoncurrentDue(rule: LifecycleRule, row: ScannedRow, now: Date): boolean {
  if (rule.noncurrentDays === undefined || row.replaced_at === null) return false;
  // The newest of them is the current version.
  if (row.newer_count - 1 < (rule.keptNoncurrentVersions ?? 0)) return false;
  return now.getTime() >= dueTime(row.replaced_at, rule.noncurrentDays);
}

function isRetained(row: VersionRow, now: Date): boolean {
  return row.retain_until !== null && row.retain_until > now.getTime();
}

/** Rounded up to the next midnight (S3 User Guide, "Lifecycle rules: based on an object's age"). */
function dueTime(sinceMilliseconds: number, days: number): number {
  return (
    Math.ceil((sinceMilliseconds + days * dayMilliseconds) / dayMilliseconds) * dayMilliseconds
  );
}
