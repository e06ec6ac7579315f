import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { joinCrc32, writeCrc32 } from '../checksums/crc32.ts';
import { explainError } from '../errors/explain-error.ts';
import { requireNames } from '../errors/refuse-argument.ts';
import { requireNotAborted } from '../errors/require-not-aborted.ts';
import { S3ManagerError } from '../errors/s3-manager-error.ts';
import { UnfinishedFile } from '../files/unfinished-file.ts';
import { s3Address } from '../keys/s3-address.ts';
import { headObject, type ObjectDescription } from '../objects/head-object.ts';
import { forEachInParallel } from '../parallel/for-each-in-parallel.ts';
import type { S3Access } from '../s3-access.ts';
import { downloadRange } from './download-range.ts';
import { cutIntoParts, type Part } from './parts.ts';
import type { TransferTools } from './run-transfers.ts';

/** What is known of an object before its bytes are asked for. */
export type KnownObject = Pick<
  ObjectDescription,
  'bucket' | 'key' | 'sizeBytes' | 'etag' | 'lastModified'
> & { readonly crc32?: string | undefined; readonly versionId?: string | undefined };

/** @throws S3ManagerError `NoSuchKey` */
export async function requireObject(
  access: S3Access,
  place: { readonly bucket: string; readonly key: string; readonly versionId?: string | undefined },
  signal: AbortSignal | undefined,
): Promise<KnownObject> {
  const found = await headObject(access, place, { signal, versionId: place.versionId });
  if (found !== undefined) return { ...found, versionId: place.versionId };
  const action = `download ${s3Address(place.bucket, place.key)}`;
  throw new S3ManagerError('NoSuchKey', `Cannot ${action}: there is no such object`);
}

/**
 * Fetches an object into a file: under another name first, in ranges that all belong to one state of
 * the object, and renamed when the whole's checksum holds. The folder must be there.
 */
export async function downloadFile(
  access: S3Access,
  { object, path }: { readonly object: KnownObject; readonly path: string },
  options: TransferTools,
): Promise<void> {
  const action = `download ${s3Address(object.bucket, object.key)} to "${path}"`;
  requireNames(action, { bucket: object.bucket, key: object.key, path });
  let file: UnfinishedFile | undefined;
  try {
    requireNotAborted(options.signal);
    await mkdir(dirname(path), { recursive: true });
    const known = await withChecksum(access, object, options.signal);
    file = await UnfinishedFile.create(path);
    const crc32 = await fetchParts(access, { known, file }, options);
    if (known.crc32 !== undefined && known.crc32 !== crc32) {
      const state = `its CRC-32 is ${crc32} and not ${known.crc32}`;
      throw new S3ManagerError('ChecksumMismatch', `Cannot ${action}: ${state}`);
    }
    await file.finish(known.lastModified);
  } catch (error) {
    await file?.discard();
    throw explainError(error, action);
  }
}

/** A list has no checksums. For a small object the answer to its one GET has it, in time. */
async function withChecksum(
  access: S3Access,
  object: KnownObject,
  signal: AbortSignal | undefined,
): Promise<KnownObject> {
  if (object.crc32 !== undefined || object.sizeBytes <= access.partSizeBytes) return object;
  const found = await requireObject(access, object, signal);
  return { ...object, crc32: found.crc32 };
}

async function fetchParts(
  access: S3Access,
  { known, file }: { readonly known: KnownObject; readonly file: UnfinishedFile },
  options: TransferTools,
): Promise<string> {
  const whole: Part = { number: 1, start: 0, sizeBytes: known.sizeBytes };
  const isSmall = known.sizeBytes <= access.partSizeBytes;
  const parts = isSmall ? [whole] : cutIntoParts(known.sizeBytes, access.partSizeBytes);
  const crcs: number[] = [];
  const limits = { count: access.concurrency, signal: options.signal };
  await forEachInParallel(parts, limits, async (part, signal) =>
    options.slots.run(async () => {
      requireNotAborted(signal);
      const way = { object: known, file, part, isWhole: isSmall };
      crcs[part.number - 1] = await downloadRange(access, way, { signal });
      options.onBytes(part.sizeBytes);
    }),
  );
  const crc = parts.reduce(
    (soFar, { number, sizeBytes }) => joinCrc32(soFar, crcs[number - 1] ?? 0, sizeBytes),
    0,
  );
  return writeCrc32(crc);
}
