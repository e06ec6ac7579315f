/** What can be set on a bucket, each under the name that `getBucketSetting` asks for it by. */
export interface BucketSettings {
  readonly versioning: VersioningState;
  /** The policy document's text, kept as it came; whoever sets it has parsed it. */
  readonly policy: string;
  readonly encryption: BucketEncryption;
  readonly publicAccessBlock: PublicAccessBlock;
  readonly cors: readonly CorsRule[];
  readonly lifecycle: readonly LifecycleRule[];
  readonly tagging: Tags;
  readonly objectLock: ObjectLockConfiguration;
  /** Plain bytes of all versions and of the parts of unfinished uploads. */
  readonly quotaBytes: number;
}

export type BucketSettingName = keyof BucketSettings;

export type VersioningState = 'Enabled' | 'Suspended';

export type Tags = Readonly<Record<string, string>>;

export interface BucketEncryption {
  readonly algorithm: 'aws:kms';
  /** A key's id, alias or ARN. Absent: the store's default key. */
  readonly keyReference?: string;
  readonly bucketKeyEnabled: boolean;
}

export interface PublicAccessBlock {
  readonly blockPublicAcls: boolean;
  readonly ignorePublicAcls: boolean;
  readonly blockPublicPolicy: boolean;
  readonly restrictPublicBuckets: boolean;
}

export interface CorsRule {
  readonly id?: string;
  readonly allowedOrigins: readonly string[];
  readonly allowedMethods: readonly string[];
  readonly allowedHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly maximumAgeSeconds?: number;
}

export interface LifecycleRule {
  readonly id?: string;
  readonly isEnabled: boolean;
  readonly filter: LifecycleFilter;
  /** Of the current version: deleted, or covered by a delete marker where there are versions. */
  readonly expirationDays?: number;
  readonly expirationDate?: Date;
  /** A delete marker with no version behind it goes. */
  readonly expiresDeleteMarkers?: boolean;
  readonly noncurrentDays?: number;
  /** So many noncurrent versions stay however old they are. */
  readonly keptNoncurrentVersions?: number;
  readonly abortUploadsAfterDays?: number;
}

export interface LifecycleFilter {
  readonly prefix?: string;
  readonly tags?: Tags;
  readonly sizeGreaterThanBytes?: number;
  readonly sizeLessThanBytes?: number;
}

export interface ObjectLockConfiguration {
  readonly defaultRetention?: {
    readonly mode: 'COMPLIANCE';
    readonly days?: number;
    readonly years?: number;
  };
}

export interface BucketInfo {
  readonly bucket: string;
  readonly createdAt: Date;
  /** The LocationConstraint it was made with; `''` where none was given. */
  readonly location: string;
  /** Who made it: `KeyCaller.principal`. */
  readonly owner: string;
  readonly settings: Readonly<Partial<BucketSettings>>;
}

export interface BucketUsage {
  readonly objectCount: number;
  readonly versionCount: number;
  readonly sizeBytes: number;
  readonly unfinishedUploadBytes: number;
}
