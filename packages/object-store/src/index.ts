export { createS3Service, type S3Service } from './http/s3-service.ts';
export type {
  AuthorizationQuestion,
  AuthorizationVerdict,
  BucketPolicyVerdict,
  ConditionValues,
  S3Connection,
  S3LogLine,
  S3Principal,
  S3ServiceOptions,
} from './http/s3-service-options.ts';
export { S3Error, type S3ErrorCode, type S3ErrorOptions, s3ErrorStatuses } from './s3-error.ts';
export type { CredentialProblem, FoundCredentials } from './signatures/verify-signature.ts';
export type {
  BucketEncryption,
  BucketInfo,
  BucketSettingName,
  BucketSettings,
  BucketUsage,
  CorsRule,
  LifecycleFilter,
  LifecycleRule,
  ObjectLockConfiguration,
  PublicAccessBlock,
  Tags,
  VersioningState,
} from './store/bucket-settings.ts';
export type { KeyUsage } from './store/embedded/key-usage.ts';
export type { Expired } from './store/embedded/lifecycle.ts';
export { StoreOpenError } from './store/embedded/open-database.ts';
export type {
  ScrubOptions,
  ScrubProblem,
  ScrubProgress,
  ScrubResult,
} from './store/embedded/scrub.ts';
export type { ListObjectsResult } from './store/list-requests.ts';
export type { GetObjectResult } from './store/object-requests.ts';
export type { ObjectStore } from './store/object-store.ts';
export {
  type EmbeddedObjectStoreOptions,
  ObjectStoreEmbedded,
} from './store/object-store-embedded.ts';
export { ObjectStoreS3, type S3ObjectStoreOptions } from './store/object-store-s3.ts';
