import { HeadBucketCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { explainError } from '../errors/explain-error.ts';
import { requireNames } from '../errors/refuse-argument.ts';
import { S3ManagerError } from '../errors/s3-manager-error.ts';
import { s3Address } from '../keys/s3-address.ts';
import type { OperationOptions, S3Access } from '../s3-access.ts';
import { sendOptions } from '../send-options.ts';

/** What the service says of an object. */
export interface ObjectDescription {
  readonly bucket: string;
  readonly key: string;
  readonly sizeBytes: number;
  /** With its quotation marks. It is the content's MD5 only for some objects: do not rely on it. */
  readonly etag: string;
  readonly lastModified: Date;
  readonly contentType: string | undefined;
  readonly contentEncoding: string | undefined;
  readonly cacheControl: string | undefined;
  readonly contentDisposition: string | undefined;
  readonly contentLanguage: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
  readonly versionId: string | undefined;
  /** The ARN of the key that seals it. */
  readonly kmsKeyArn: string | undefined;
  /** CRC-32 of the whole content in base64, where the service has it. */
  readonly crc32: string | undefined;
}

export interface HeadObjectOptions extends OperationOptions {
  readonly versionId?: string | undefined;
}

/** `undefined` where there is no such object. */
export async function headObject(
  { client }: S3Access,
  place: { readonly bucket: string; readonly key: string },
  { signal, versionId }: HeadObjectOptions,
): Promise<ObjectDescription | undefined> {
  const { bucket, key } = place;
  const action = `look at ${s3Address(bucket, key)}`;
  requireNames(action, place);
  try {
    const command = new HeadObjectCommand({
      Bucket: bucket,
      Key: key,
      VersionId: versionId,
      ChecksumMode: 'ENABLED',
    });
    const output = await client.send(command, sendOptions(signal));
    return { ...describeOutput(output), bucket, key, sizeBytes: output.ContentLength ?? 0 };
  } catch (error) {
    const explained = explainError(error, action);
    if (explained.status !== 404) throw explained;
  }
  // An answer to HEAD has no body, so it does not tell which of the two is missing.
  await requireBucket({ client }, bucket, { signal });
  return undefined;
}

/** What a HEAD and a GET have in common. */
export function describeOutput(output: {
  readonly ETag?: string | undefined;
  readonly LastModified?: Date | undefined;
  readonly ContentType?: string | undefined;
  readonly ContentEncoding?: string | undefined;
  readonly CacheControl?: string | undefined;
  readonly ContentDisposition?: string | undefined;
  readonly ContentLanguage?: string | undefined;
  readonly Metadata?: Record<string, string> | undefined;
  readonly VersionId?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly ChecksumCRC32?: string | undefined;
}): Omit<ObjectDescription, 'bucket' | 'key' | 'sizeBytes'> {
  return {
    etag: output.ETag ?? '',
    lastModified: output.LastModified ?? new Date(0),
    contentType: output.ContentType,
    contentEncoding: output.ContentEncoding,
    cacheControl: output.CacheControl,
    contentDisposition: output.ContentDisposition,
    contentLanguage: output.ContentLanguage,
    metadata: output.Metadata ?? {},
    versionId: output.VersionId,
    kmsKeyArn: output.SSEKMSKeyId,
    crc32: wholeCrc32(output.ChecksumCRC32),
  };
}

/** A composite checksum, of the parts' checksums, ends with `-<parts>` and says nothing of ranges. */
function wholeCrc32(checksum: string | undefined): string | undefined {
  return checksum?.includes('-') === true ? undefined : checksum;
}

async function requireBucket(
  { client }: Pick<S3Access, 'client'>,
  bucket: string,
  { signal }: OperationOptions,
): Promise<void> {
  const action = `find the bucket "${bucket}"`;
  try {
    await client.send(new HeadBucketCommand({ Bucket: bucket }), sendOptions(signal));
  } catch (error) {
    const explained = explainError(error, action);
    // Who may read objects need not be allowed to list the bucket.
    if (explained.code === 'AccessDenied') return;
    if (explained.status !== 404) throw explained;
    throw new S3ManagerError('NoSuchBucket', `Cannot ${action}: there is none`, { cause: error });
  }
}
