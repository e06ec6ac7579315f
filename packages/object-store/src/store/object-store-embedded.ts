import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BucketKeys, KeyService } from '@strongroom/sealing';
import { S3Error } from '../s3-error.ts';
import type { BucketSettingName, BucketSettings, Tags } from './bucket-settings.ts';
import { Buckets, bucketInfo } from './embedded/buckets.ts';
import { ContentWriter } from './embedded/content-writer.ts';
import { Deletions, outcomeOf } from './embedded/deletions.ts';
import { DiskSpace } from './embedded/disk-space.ts';
import { type KeyUsage, keyUsage } from './embedded/key-usage.ts';
import { type Expired, Lifecycle } from './embedded/lifecycle.ts';
import { Listings } from './embedded/listings.ts';
import { MetadataBox } from './embedded/metadata-box.ts';
import { ObjectKeys } from './embedded/object-keys.ts';
import { ObjectReader } from './embedded/object-reader.ts';
import { ObjectWriter } from './embedded/object-writer.ts';
import { openDatabase } from './embedded/open-database.ts';
import type { StoreParts } from './embedded/parts.ts';
import { Scrub, type ScrubOptions, type ScrubResult } from './embedded/scrub.ts';
import { SealedFiles } from './embedded/sealed-files.ts';
import { UploadCompletion } from './embedded/upload-completion.ts';
import { Uploads } from './embedded/uploads.ts';
import { VersionCommit } from './embedded/version-commit.ts';
import { Versions } from './embedded/versions.ts';
import { WriteQueue } from './embedded/write-queue.ts';
import type { ListObjectsRequest, ListVersionsRequest } from './list-requests.ts';
import type * as multipart from './multipart-requests.ts';
import type * as requests from './object-requests.ts';
import type { CreateBucketRequest, ObjectStore } from './object-store.ts';
import { checkTags } from './request-rules.ts';

export interface EmbeddedObjectStoreOptions {
  /** Made where it is not there, for its owner alone. */
  readonly folder: string;
  readonly keys: KeyService;
  readonly bucketKeys: BucketKeys;
  /** Of objects in buckets that name no key: an id, an alias or an ARN. */
  readonly defaultKey: string;
  /** 32 bytes, kept elsewhere: seals user metadata and tags, which are told without the object's key. */
  readonly metadataKey: Buffer;
  readonly clock: () => Date;
  /** So much of the disk stays free. Default 512 MiB. */
  readonly freeSpaceFloorBytes?: number;
  /** S3's 5 MiB, less in tests. */
  readonly minimumPartBytes?: number;
}

const defaultFloorBytes = 512 * 1024 ** 2;
const defaultMinimumPartBytes = 5 * 1024 ** 2;

/** Sealed files beside a SQLite database, in one folder that one process holds. */
export class ObjectStoreEmbedded implements ObjectStore {
  readonly #parts: StoreParts;
  readonly #reader: ObjectReader;
  readonly #writer: ObjectWriter;
  readonly #deletions: Deletions;
  readonly #listings: Listings;
  readonly #uploads: Uploads;
  readonly #completion: UploadCompletion;
  readonly #lifecycle: Lifecycle;
  #isClosed = false;

  private constructor(parts: StoreParts, minimumPartBytes: number) {
    this.#parts = parts;
    this.#reader = new ObjectReader(parts);
    this.#writer = new ObjectWriter(parts, this.#reader);
    this.#deletions = new Deletions(parts);
    this.#listings = new Listings(parts);
    this.#uploads = new Uploads(parts, this.#reader);
    this.#completion = new UploadCompletion(parts, minimumPartBytes);
    this.#lifecycle = new Lifecycle(parts, this.#deletions);
  }

  /** Cleans up what a crash left behind. @throws {StoreOpenError} */
  static async open(options: EmbeddedObjectStoreOptions): Promise<ObjectStoreEmbedded> {
    const { folder, keys, bucketKeys, defaultKey, clock } = options;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const database = openDatabase(join(folder, 'objects.sqlite'));
    try {
      const files = await SealedFiles.open(folder);
      const sql = 'select 1 from segment where file_id = ?';
      await files.removeOrphans((fileId) => database.get(sql, [fileId]) !== undefined);
      const queue = new WriteQueue(database);
      const buckets = new Buckets(database, queue);
      const box = new MetadataBox(options.metadataKey);
      const versions = new Versions(database, box);
      const space = new DiskSpace(folder, options.freeSpaceFloorBytes ?? defaultFloorBytes);
      const shared = { database, queue, buckets, versions, files, box, clock, defaultKey };
      const parts: StoreParts = {
        ...{ ...shared, keys: new ObjectKeys(keys, bucketKeys) },
        ...{ writer: new ContentWriter(files, space), commit: new VersionCommit(shared) },
      };
      const minimumPartBytes = options.minimumPartBytes ?? defaultMinimumPartBytes;
      return new ObjectStoreEmbedded(parts, minimumPartBytes);
    } catch (error) {
      database.close();
      throw error;
    }
  }

  async createBucket(request: CreateBucketRequest) {
    const { bucket: name, location = '', objectLockEnabled = false, caller } = request;
    const settings: Partial<BucketSettings> = objectLockEnabled
      ? { versioning: 'Enabled', objectLock: {} }
      : {};
    const createdAt = this.#parts.clock();
    const owner = caller.principal;
    const made = await this.#parts.buckets.create({ name, location, owner, createdAt, settings });
    return bucketInfo(made);
  }

  async headBucket({ bucket }: requests.BucketPlace) {
    return bucketInfo(this.#parts.buckets.find(bucket));
  }

  async listBuckets(_request: requests.Asked) {
    return this.#parts.buckets.list().map(bucketInfo);
  }

  async deleteBucket({ bucket }: requests.BucketPlace) {
    await this.#parts.buckets.remove(bucket);
  }

  async getBucketSetting<Name extends BucketSettingName>({
    bucket,
    setting,
  }: requests.BucketPlace & { readonly setting: Name }) {
    return this.#parts.buckets.find(bucket).settings[setting];
  }

  async putBucketSetting<Name extends BucketSettingName>({
    bucket,
    setting,
    value,
  }: requests.BucketPlace & { readonly setting: Name; readonly value: BucketSettings[Name] }) {
    await this.#parts.buckets.putSetting(bucket, setting, value);
  }

  async deleteBucketSetting({
    bucket,
    setting,
  }: requests.BucketPlace & { readonly setting: BucketSettingName }) {
    await this.#parts.buckets.putSetting(bucket, setting, undefined);
  }

  async bucketUsage({ bucket }: requests.BucketPlace) {
    return this.#parts.buckets.usage(bucket);
  }

  putObject(request: requests.PutObjectRequest) {
    return this.#writer.put(request);
  }

  getObject(request: requests.ReadObjectRequest) {
    return this.#reader.get(request);
  }

  async headObject(request: requests.ReadObjectRequest) {
    return this.#reader.head(request);
  }

  deleteObject(request: requests.DeleteObjectRequest) {
    return this.#deletions.remove(request);
  }

  /** All together, so that they share a commit. */
  async deleteObjects({ bucket, objects }: requests.DeleteObjectsRequest) {
    this.#parts.buckets.find(bucket);
    const settled = await Promise.allSettled(
      objects.map(async ({ ifMatch, ...object }) => {
        const conditions = ifMatch === undefined ? {} : { conditions: { ifMatch } };
        return this.#deletions.remove({ bucket, ...object, ...conditions });
      }),
    );
    return settled.map(outcomeOf);
  }

  copyObject(request: requests.CopyObjectRequest) {
    return this.#writer.copy(request);
  }

  async listObjects(request: ListObjectsRequest) {
    return this.#listings.objects(request);
  }

  async listVersions(request: ListVersionsRequest) {
    return this.#listings.versions(request);
  }

  async getTags(request: requests.VersionPlace) {
    const { bucket, row } = this.#find(request);
    const { tags } = this.#parts.versions.openMetadata(bucket, row);
    return { tags, ...(bucket.hasVersions && { versionId: row.version_id }) };
  }

  async putTags({ tags, ...place }: requests.VersionPlace & { readonly tags: Tags }) {
    checkTags(tags, 10);
    this.#find(place);
    return this.#parts.queue.write(() => {
      const { bucket, row } = this.#find(place);
      this.#parts.versions.replaceTags(bucket, row, tags);
      return bucket.hasVersions ? { versionId: row.version_id } : {};
    });
  }

  deleteTags(request: requests.VersionPlace) {
    return this.putTags({ ...request, tags: {} });
  }

  async getRetention(request: requests.VersionPlace) {
    const { bucket, row } = this.#find(request);
    requireObjectLock(bucket.settings);
    if (row.retain_until === null) return undefined;
    return { mode: 'COMPLIANCE', retainUntil: new Date(row.retain_until) } as const;
  }

  async putRetention({ retention, ...place }: requests.RetentionRequest) {
    const { bucket } = this.#find(place);
    requireObjectLock(bucket.settings);
    const until = this.#parts.commit.retainUntil(bucket, retention);
    await this.#parts.queue.write(() => {
      const { row } = this.#find(place);
      const isShorter = until !== null && row.retain_until !== null && until < row.retain_until;
      if (isShorter && row.retain_until > this.#parts.clock().getTime()) {
        throw new S3Error('AccessDenied', 'Access Denied because object protected by object lock.');
      }
      const sql = 'update version set retain_until = ? where id = ?';
      this.#parts.database.run(sql, [until, row.id]);
    });
  }

  createUpload(request: multipart.CreateUploadRequest) {
    return this.#uploads.create(request);
  }

  uploadPart(request: multipart.UploadPartRequest) {
    return this.#uploads.uploadPart(request);
  }

  copyPart(request: multipart.CopyPartRequest) {
    return this.#uploads.copyPart(request);
  }

  async listParts(request: multipart.ListPartsRequest) {
    return this.#uploads.listParts(request);
  }

  async listUploads(request: multipart.ListUploadsRequest) {
    return this.#listings.uploads(request);
  }

  completeUpload(request: multipart.CompleteUploadRequest) {
    return this.#completion.complete(request);
  }

  abortUpload(request: multipart.UploadPlace) {
    return this.#uploads.abort(request);
  }

  /** Applies the buckets' lifecycle rules as of now. */
  expireDue(): Promise<Expired> {
    return this.#lifecycle.expireDue();
  }

  /** What each key seals: as many rows as there are pairs of key and bucket. */
  async keyUsage(): Promise<readonly KeyUsage[]> {
    return keyUsage(this.#parts.database);
  }

  /** Reads everything and names what is damaged. */
  scrub(options: ScrubOptions): Promise<ScrubResult> {
    return new Scrub(this.#parts, this.#reader).run(options);
  }

  /** What is under way fails. */
  async close() {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#parts.queue.flush();
    this.#parts.keys.close();
    this.#parts.database.close();
  }

  #find({ bucket: name, key, versionId }: Omit<requests.VersionPlace, 'caller'>) {
    const bucket = this.#parts.buckets.find(name);
    return { bucket, row: this.#parts.versions.require(bucket, key, versionId) };
  }
}

function requireObjectLock({ objectLock }: Partial<BucketSettings>): void {
  if (objectLock !== undefined) return;
  throw new S3Error('InvalidRequest', 'Bucket is missing Object Lock Configuration');
}
