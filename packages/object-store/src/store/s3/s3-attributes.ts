import type { PutObjectCommandInput } from '@aws-sdk/client-s3';
import type { Tags } from '../bucket-settings.ts';
import type {
  Checksum,
  ChecksumAlgorithm,
  ChecksumType,
  ObjectEncryption,
  SystemHeaders,
} from '../object-info.ts';
import type { ObjectAttributes, ReadConditions, WriteConditions } from '../object-requests.ts';

/** The service's own key where none is chosen. */
export interface DefaultEncryption {
  readonly keyReference?: string;
  readonly bucketKeyEnabled: boolean;
}

export function attributesInput(attributes: ObjectAttributes, standard: DefaultEncryption) {
  const { headers = {}, userMetadata, tags, retention, websiteRedirectLocation } = attributes;
  return {
    ...headersInput(headers),
    ...encryptionInput(attributes, standard),
    ...(userMetadata && { Metadata: { ...userMetadata } }),
    ...(tags && { Tagging: tagsQuery(tags) }),
    ...(retention && {
      ...{ ObjectLockMode: retention.mode, ObjectLockRetainUntilDate: retention.retainUntil },
    }),
    ...(websiteRedirectLocation !== undefined && {
      WebsiteRedirectLocation: websiteRedirectLocation,
    }),
  };
}

/** Everything is under a KMS key, whatever the bucket's default is. */
function encryptionInput({ encryption }: ObjectAttributes, standard: DefaultEncryption) {
  const keyReference = encryption?.keyReference ?? standard.keyReference;
  return {
    ServerSideEncryption: 'aws:kms',
    BucketKeyEnabled: encryption?.bucketKeyEnabled ?? standard.bucketKeyEnabled,
    ...(keyReference !== undefined && { SSEKMSKeyId: keyReference }),
  } as const;
}

export function writeConditionsInput({ ifMatch, ifNoneMatch }: WriteConditions = {}) {
  return {
    ...(ifMatch !== undefined && { IfMatch: quoted(ifMatch) }),
    ...(ifNoneMatch !== undefined && { IfNoneMatch: quoted(ifNoneMatch) }),
  };
}

export function readConditionsInput(conditions: ReadConditions = {}) {
  const { ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince } = conditions;
  return {
    ...(ifMatch && { IfMatch: ifMatch.map(quoted).join(', ') }),
    ...(ifNoneMatch && { IfNoneMatch: ifNoneMatch.map(quoted).join(', ') }),
    ...(ifModifiedSince && { IfModifiedSince: ifModifiedSince }),
    ...(ifUnmodifiedSince && { IfUnmodifiedSince: ifUnmodifiedSince }),
  };
}

export function copyConditionsInput(conditions: ReadConditions = {}) {
  const { ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince } = conditions;
  return {
    ...(ifMatch && { CopySourceIfMatch: ifMatch.map(quoted).join(', ') }),
    ...(ifNoneMatch && { CopySourceIfNoneMatch: ifNoneMatch.map(quoted).join(', ') }),
    ...(ifModifiedSince && { CopySourceIfModifiedSince: ifModifiedSince }),
    ...(ifUnmodifiedSince && { CopySourceIfUnmodifiedSince: ifUnmodifiedSince }),
  };
}

function headersInput(headers: SystemHeaders): Partial<PutObjectCommandInput> {
  const { contentType, cacheControl, contentDisposition, contentEncoding } = headers;
  const { contentLanguage, expires } = headers;
  return {
    ...(contentType !== undefined && { ContentType: contentType }),
    ...(cacheControl !== undefined && { CacheControl: cacheControl }),
    ...(contentDisposition !== undefined && { ContentDisposition: contentDisposition }),
    ...(contentEncoding !== undefined && { ContentEncoding: contentEncoding }),
    ...(contentLanguage !== undefined && { ContentLanguage: contentLanguage }),
    ...(expires !== undefined && { Expires: new Date(expires) }),
  };
}

export interface EncryptionOutput {
  readonly SSEKMSKeyId?: string | undefined;
  readonly BucketKeyEnabled?: boolean | undefined;
}

export function encryptionOutput(output: EncryptionOutput): ObjectEncryption {
  return {
    algorithm: 'aws:kms',
    keyArn: output.SSEKMSKeyId ?? '',
    bucketKeyEnabled: output.BucketKeyEnabled ?? false,
  };
}

export interface ChecksumOutput {
  readonly ChecksumCRC32?: string | undefined;
  readonly ChecksumCRC32C?: string | undefined;
  readonly ChecksumCRC64NVME?: string | undefined;
  readonly ChecksumSHA1?: string | undefined;
  readonly ChecksumSHA256?: string | undefined;
  readonly ChecksumType?: string | undefined;
}

const algorithms = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const;

export function checksumOutput(output: ChecksumOutput): { readonly checksum?: Checksum } {
  for (const algorithm of algorithms) {
    const value = output[`Checksum${algorithm}`];
    if (value === undefined) continue;
    const isComposite = output.ChecksumType === 'COMPOSITE' || value.includes('-');
    const type: ChecksumType = isComposite ? 'COMPOSITE' : 'FULL_OBJECT';
    return { checksum: { algorithm, type, value } };
  }
  return {};
}

export function checksumInput(algorithm: ChecksumAlgorithm | undefined, value: string | undefined) {
  return algorithm === undefined || value === undefined ? {} : { [`Checksum${algorithm}`]: value };
}

export function tagSet(tags: Tags): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

export function tagsOf(
  set: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] = [],
): Tags {
  return Object.fromEntries(set.map(({ Key = '', Value = '' }) => [Key, Value]));
}

export function tagsQuery(tags: Tags): string {
  return new URLSearchParams({ ...tags }).toString();
}

function quoted(etag: string): string {
  return etag === '*' ? etag : `"${etag}"`;
}
