import { DeleteObjectsCommand } from '@aws-sdk/client-s3';
import { explainError } from '../errors/explain-error.ts';
import { S3ManagerError, type TransferFailure } from '../errors/s3-manager-error.ts';
import { s3Address } from '../keys/s3-address.ts';
import type { OperationOptions, S3Access } from '../s3-access.ts';
import { sendOptions } from '../send-options.ts';
import { deleteObject } from './delete-object.ts';

/** S3's own limit. */
export const deleteBatchCount = 1_000;

/**
 * Deletes up to {@link deleteBatchCount} objects and returns those that could not be.
 *
 * @throws S3ManagerError where nothing of it was tried
 */
export async function deleteObjects(
  access: S3Access,
  { bucket, keys }: { readonly bucket: string; readonly keys: readonly string[] },
  { signal }: OperationOptions,
): Promise<TransferFailure[]> {
  const failures: TransferFailure[] = [];
  // XML cannot carry these characters, a URL can.
  const unwritable = keys.filter(hasControlCharacter);
  for (const key of unwritable) {
    await deleteObject(access, { bucket, key }, { signal }).catch((error: unknown) => {
      failures.push({ key, error: explainError(error, `delete ${s3Address(bucket, key)}`) });
    });
  }
  const objects = keys.filter((key) => !hasControlCharacter(key)).map((Key) => ({ Key }));
  if (objects.length === 0) return failures;
  try {
    const command = new DeleteObjectsCommand({
      Bucket: bucket,
      Delete: { Objects: objects, Quiet: true },
      ChecksumAlgorithm: 'CRC32',
    });
    const { Errors: errors = [] } = await access.client.send(command, sendOptions(signal));
    for (const { Key: key = '', Code: serviceCode = '', Message: message } of errors) {
      const code = serviceCode === 'AccessDenied' ? 'AccessDenied' : 'ServiceError';
      const text = `Cannot delete ${s3Address(bucket, key)}: ${message ?? serviceCode}`;
      failures.push({ key, error: new S3ManagerError(code, text, { serviceCode }) });
    }
    return failures;
  } catch (error) {
    throw explainError(error, `delete objects of ${s3Address(bucket)}`);
  }
}

function hasControlCharacter(key: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  return /[\u0000-\u001f\ufffe\uffff]/.test(key);
}
