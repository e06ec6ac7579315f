import { S3Error } from '../../s3-error.ts';
import type {
  BucketInfo,
  BucketSettingName,
  BucketSettings,
  BucketUsage,
} from '../bucket-settings.ts';
import { checkBucketName, checkTags } from '../request-rules.ts';
import { settingsFromText, settingsToText } from './settings-text.ts';
import type { Sqlite } from './sqlite.ts';
import type { WriteQueue } from './write-queue.ts';

export interface Bucket {
  readonly id: number;
  readonly name: string;
  readonly createdAt: Date;
  readonly location: string;
  readonly owner: string;
  /** Once it has had versions its versions have ids, for ever. */
  readonly hasVersions: boolean;
  readonly settings: Partial<BucketSettings>;
}

interface BucketRow {
  readonly id: number;
  readonly name: string;
  readonly created_at: number;
  readonly location: string;
  readonly owner: string;
  readonly has_versions: number;
  readonly settings: string;
}

export interface NewBucket {
  readonly name: string;
  readonly location: string;
  readonly owner: string;
  readonly createdAt: Date;
  readonly settings: Partial<BucketSettings>;
}

/** Buckets and their settings. All are in memory too, because every request asks for one. */
export class Buckets {
  readonly #database: Sqlite;
  readonly #queue: WriteQueue;
  readonly #byName = new Map<string, Bucket>();

  constructor(database: Sqlite, queue: WriteQueue) {
    this.#database = database;
    this.#queue = queue;
    for (const { name } of database.all<{ name: string }>('select name from bucket')) {
      this.#reload(name);
    }
  }

  /** @throws {S3Error} `NoSuchBucket` */
  find(name: string): Bucket {
    const bucket = this.#byName.get(name);
    if (bucket === undefined) {
      throw new S3Error('NoSuchBucket', 'The specified bucket does not exist', {
        resource: `/${name}`,
        details: { BucketName: name },
      });
    }
    return bucket;
  }

  list(): readonly Bucket[] {
    return [...this.#byName.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  /** @throws {S3Error} `InvalidBucketName`, `BucketAlreadyOwnedByYou`, `BucketAlreadyExists` */
  async create(made: NewBucket): Promise<Bucket> {
    const { name, location, owner, createdAt, settings } = made;
    checkBucketName(name);
    await this.#queue.write(() => {
      const taken = this.#database.get<BucketRow>('select owner from bucket where name = ?', [
        name,
      ]);
      if (taken !== undefined) throw alreadyThere(name, taken.owner === owner);
      const hasVersions = settings.versioning === undefined ? 0 : 1;
      this.#database.run(
        'insert into bucket (name, created_at, location, owner, has_versions, settings) values (?, ?, ?, ?, ?, ?)',
        [name, createdAt.getTime(), location, owner, hasVersions, settingsToText(settings)],
      );
    });
    return this.#reload(name);
  }

  /** @throws {S3Error} `BucketNotEmpty` */
  async remove(name: string): Promise<void> {
    const bucket = this.find(name);
    const { id } = bucket;
    const removed = this.#queue.write(() => {
      const version = this.#database.get('select 1 from version where bucket_id = ? limit 1', [id]);
      const upload = this.#database.get('select 1 from upload where bucket_id = ? limit 1', [id]);
      if (version !== undefined || upload !== undefined) {
        const message = 'The bucket you tried to delete is not empty';
        throw new S3Error('BucketNotEmpty', message, { resource: `/${name}` });
      }
      this.#database.run('delete from completed_upload where bucket_id = ?', [id]);
      this.#database.run('delete from bucket where id = ?', [id]);
      // In the transaction, so that no write behind it in the same one still finds the bucket.
      this.#byName.delete(name);
    });
    await removed.catch((error: unknown) => {
      this.#byName.set(name, bucket);
      throw error;
    });
  }

  async putSetting<Name extends BucketSettingName>(
    name: string,
    setting: Name,
    value: BucketSettings[Name] | undefined,
  ): Promise<void> {
    const { id } = this.find(name);
    await this.#queue.write(() => {
      // As it is on the disk: another change of settings may be ahead in the same transaction.
      const bucket = this.#read(name);
      checkSetting(bucket, setting, value);
      const { [setting]: _, ...others } = bucket.settings;
      const settings = value === undefined ? others : { ...others, [setting]: value };
      const hasVersions = bucket.hasVersions || setting === 'versioning' ? 1 : 0;
      this.#database.run('update bucket set settings = ?, has_versions = ? where id = ?', [
        ...[settingsToText(settings), hasVersions, id],
      ]);
    });
    this.#reload(name);
  }

  /** @throws {S3Error} `QuotaExceeded`. Also called inside the transaction that adds the bytes. */
  checkQuota({ id, name, settings: { quotaBytes } }: Bucket, addedBytes: number): void {
    if (quotaBytes === undefined || this.sizeBytes(id) + addedBytes <= quotaBytes) return;
    const message = `Cannot write ${addedBytes} bytes to "${name}": its quota is ${quotaBytes} bytes`;
    throw new S3Error('QuotaExceeded', message, { resource: `/${name}` });
  }

  sizeBytes(id: number): number {
    const sql = 'select size_bytes from bucket where id = ?';
    const row = this.#database.get<{ size_bytes: number }>(sql, [id]);
    return row?.size_bytes ?? 0;
  }

  addBytes(id: number, addedBytes: number): void {
    if (addedBytes === 0) return;
    this.#database.run('update bucket set size_bytes = size_bytes + ? where id = ?', [
      ...[addedBytes, id],
    ]);
  }

  usage(name: string): BucketUsage {
    const { id } = this.find(name);
    const versions = this.#database.get<Record<'objects' | 'versions' | 'bytes', number | null>>(
      `select sum(is_current) as objects, sum(1 - is_delete_marker) as versions,
       sum(size_bytes) as bytes from version where bucket_id = ?`,
      [id],
    );
    const sizeBytes = versions?.bytes ?? 0;
    return {
      objectCount: versions?.objects ?? 0,
      versionCount: versions?.versions ?? 0,
      sizeBytes,
      unfinishedUploadBytes: this.sizeBytes(id) - sizeBytes,
    };
  }

  #reload(name: string): Bucket {
    const bucket = this.#read(name);
    this.#byName.set(name, bucket);
    return bucket;
  }

  #read(name: string): Bucket {
    const row = this.#database.get<BucketRow>('select * from bucket where name = ?', [name]);
    if (row === undefined) throw new S3Error('NoSuchBucket', 'The specified bucket does not exist');
    const { id, location, owner } = row;
    return {
      ...{ id, name, location, owner, createdAt: new Date(row.created_at) },
      ...{ hasVersions: row.has_versions === 1, settings: settingsFromText(row.settings) },
    };
  }
}

export function bucketInfo({ name, createdAt, location, owner, settings }: Bucket): BucketInfo {
  return { bucket: name, createdAt, location, owner, settings };
}

function checkSetting<Name extends BucketSettingName>(
  bucket: Bucket,
  setting: Name,
  value: BucketSettings[Name] | undefined,
): void {
  const { objectLock, versioning } = bucket.settings;
  if (setting === 'tagging') checkTags((value as BucketSettings['tagging'] | undefined) ?? {});
  if (setting === 'versioning' && objectLock !== undefined && value !== 'Enabled') {
    const message = 'Cannot change versioning: an Object Lock configuration is present';
    throw new S3Error('InvalidBucketState', message);
  }
  // S3 has no way back from versioning or from object lock.
  if ((setting === 'versioning' || setting === 'objectLock') && value === undefined) {
    throw new S3Error('InvalidBucketState', `Cannot take "${setting}" off the bucket`);
  }
  if (setting === 'objectLock' && versioning !== 'Enabled') {
    const message = 'Versioning must be Enabled on the bucket to apply a Object Lock configuration';
    throw new S3Error('InvalidBucketState', message);
  }
}

function alreadyThere(name: string, isOwn: boolean): S3Error {
  const resource = `/${name}`;
  return isOwn
    ? new S3Error('BucketAlreadyOwnedByYou', `Cannot make "${name}": you own it`, { resource })
    : new S3Error('BucketAlreadyExists', `Cannot make "${name}": it exists`, { resource });
}
