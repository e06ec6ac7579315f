export { S3Error, type S3ErrorCode, type S3ErrorOptions, s3ErrorStatuses } from './s3-error.ts';
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
export type { ObjectStore } from './store/object-store.ts';
