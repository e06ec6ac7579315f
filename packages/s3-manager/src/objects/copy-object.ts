import { CopyObjectCommand } from '@aws-sdk/client-s3';
import { explainError } from '../errors/explain-error.ts';
import { requireNames } from '../errors/refuse-argument.ts';
import { S3ManagerError } from '../errors/s3-manager-error.ts';
import { s3Address } from '../keys/s3-address.ts';
import { Slots } from '../parallel/slots.ts';
import type { OperationOptions, S3Access } from '../s3-access.ts';
import { sendOptions } from '../send-options.ts';
import { copyInParts } from './copy-in-parts.ts';
import { headObject } from './head-object.ts';
import { type WrittenObject, writtenObject } from './object-details.ts';

export interface ObjectPlace {
  readonly bucket: string;
  readonly key: string;
}

export interface CopySource extends ObjectPlace {
  readonly versionId?: string | undefined;
}

export interface CopyObjectOptions extends OperationOptions {
  /** Called with the bytes of each stretch that was copied. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
  readonly slots?: Slots | undefined;
}

/** Copies inside the service: no byte comes here. Content type and user metadata go along. */
export async function copyObject(
  access: S3Access,
  { source, destination }: { readonly source: CopySource; readonly destination: ObjectPlace },
  options: CopyObjectOptions,
): Promise<WrittenObject> {
  const { signal, onBytes, slots = new Slots(access.concurrency) } = options;
  const names = [source, destination].map(({ bucket, key }) => s3Address(bucket, key));
  const action = `copy ${names.join(' to ')}`;
  requireNames(action, { bucket: destination.bucket, key: destination.key });
  const found = await headObject(access, source, { signal, versionId: source.versionId });
  if (found === undefined) {
    throw new S3ManagerError('NoSuchKey', `Cannot ${action}: there is no such object`);
  }
  try {
    if (found.sizeBytes > access.copyInPartsAboveBytes) {
      return await copyInParts(access, { found, source, destination }, { signal, onBytes, slots });
    }
    const command = new CopyObjectCommand({
      Bucket: destination.bucket,
      Key: destination.key,
      CopySource: copySource(source),
      CopySourceIfMatch: found.etag,
      MetadataDirective: 'COPY',
      ...access.encryption,
    });
    const output = await slots.run(() => access.client.send(command, sendOptions(signal)));
    onBytes?.(found.sizeBytes);
    return writtenObject({ ...output, ETag: output.CopyObjectResult?.ETag });
  } catch (error) {
    throw explainCopy(error, action);
  }
}

function explainCopy(error: unknown, action: string): S3ManagerError {
  const explained = explainError(error, action);
  if (explained.code !== 'PreconditionFailed') return explained;
  const message = `Cannot ${action}: the source was replaced meanwhile`;
  return new S3ManagerError('RemoteObjectChanged', message, { cause: error });
}

/** The header is a URL's path: encoded but for the slashes. */
export function copySource({ bucket, key, versionId }: CopySource): string {
  const path = `${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
  return versionId === undefined ? path : `${path}?versionId=${encodeURIComponent(versionId)}`;
}
