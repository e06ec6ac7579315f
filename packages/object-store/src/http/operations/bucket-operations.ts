import type { BucketOperation } from '../s3-call.ts';
import { getBucketAcl, putBucketAcl } from './acl.ts';
import {
  deleteBucketPolicy,
  getBucketPolicy,
  getBucketPolicyStatus,
  putBucketPolicy,
} from './bucket-policy.ts';
import { deleteSetting, getSetting, putSetting } from './bucket-setting.ts';
import { createBucket, deleteBucket, getBucketLocation, headBucket } from './buckets.ts';
import { cors } from './cors-document.ts';
import { deleteObjects } from './delete-objects.ts';
import { encryption } from './encryption-document.ts';
import { lifecycle } from './lifecycle-document.ts';
import { listObjects, listObjectsV2 } from './list-objects.ts';
import { listMultipartUploads } from './list-uploads.ts';
import { listObjectVersions } from './list-versions.ts';
import { objectLock } from './object-lock-document.ts';
import type { OperationTable } from './operation-table.ts';
import { publicAccessBlock, tagging, versioning } from './setting-documents.ts';

export const bucketOperations: OperationTable<BucketOperation> = new Map<
  string,
  readonly [string, BucketOperation]
>([
  ['PUT', ['CreateBucket', createBucket]],
  ['HEAD', ['HeadBucket', headBucket]],
  ['DELETE', ['DeleteBucket', deleteBucket]],
  ['GET', ['ListObjects', listObjects]],
  ['GET list-type', ['ListObjectsV2', listObjectsV2]],
  ['GET versions', ['ListObjectVersions', listObjectVersions]],
  ['GET uploads', ['ListMultipartUploads', listMultipartUploads]],
  ['POST delete', ['DeleteObjects', deleteObjects]],
  ['GET location', ['GetBucketLocation', getBucketLocation]],
  ['GET acl', ['GetBucketAcl', getBucketAcl]],
  ['PUT acl', ['PutBucketAcl', putBucketAcl]],
  ['GET policy', ['GetBucketPolicy', getBucketPolicy]],
  ['PUT policy', ['PutBucketPolicy', putBucketPolicy]],
  ['DELETE policy', ['DeleteBucketPolicy', deleteBucketPolicy]],
  ['GET policyStatus', ['GetBucketPolicyStatus', getBucketPolicyStatus]],
  ['GET versioning', ['GetBucketVersioning', getSetting(versioning)]],
  ['PUT versioning', ['PutBucketVersioning', putSetting(versioning)]],
  ['GET encryption', ['GetBucketEncryption', getSetting(encryption)]],
  ['PUT encryption', ['PutBucketEncryption', putSetting(encryption)]],
  ['DELETE encryption', ['DeleteBucketEncryption', deleteSetting(encryption)]],
  ['GET publicAccessBlock', ['GetPublicAccessBlock', getSetting(publicAccessBlock)]],
  ['PUT publicAccessBlock', ['PutPublicAccessBlock', putSetting(publicAccessBlock)]],
  ['DELETE publicAccessBlock', ['DeletePublicAccessBlock', deleteSetting(publicAccessBlock)]],
  ['GET cors', ['GetBucketCors', getSetting(cors)]],
  ['PUT cors', ['PutBucketCors', putSetting(cors)]],
  ['DELETE cors', ['DeleteBucketCors', deleteSetting(cors)]],
  ['GET lifecycle', ['GetBucketLifecycleConfiguration', getSetting(lifecycle)]],
  ['PUT lifecycle', ['PutBucketLifecycleConfiguration', putSetting(lifecycle)]],
  ['DELETE lifecycle', ['DeleteBucketLifecycle', deleteSetting(lifecycle)]],
  ['GET tagging', ['GetBucketTagging', getSetting(tagging)]],
  ['PUT tagging', ['PutBucketTagging', putSetting(tagging)]],
  ['DELETE tagging', ['DeleteBucketTagging', deleteSetting(tagging)]],
  ['GET object-lock', ['GetObjectLockConfiguration', getSetting(objectLock)]],
  ['PUT object-lock', ['PutObjectLockConfiguration', putSetting(objectLock)]],
]);
