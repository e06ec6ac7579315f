import type { S3Error } from '../s3-error.ts';
import type {
  BucketInfo,
  BucketSettingName,
  BucketSettings,
  BucketUsage,
  Tags,
} from './bucket-settings.ts';
import type {
  ListObjectsRequest,
  ListObjectsResult,
  ListVersionsRequest,
  ListVersionsResult,
} from './list-requests.ts';
import type {
  CompleteUploadRequest,
  CopyPartRequest,
  CopyPartResult,
  CreateUploadRequest,
  CreateUploadResult,
  ListPartsRequest,
  ListPartsResult,
  ListUploadsRequest,
  ListUploadsResult,
  UploadPartRequest,
  UploadPartResult,
  UploadPlace,
} from './multipart-requests.ts';
import type { Retention } from './object-info.ts';
import type {
  Asked,
  BucketPlace,
  CopyObjectRequest,
  CopyObjectResult,
  DeleteObjectRequest,
  DeleteObjectResult,
  DeleteObjectsRequest,
  GetObjectResult,
  HeadObjectResult,
  PutObjectRequest,
  PutObjectResult,
  ReadObjectRequest,
  RetentionRequest,
  VersionPlace,
} from './object-requests.ts';

/**
 * Buckets and objects as S3 has them, without HTTP. Whether the caller may is decided before; only
 * the use of keys is authorised behind this port. Every refusal is an `S3Error`.
 *
 * INVARIANT: what a call has resolved for survives the loss of power, and content is never stored
 * unsealed.
 */
export interface ObjectStore {
  createBucket(request: CreateBucketRequest): Promise<BucketInfo>;
  /** @throws {S3Error} `NoSuchBucket`. Answered from memory: it may be asked for every request. */
  headBucket(request: BucketPlace): Promise<BucketInfo>;
  /** All buckets, by name. */
  listBuckets(request: Asked): Promise<readonly BucketInfo[]>;
  /** @throws {S3Error} `BucketNotEmpty` while there is a version, a delete marker or an upload in it. */
  deleteBucket(request: BucketPlace): Promise<void>;
  /** `undefined` where it is not set; which code S3 answers then depends on the setting. */
  getBucketSetting<Name extends BucketSettingName>(
    request: BucketPlace & { readonly setting: Name },
  ): Promise<BucketSettings[Name] | undefined>;
  putBucketSetting<Name extends BucketSettingName>(
    request: BucketPlace & { readonly setting: Name; readonly value: BucketSettings[Name] },
  ): Promise<void>;
  deleteBucketSetting(
    request: BucketPlace & { readonly setting: BucketSettingName },
  ): Promise<void>;
  bucketUsage(request: BucketPlace): Promise<BucketUsage>;

  putObject(request: PutObjectRequest): Promise<PutObjectResult>;
  /** @throws {S3Error} `NoSuchKey`, `NoSuchVersion`, `MethodNotAllowed` (a delete marker's version), `NotModified`, `PreconditionFailed`, `InvalidRange`, `KMS.DisabledException`. `details['x-amz-delete-marker']` and `details['x-amz-version-id']` where a delete marker is why. */
  getObject(request: ReadObjectRequest): Promise<GetObjectResult>;
  headObject(request: ReadObjectRequest): Promise<HeadObjectResult>;
  /** A missing key is no failure. */
  deleteObject(request: DeleteObjectRequest): Promise<DeleteObjectResult>;
  /** One outcome for each object asked for, in the same order. */
  deleteObjects(request: DeleteObjectsRequest): Promise<readonly (DeleteObjectResult | S3Error)[]>;
  copyObject(request: CopyObjectRequest): Promise<CopyObjectResult>;
  listObjects(request: ListObjectsRequest): Promise<ListObjectsResult>;
  listVersions(request: ListVersionsRequest): Promise<ListVersionsResult>;

  getTags(request: VersionPlace): Promise<TagsResult>;
  putTags(
    request: VersionPlace & { readonly tags: Tags },
  ): Promise<{ readonly versionId?: string }>;
  deleteTags(request: VersionPlace): Promise<{ readonly versionId?: string }>;
  getRetention(request: VersionPlace): Promise<Retention | undefined>;
  putRetention(request: RetentionRequest): Promise<void>;

  createUpload(request: CreateUploadRequest): Promise<CreateUploadResult>;
  uploadPart(request: UploadPartRequest): Promise<UploadPartResult>;
  copyPart(request: CopyPartRequest): Promise<CopyPartResult>;
  listParts(request: ListPartsRequest): Promise<ListPartsResult>;
  listUploads(request: ListUploadsRequest): Promise<ListUploadsResult>;
  /** A second completion of the same upload with the same parts answers as the first did. */
  completeUpload(request: CompleteUploadRequest): Promise<PutObjectResult>;
  abortUpload(request: UploadPlace): Promise<void>;

  close(): Promise<void>;
}

export interface CreateBucketRequest extends BucketPlace {
  readonly location?: string;
  /** Object lock, and with it versions, from the beginning. */
  readonly objectLockEnabled?: boolean;
}

interface TagsResult {
  readonly tags: Tags;
  readonly versionId?: string;
}
