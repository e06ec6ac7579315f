import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { explainError } from '../errors/explain-error.ts';
import { requireNames } from '../errors/refuse-argument.ts';
import { s3Address } from '../keys/s3-address.ts';
import type { OperationOptions, S3Access } from '../s3-access.ts';
import { sendOptions } from '../send-options.ts';

export interface DeleteObjectOptions extends OperationOptions {
  /** This version for good. Without it, a bucket that keeps versions only gets a delete marker. */
  readonly versionId?: string | undefined;
}

/** One that is not there is no error, as in S3. */
export async function deleteObject(
  { client }: S3Access,
  place: { readonly bucket: string; readonly key: string },
  { signal, versionId }: DeleteObjectOptions,
): Promise<void> {
  const { bucket, key } = place;
  const action = `delete ${s3Address(bucket, key)}`;
  requireNames(action, place);
  try {
    const command = new DeleteObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId });
    await client.send(command, sendOptions(signal));
  } catch (error) {
    throw explainError(error, action);
  }
}
