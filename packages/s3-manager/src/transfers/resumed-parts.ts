import { createHash } from 'node:crypto';
import { ListPartsCommand } from '@aws-sdk/client-s3';
import { explainError } from '../errors/explain-error.ts';
import { s3Address } from '../keys/s3-address.ts';
import type { OperationOptions, S3Access } from '../s3-access.ts';
import { sendOptions } from '../send-options.ts';

/** A part that the service has from an earlier try. */
export interface FoundPart {
  readonly sizeBytes: number;
  readonly etag: string;
  readonly crc32: string | undefined;
}

/** `undefined` where the upload is gone, or the service cannot tell: then it begins anew. */
export async function findParts(
  { client }: S3Access,
  upload: { readonly Bucket: string; readonly Key: string; readonly UploadId: string },
  { signal }: OperationOptions,
): Promise<ReadonlyMap<number, FoundPart> | undefined> {
  const found = new Map<number, FoundPart>();
  let PartNumberMarker: string | undefined;
  try {
    do {
      const command = new ListPartsCommand({ ...upload, PartNumberMarker });
      const page = await client.send(command, sendOptions(signal));
      for (const part of page.Parts ?? []) {
        found.set(part.PartNumber ?? 0, {
          sizeBytes: part.Size ?? 0,
          etag: part.ETag ?? '',
          crc32: part.ChecksumCRC32,
        });
      }
      PartNumberMarker = page.IsTruncated === true ? page.NextPartNumberMarker : undefined;
    } while (PartNumberMarker !== undefined);
    return found;
  } catch (error) {
    const explained = explainError(error, `go on with ${s3Address(upload.Bucket, upload.Key)}`);
    // Not every server that takes parts can list them: 405 or 501.
    const { code, status = 0 } = explained;
    if (code === 'NoSuchUpload' || status === 405 || status === 501) return undefined;
    throw explained;
  }
}

/** Whether it is proven: by its checksum, or by an ETag that is the MD5. */
export function isSamePart(found: FoundPart, bytes: Buffer, crc32: string): boolean {
  if (found.sizeBytes !== bytes.length) return false;
  if (found.crc32 !== undefined) return found.crc32 === crc32;
  return found.etag === `"${createHash('md5').update(bytes).digest('hex')}"`;
}
