import * as sdk from '@aws-sdk/client-s3';
import { S3Error, type S3ErrorCode, s3ErrorStatuses } from '../s3-error.ts';
import type { BucketInfo, BucketSettingName, BucketSettings, Tags } from './bucket-settings.ts';
import type { ListObjectsRequest, ListVersionsRequest } from './list-requests.ts';
import type * as multipart from './multipart-requests.ts';
import type { Retention } from './object-info.ts';
import type * as requests from './object-requests.ts';
import type { CreateBucketRequest, ObjectStore } from './object-store.ts';
import { checkBucketName, checkTags } from './request-rules.ts';
import { answered, orUndefined } from './s3/s3-answers.ts';
import { tagSet, tagsOf } from './s3/s3-attributes.ts';
import { listObjects, listVersions } from './s3/s3-listings.ts';
import {
  copyObject,
  getObject,
  headObject,
  putObject,
  resourceOf,
  type S3Target,
} from './s3/s3-objects.ts';
import { getSetting, putSetting, removeSetting } from './s3/s3-settings.ts';
import * as uploads from './s3/s3-uploads.ts';

export interface S3ObjectStoreOptions {
  /** Closed with the store. */
  readonly client: sdk.S3Client;
  /** Of objects that name no key. Absent: the account's own KMS key for S3. */
  readonly defaultKey?: string;
  /** Default true. */
  readonly bucketKeyEnabled?: boolean;
}

/** So long another's change of a bucket's settings may go unnoticed. */
const staleMilliseconds = 5_000;

const settingNames: readonly BucketSettingName[] = [
  ...(['versioning', 'policy', 'encryption', 'publicAccessBlock', 'cors'] as const),
  ...(['lifecycle', 'tagging', 'objectLock'] as const),
];

/**
 * A real S3, AWS's or another's, behind the same port. The client's credentials are the platform's: who
 * may what is decided before, and whose key is used is decided by the service.
 */
export class ObjectStoreS3 implements ObjectStore {
  readonly #client: sdk.S3Client;
  readonly #target: S3Target;
  readonly #buckets = new Map<string, { info: Promise<BucketInfo>; askedAt: number }>();

  constructor({ client, defaultKey, bucketKeyEnabled = true }: S3ObjectStoreOptions) {
    this.#client = client;
    const keyReference = defaultKey === undefined ? {} : { keyReference: defaultKey };
    this.#target = { client, encryption: { bucketKeyEnabled, ...keyReference } };
  }

  async createBucket(request: CreateBucketRequest): Promise<BucketInfo> {
    const { bucket, location, objectLockEnabled = false, caller } = request;
    checkBucketName(bucket);
    const LocationConstraint = location as sdk.BucketLocationConstraint | undefined;
    await answered(`/${bucket}`, () =>
      this.#client.send(
        new sdk.CreateBucketCommand({
          ...{ Bucket: bucket, ObjectLockEnabledForBucket: objectLockEnabled },
          ...(LocationConstraint && { CreateBucketConfiguration: { LocationConstraint } }),
        }),
      ),
    );
    return this.headBucket({ bucket, caller });
  }

  /** Kept for a moment, because it is asked for every request and takes nine of its own. */
  async headBucket({ bucket }: requests.BucketPlace): Promise<BucketInfo> {
    const known = this.#buckets.get(bucket);
    if (known !== undefined && performance.now() - known.askedAt < staleMilliseconds) {
      return known.info;
    }
    const info = this.#askBucket(bucket);
    this.#buckets.set(bucket, { info, askedAt: performance.now() });
    info.catch(() => this.#buckets.delete(bucket));
    return info;
  }

  /** Asks for every setting; where one may not be read, it is not told. */
  async #askBucket(bucket: string): Promise<BucketInfo> {
    const head = await answered(`/${bucket}`, () =>
      this.#client.send(new sdk.HeadBucketCommand({ Bucket: bucket })),
    );
    const settings = await Promise.all(
      settingNames.map(async (name) => {
        const hidden: readonly S3ErrorCode[] = ['AccessDenied', 'NotImplemented'];
        const value = await orUndefined(hidden, () => getSetting(this.#client, bucket, name));
        return value === undefined ? [] : [[name, value]];
      }),
    );
    const location = head.BucketRegion ?? '';
    const told = Object.fromEntries(settings.flat());
    return { bucket, createdAt: new Date(0), location, owner: '', settings: told };
  }

  async listBuckets(_request: requests.Asked): Promise<readonly BucketInfo[]> {
    const found: BucketInfo[] = [];
    for await (const page of sdk.paginateListBuckets({ client: this.#client }, {})) {
      for (const { Name = '', CreationDate, BucketRegion } of page.Buckets ?? []) {
        const createdAt = CreationDate ?? new Date(0);
        const owner = page.Owner?.ID ?? '';
        found.push({ bucket: Name, createdAt, location: BucketRegion ?? '', owner, settings: {} });
      }
    }
    return found;
  }

  async deleteBucket({ bucket }: requests.BucketPlace) {
    await answered(`/${bucket}`, () =>
      this.#client.send(new sdk.DeleteBucketCommand({ Bucket: bucket })),
    );
    this.#buckets.delete(bucket);
  }

  getBucketSetting<Name extends BucketSettingName>({
    bucket,
    setting,
  }: requests.BucketPlace & { readonly setting: Name }) {
    return getSetting(this.#client, bucket, setting);
  }

  async putBucketSetting<Name extends BucketSettingName>({
    bucket,
    ...named
  }: requests.BucketPlace & { readonly setting: Name; readonly value: BucketSettings[Name] }) {
    await putSetting(this.#client, bucket, named);
    this.#buckets.delete(bucket);
  }

  async deleteBucketSetting({
    bucket,
    setting,
  }: requests.BucketPlace & { readonly setting: BucketSettingName }) {
    await removeSetting(this.#client, bucket, setting);
    this.#buckets.delete(bucket);
  }

  /** S3 has no such answer: everything is listed and added up. */
  async bucketUsage({ bucket, caller }: requests.BucketPlace) {
    const usage = { objectCount: 0, versionCount: 0, sizeBytes: 0, unfinishedUploadBytes: 0 };
    let markers = {};
    for (;;) {
      const page = await listVersions(this.#target, { bucket, caller, ...markers });
      for (const { isDeleteMarker, isLatest, sizeBytes } of page.versions) {
        if (isDeleteMarker) continue;
        usage.versionCount += 1;
        usage.objectCount += isLatest ? 1 : 0;
        usage.sizeBytes += sizeBytes;
      }
      if (!page.isTruncated) return usage;
      markers = { keyMarker: page.nextKeyMarker, versionIdMarker: page.nextVersionIdMarker };
    }
  }

  putObject(request: requests.PutObjectRequest) {
    return putObject(this.#target, request);
  }

  getObject(request: requests.ReadObjectRequest) {
    return getObject(this.#target, request);
  }

  headObject(request: requests.ReadObjectRequest) {
    return headObject(this.#target, request);
  }

  async deleteObject(request: requests.DeleteObjectRequest) {
    const { conditions } = request;
    const output = await answered(resourceOf(request), () =>
      this.#client.send(
        new sdk.DeleteObjectCommand({
          ...versionInput(request),
          ...(conditions?.ifMatch !== undefined && { IfMatch: `"${conditions.ifMatch}"` }),
        }),
      ),
    );
    return deletion(output.VersionId, output.DeleteMarker);
  }

  async deleteObjects({ bucket, objects }: requests.DeleteObjectsRequest) {
    const Objects = objects.map(({ key, versionId, ifMatch }) => ({
      ...{ Key: key, ...(versionId !== undefined && { VersionId: versionId }) },
      ...(ifMatch !== undefined && { ETag: `"${ifMatch}"` }),
    }));
    const output = await answered(`/${bucket}`, () =>
      this.#client.send(new sdk.DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects } })),
    );
    return objects.map(({ key, versionId }) => {
      const isIt = (one: { Key?: string | undefined; VersionId?: string | undefined }) =>
        one.Key === key && (versionId === undefined || one.VersionId === versionId);
      const refused = output.Errors?.find(isIt);
      if (refused !== undefined) return refusal(refused);
      const done = output.Deleted?.find(isIt);
      return deletion(done?.DeleteMarkerVersionId ?? done?.VersionId, done?.DeleteMarker);
    });
  }

  copyObject(request: requests.CopyObjectRequest) {
    return copyObject(this.#target, request);
  }

  listObjects(request: ListObjectsRequest) {
    return listObjects(this.#target, request);
  }

  listVersions(request: ListVersionsRequest) {
    return listVersions(this.#target, request);
  }

  async getTags(request: requests.VersionPlace) {
    const output = await answered(resourceOf(request), () =>
      this.#client.send(new sdk.GetObjectTaggingCommand(versionInput(request))),
    );
    return { tags: tagsOf(output.TagSet), ...versionOf(output.VersionId) };
  }

  async putTags({ tags, ...place }: requests.VersionPlace & { readonly tags: Tags }) {
    checkTags(tags, 10);
    const Tagging = { TagSet: tagSet(tags) };
    const output = await answered(resourceOf(place), () =>
      this.#client.send(new sdk.PutObjectTaggingCommand({ ...versionInput(place), Tagging })),
    );
    return versionOf(output.VersionId);
  }

  async deleteTags(request: requests.VersionPlace) {
    const output = await answered(resourceOf(request), () =>
      this.#client.send(new sdk.DeleteObjectTaggingCommand(versionInput(request))),
    );
    return versionOf(output.VersionId);
  }

  async getRetention(request: requests.VersionPlace): Promise<Retention | undefined> {
    const output = await orUndefined(['NoSuchObjectLockConfiguration'], () =>
      answered(resourceOf(request), () =>
        this.#client.send(new sdk.GetObjectRetentionCommand(versionInput(request))),
      ),
    );
    const retainUntil = output?.Retention?.RetainUntilDate;
    return retainUntil && { mode: 'COMPLIANCE', retainUntil };
  }

  async putRetention({ retention, ...place }: requests.RetentionRequest) {
    const Retention = { Mode: retention.mode, RetainUntilDate: retention.retainUntil };
    await answered(resourceOf(place), () =>
      this.#client.send(new sdk.PutObjectRetentionCommand({ ...versionInput(place), Retention })),
    );
  }

  createUpload(request: multipart.CreateUploadRequest) {
    return uploads.createUpload(this.#target, request);
  }

  uploadPart(request: multipart.UploadPartRequest) {
    return uploads.uploadPart(this.#target, request);
  }

  copyPart(request: multipart.CopyPartRequest) {
    return uploads.copyPart(this.#target, request);
  }

  listParts(request: multipart.ListPartsRequest) {
    return uploads.listParts(this.#target, request);
  }

  listUploads(request: multipart.ListUploadsRequest) {
    return uploads.listUploads(this.#target, request);
  }

  completeUpload(request: multipart.CompleteUploadRequest) {
    return uploads.completeUpload(this.#target, request);
  }

  abortUpload(request: multipart.UploadPlace) {
    return uploads.abortUpload(this.#target, request);
  }

  async close() {
    this.#client.destroy();
  }
}

function versionInput({ bucket, key, versionId }: Omit<requests.VersionPlace, 'caller'>) {
  return { Bucket: bucket, Key: key, ...(versionId !== undefined && { VersionId: versionId }) };
}

function versionOf(versionId: string | undefined): { readonly versionId?: string } {
  return versionId === undefined ? {} : { versionId };
}

function deletion(versionId: string | undefined, isDeleteMarker: boolean | undefined) {
  return { ...versionOf(versionId), isDeleteMarker: isDeleteMarker ?? false };
}

function refusal({ Code = '', Message = '' }: sdk._Error): S3Error {
  const isKnown = Object.hasOwn(s3ErrorStatuses, Code);
  return new S3Error(isKnown ? (Code as S3ErrorCode) : 'InternalError', Message);
}
