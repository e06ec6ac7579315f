import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { forEachInParallel } from '../parallel/for-each-in-parallel.ts';
import type { Slots } from '../parallel/slots.ts';
import type { OperationOptions, S3Access } from '../s3-access.ts';
import { sendOptions } from '../send-options.ts';
import { cutIntoParts } from '../transfers/parts.ts';
import { type CopySource, copySource, type ObjectPlace } from './copy-object.ts';
import type { ObjectDescription } from './head-object.ts';
import { type WrittenObject, writtenObject } from './object-details.ts';

const mebibyte = 1024 * 1024;
/** The service copies by itself, so large parts cost nothing here. */
const copyPartSizeBytes = 256 * mebibyte;

/** How S3 wants objects above 5 GiB copied. Here the details must be named again: nothing copies them. */
export async function copyInParts(
  access: S3Access,
  copy: {
    readonly found: ObjectDescription;
    readonly source: CopySource;
    readonly destination: ObjectPlace;
  },
  options: OperationOptions & {
    readonly slots: Slots;
    readonly onBytes: ((bytes: number) => void) | undefined;
  },
): Promise<WrittenObject> {
  const { client, concurrency } = access;
  const { found, source } = copy;
  const place = { Bucket: copy.destination.bucket, Key: copy.destination.key };
  const create = new CreateMultipartUploadCommand({
    ...place,
    ContentType: found.contentType,
    ContentEncoding: found.contentEncoding,
    CacheControl: found.cacheControl,
    ContentDisposition: found.contentDisposition,
    ContentLanguage: found.contentLanguage,
    Metadata: { ...found.metadata },
    ...access.encryption,
  });
  const { UploadId } = await client.send(create, sendOptions(options.signal));
  const partSizeBytes = Math.max(
    Math.min(copyPartSizeBytes, access.copyInPartsAboveBytes),
    5 * mebibyte,
  );
  const parts = cutIntoParts(found.sizeBytes, partSizeBytes);
  const completed: CompletedPart[] = [];
  const limits = { count: concurrency, signal: options.signal };
  try {
    await forEachInParallel(parts, limits, async ({ number, start, sizeBytes }, signal) => {
      const command = new UploadPartCopyCommand({
        ...place,
        UploadId,
        PartNumber: number,
        CopySource: copySource(source),
        CopySourceIfMatch: found.etag,
        CopySourceRange: `bytes=${start}-${start + sizeBytes - 1}`,
      });
      const { CopyPartResult: result } = await options.slots.run(() =>
        client.send(command, sendOptions(signal)),
      );
      completed[number - 1] = { PartNumber: number, ETag: result?.ETag };
      options.onBytes?.(sizeBytes);
    });
    const MultipartUpload = { Parts: completed };
    const complete = new CompleteMultipartUploadCommand({ ...place, UploadId, MultipartUpload });
    return writtenObject(await client.send(complete, sendOptions(options.signal)));
  } catch (error) {
    // Parts that nobody completes are paid for; that this fails too is not what the caller must know.
    const abort = new AbortMultipartUploadCommand({ ...place, UploadId });
    await client.send(abort).catch(() => undefined);
    throw error;
  }
}
