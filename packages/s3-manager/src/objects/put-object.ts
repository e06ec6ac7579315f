import type { Readable } from 'node:stream';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { continueCrc32, writeCrc32 } from '../checksums/crc32.ts';
import { explainError } from '../errors/explain-error.ts';
import { requireNames } from '../errors/refuse-argument.ts';
import { requireNotAborted } from '../errors/require-not-aborted.ts';
import { s3Address } from '../keys/s3-address.ts';
import type { OperationOptions, S3Access } from '../s3-access.ts';
import { sendOptions } from '../send-options.ts';
import {
  detailFields,
  type ObjectDetails,
  type WrittenObject,
  writtenObject,
} from './object-details.ts';

export interface PutObjectOptions extends ObjectDetails, OperationOptions {
  /** `*`: only where there is no such object yet; otherwise `PreconditionFailed`. */
  readonly ifNoneMatch?: '*' | undefined;
  /** Only where the object still has this ETag; otherwise `PreconditionFailed`. */
  readonly ifMatch?: string | undefined;
}

export async function putObject(
  access: S3Access,
  place: { readonly bucket: string; readonly key: string },
  body: string | Uint8Array | Readable,
  options: PutObjectOptions,
): Promise<WrittenObject> {
  const { bucket, key } = place;
  const action = `put ${s3Address(bucket, key)}`;
  requireNames(action, place);
  const fields = {
    Bucket: bucket,
    Key: key,
    IfNoneMatch: options.ifNoneMatch,
    IfMatch: options.ifMatch,
    ...detailFields(options),
    ...access.encryption,
  };
  try {
    if (typeof body === 'string' || body instanceof Uint8Array) {
      return await putBytes(access, fields, { bytes: Buffer.from(body as Uint8Array), options });
    }
    return await putStream(access, { ...fields, Body: body }, options);
  } catch (error) {
    throw explainError(error, action);
  }
}

type PutFields = ConstructorParameters<typeof PutObjectCommand>[0];

export async function putBytes(
  { client }: S3Access,
  fields: PutFields,
  { bytes, options }: { readonly bytes: Buffer; readonly options: OperationOptions },
): Promise<WrittenObject> {
  const checksum = writeCrc32(continueCrc32(0, bytes));
  const command = new PutObjectCommand({ ...fields, Body: bytes, ChecksumCRC32: checksum });
  return writtenObject(await client.send(command, sendOptions(options.signal)));
}

/** A stream of unknown length: one request where it is short, otherwise parts. */
async function putStream(
  { client, partSizeBytes, concurrency }: S3Access,
  fields: PutFields,
  { signal }: OperationOptions,
): Promise<WrittenObject> {
  requireNotAborted(signal);
  const upload = new Upload({
    client,
    params: { ...fields, ChecksumAlgorithm: 'CRC32' },
    partSize: partSizeBytes,
    queueSize: Math.min(concurrency, 4),
    leavePartsOnError: false,
  });
  const abort = (): void => void upload.abort();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    return writtenObject(await upload.done());
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}
