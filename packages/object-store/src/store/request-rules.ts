import { S3Error } from '../s3-error.ts';
import type { Tags } from './bucket-settings.ts';
import type { CopyObjectRequest, ObjectAttributes } from './object-requests.ts';

const maximumKeyBytes = 1_024;
export const maximumPutBytes = 5 * 1024 ** 3;
export const maximumObjectBytes = 5 * 1024 ** 4;
const maximumPartNumber = 10_000;
const maximumPageCount = 1_000;
const maximumUserMetadataBytes = 2 * 1024;
const maximumObjectTags = 10;
const maximumBucketTags = 50;

const bucketNamePattern =
  /^(?!xn--|sthree-)(?!.*(?:-s3alias|--ol-s3)$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const addressPattern = /^\d+\.\d+\.\d+\.\d+$/;

/** "Bucket naming rules" of the S3 User Guide. @throws {S3Error} `InvalidBucketName` */
export function checkBucketName(bucket: string): void {
  const isValid =
    bucketNamePattern.test(bucket) && !bucket.includes('..') && !addressPattern.test(bucket);
  if (!isValid) {
    throw new S3Error('InvalidBucketName', `Cannot make the bucket "${bucket}": it is no name`);
  }
}

/**
 * Any Unicode, up to 1,024 bytes of UTF-8: a key is a name and not a path, so `..`, `//` and NUL mean
 * nothing. @returns its bytes. @throws {S3Error} `KeyTooLongError`, `InvalidArgument`
 */
export function keyBytes(key: string): Buffer {
  const bytes = Buffer.from(key);
  if (bytes.length > maximumKeyBytes) {
    throw new S3Error('KeyTooLongError', 'Cannot use the key: it is too long', {
      details: { Size: String(bytes.length), MaxSizeAllowed: String(maximumKeyBytes) },
    });
  }
  if (bytes.length === 0) throw new S3Error('InvalidArgument', 'Cannot use the key: it is empty');
  // Half a surrogate pair has no UTF-8: two such keys would become one.
  if (/\p{Surrogate}/u.test(key)) {
    throw new S3Error('InvalidArgument', 'Cannot use the key: it is not Unicode');
  }
  return bytes;
}

/** @throws {S3Error} `MetadataTooLarge`, `InvalidTag` */
export function checkAttributes({ userMetadata = {}, tags = {} }: ObjectAttributes): void {
  let sizeBytes = 0;
  for (const [name, value] of Object.entries(userMetadata)) {
    sizeBytes += Buffer.byteLength(name) + Buffer.byteLength(value);
  }
  if (sizeBytes > maximumUserMetadataBytes) {
    throw new S3Error('MetadataTooLarge', 'Cannot keep the user metadata: it is over 2 KB', {
      details: { Size: String(sizeBytes), MaxSizeAllowed: String(maximumUserMetadataBytes) },
    });
  }
  checkTags(tags, maximumObjectTags);
}

/** @throws {S3Error} `InvalidTag` */
export function checkTags(tags: Tags, maximumCount = maximumBucketTags): void {
  const entries = Object.entries(tags);
  if (entries.length > maximumCount) {
    throw new S3Error('InvalidTag', `Cannot keep the tags: more than ${maximumCount}`);
  }
  for (const [name, value] of entries) {
    if (name.length === 0 || name.length > 128 || value.length > 256) {
      throw new S3Error('InvalidTag', `Cannot keep the tag "${name}": its length is not allowed`);
    }
  }
}

/** @throws {S3Error} `InvalidArgument` */
export function checkPartNumber(partNumber: number): void {
  if (Number.isInteger(partNumber) && partNumber >= 1 && partNumber <= maximumPartNumber) return;
  const message = 'Part number must be an integer between 1 and 10000, inclusive';
  throw new S3Error('InvalidArgument', message, {
    details: { ArgumentName: 'partNumber', ArgumentValue: String(partNumber) },
  });
}

export function pageCount(asked: number | undefined): number {
  return Math.max(0, Math.min(asked ?? maximumPageCount, maximumPageCount));
}

/** @throws {S3Error} `InvalidRequest` for a copy onto itself that changes nothing */
export function checkCopiesAnew(request: CopyObjectRequest): void {
  const { source, bucket, key, metadataDirective, encryption, checksumAlgorithm } = request;
  const isItself = source.bucket === bucket && source.key === key && source.versionId === undefined;
  if (!isItself || metadataDirective === 'REPLACE') return;
  if (encryption !== undefined || checksumAlgorithm !== undefined) return;
  throw new S3Error(
    'InvalidRequest',
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
  );
}
