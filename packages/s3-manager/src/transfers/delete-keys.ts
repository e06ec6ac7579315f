import { requireNotAborted } from '../errors/require-not-aborted.ts';
import { S3ManagerError, type TransferFailure } from '../errors/s3-manager-error.ts';
import { s3Address } from '../keys/s3-address.ts';
import { deleteBatchCount, deleteObjects } from '../objects/delete-objects.ts';
import type { OperationOptions, S3Access } from '../s3-access.ts';

interface RelativeObject {
  readonly key: string;
  readonly sizeBytes: number;
}

/**
 * Deletes objects below a prefix, as many at once as S3 takes.
 *
 * @throws S3ManagerError `TransferIncomplete` with each failure, after all were tried
 */
export function deleteKeys(
  access: S3Access,
  { bucket, prefix }: { readonly bucket: string; readonly prefix: string },
  options: OperationOptions,
) {
  return async (
    objects: readonly RelativeObject[],
    tell: (deleted: RelativeObject) => void,
  ): Promise<void> => {
    const failures: TransferFailure[] = [];
    for (let at = 0; at < objects.length; at += deleteBatchCount) {
      requireNotAborted(options.signal);
      const batch = objects.slice(at, at + deleteBatchCount);
      const keys = batch.map(({ key }) => `${prefix}${key}`);
      const failed = await deleteObjects(access, { bucket, keys }, options);
      const failedKeys = new Set(failed.map(({ key }) => key));
      for (const object of batch) if (!failedKeys.has(`${prefix}${object.key}`)) tell(object);
      for (const { key, error } of failed) failures.push({ key: key.slice(prefix.length), error });
    }
    const [first] = failures;
    if (first === undefined) return;
    const state = `${failures.length} failed, the first: ${first.error.message}`;
    const message = `Cannot delete objects of ${s3Address(bucket, prefix)}: ${state}`;
    throw new S3ManagerError('TransferIncomplete', message, { cause: first.error, failures });
  };
}
