import type { KeyCaller } from '@strongroom/sealing';
import type { VerifiedBody } from '../signatures/verified-body.ts';
import type { BucketInfo } from '../store/bucket-settings.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { Permission } from './permission.ts';
import type { RequestFields } from './request-fields.ts';
import type { S3Answer } from './s3-answer.ts';
import type { AuthorizationVerdict, S3ServiceOptions } from './s3-service-options.ts';
import type { UploadEncryptions } from './upload-encryptions.ts';

/** One request that is from who it says. */
export interface S3Call extends RequestFields {
  readonly store: ObjectStore;
  readonly service: ServiceFacts;
  readonly caller: KeyCaller;
  readonly uploadEncryptions: UploadEncryptions;
  /** As the client wrote it, without the query. */
  readonly address: string;
  /** The body; asking for it tells a client that waits to go on. */
  readonly body: () => VerifiedBody;
  /** Asked once a request. @throws {S3Error} `NoSuchBucket` */
  readonly bucketInfo: (bucket: string) => Promise<BucketInfo>;
  /** For what is decided on the way; what an operation always needs is in its permissions. */
  readonly ask: (permission: Permission) => Promise<AuthorizationVerdict>;
}

type ServiceFacts = Pick<
  S3ServiceOptions,
  'region' | 'accountId' | 'clock' | 'resolveKeyArn' | 'checkBucketPolicy' | 'asksForExistingTags'
>;

/**
 * An operation whose request has been read and understood. INVARIANT: `run` is called only when
 * every permission has been given, and nothing before it reads the body.
 */
export interface PreparedOperation {
  readonly permissions: readonly Permission[];
  readonly run: () => Promise<S3Answer>;
}

interface BucketPath {
  readonly bucket: string;
}

export interface ObjectPath extends BucketPath {
  readonly key: string;
}

type Preparing = PreparedOperation | Promise<PreparedOperation>;
export type ServiceOperation = (call: S3Call) => Preparing;
export type BucketOperation = (call: S3Call, path: BucketPath) => Preparing;
export type ObjectOperation = (call: S3Call, path: ObjectPath) => Preparing;
