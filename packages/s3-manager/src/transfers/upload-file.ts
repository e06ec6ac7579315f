import { explainError } from '../errors/explain-error.ts';
import { requireNames } from '../errors/refuse-argument.ts';
import { requireNotAborted } from '../errors/require-not-aborted.ts';
import { contentTypeOf } from '../files/content-type.ts';
import { SteadyFile } from '../files/steady-file.ts';
import { s3Address } from '../keys/s3-address.ts';
import { detailFields, type ObjectDetails, type WrittenObject } from '../objects/object-details.ts';
import { putBytes } from '../objects/put-object.ts';
import type { S3Access } from '../s3-access.ts';
import type { TransferTools } from './run-transfers.ts';
import { uploadInParts } from './upload-in-parts.ts';

/** Sends a file whole, or in parts where it is larger than one. */
export async function uploadFile(
  access: S3Access,
  way: {
    readonly path: string;
    readonly bucket: string;
    readonly key: string;
    readonly followLink: boolean;
  },
  options: ObjectDetails & TransferTools,
): Promise<WrittenObject> {
  const { path, bucket, key, followLink } = way;
  const action = `upload "${path}" to ${s3Address(bucket, key)}`;
  requireNames(action, { path, bucket, key });
  let file: SteadyFile | undefined;
  try {
    requireNotAborted(options.signal);
    file = await SteadyFile.open(path, { followLink });
    const details = { ...options, contentType: options.contentType ?? contentTypeOf(path) };
    if (file.sizeBytes <= access.partSizeBytes) {
      return await uploadWhole(access, { file, bucket, key }, details);
    }
    return await uploadInParts(access, { file, bucket, key }, details);
  } catch (error) {
    throw explainError(error, action);
  } finally {
    await file?.close();
  }
}

async function uploadWhole(
  access: S3Access,
  way: { readonly file: SteadyFile; readonly bucket: string; readonly key: string },
  options: ObjectDetails & TransferTools,
): Promise<WrittenObject> {
  const { file, bucket, key } = way;
  return await options.slots.run(async () => {
    const bytes = await file.read(0, file.sizeBytes);
    await file.requireUnchanged();
    const fields = { Bucket: bucket, Key: key, ...detailFields(options), ...access.encryption };
    const written = await putBytes(access, fields, { bytes, options });
    options.onBytes(bytes.length);
    return written;
  });
}
