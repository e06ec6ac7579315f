import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { continueCrc32, joinCrc32, writeCrc32 } from '../checksums/crc32.ts';
import { explainError } from '../errors/explain-error.ts';
import { requireNotAborted } from '../errors/require-not-aborted.ts';
import type { S3ManagerErrorCode } from '../errors/s3-manager-error.ts';
import type { SteadyFile } from '../files/steady-file.ts';
import {
  detailFields,
  type ObjectDetails,
  type WrittenObject,
  writtenObject,
} from '../objects/object-details.ts';
import { forEachInParallel } from '../parallel/for-each-in-parallel.ts';
import type { S3Access } from '../s3-access.ts';
import { sendOptions } from '../send-options.ts';
import { cutIntoParts, type Part } from './parts.ts';
import { type FoundPart, findParts, isSamePart } from './resumed-parts.ts';
import type { TransferTools } from './run-transfers.ts';
import { UploadCheckpoint } from './upload-checkpoint.ts';

interface UploadWay {
  readonly file: SteadyFile;
  readonly bucket: string;
  readonly key: string;
}

interface StartedUpload {
  readonly uploadId: string;
  readonly found: ReadonlyMap<number, FoundPart>;
}

/**
 * Parts in parallel, each with its checksum; the service checks the whole's before the object
 * appears. With a checkpoint folder a failed upload is gone on with the next time, otherwise it is
 * taken back.
 */
export async function uploadInParts(
  access: S3Access,
  way: UploadWay,
  options: ObjectDetails & TransferTools,
): Promise<WrittenObject> {
  const { client } = access;
  const { file, bucket, key } = way;
  const place = { Bucket: bucket, Key: key };
  const checkpoint = UploadCheckpoint.for(access, way, options);
  const { uploadId: UploadId, found } = await start(access, { way, checkpoint }, options);
  try {
    const parts = cutIntoParts(file.sizeBytes, access.partSizeBytes);
    const sent = await sendParts(access, { way, UploadId, parts, found }, options);
    await file.requireUnchanged();
    const command = new CompleteMultipartUploadCommand({
      ...place,
      UploadId,
      MultipartUpload: { Parts: sent.completed },
      ChecksumType: 'FULL_OBJECT',
      ChecksumCRC32: writeCrc32(sent.crc),
    });
    const output = await client.send(command, sendOptions(options.signal));
    await checkpoint?.remove();
    return writtenObject(output);
  } catch (error) {
    if (checkpoint !== undefined && isWorthResuming(error)) throw error;
    const abort = new AbortMultipartUploadCommand({ ...place, UploadId });
    await client.send(abort).catch(() => undefined);
    await checkpoint?.remove();
    throw error;
  }
}

const passingCodes: ReadonlySet<S3ManagerErrorCode> = new Set<S3ManagerErrorCode>([
  'Aborted',
  'AccessDenied',
  'CredentialsUnavailable',
  'InvalidCredentials',
  'KeyUnavailable',
  'Unreachable',
]);

/** Whether the parts that are there may still become the object: they are right, the time was not. */
function isWorthResuming(error: unknown): boolean {
  const { code, status = 0 } = explainError(error, 'upload');
  return passingCodes.has(code) || status >= 500;
}

async function start(
  access: S3Access,
  {
    way,
    checkpoint,
  }: { readonly way: UploadWay; readonly checkpoint: UploadCheckpoint | undefined },
  options: ObjectDetails & TransferTools,
): Promise<StartedUpload> {
  const place = { Bucket: way.bucket, Key: way.key };
  const known = await checkpoint?.read();
  if (known !== undefined) {
    const found = await findParts(access, { ...place, UploadId: known }, options);
    if (found !== undefined) return { uploadId: known, found };
  }
  const command = new CreateMultipartUploadCommand({
    ...place,
    ...detailFields(options),
    ...access.encryption,
    ChecksumAlgorithm: 'CRC32',
    // So that the object has one checksum of its content, whatever the parts were.
    ChecksumType: 'FULL_OBJECT',
  });
  const { UploadId: uploadId = '' } = await access.client.send(
    command,
    sendOptions(options.signal),
  );
  await checkpoint?.write(uploadId);
  return { uploadId, found: new Map() };
}

async function sendParts(
  access: S3Access,
  upload: {
    readonly way: UploadWay;
    readonly UploadId: string;
    readonly parts: readonly Part[];
    readonly found: ReadonlyMap<number, FoundPart>;
  },
  options: TransferTools,
): Promise<{ readonly completed: CompletedPart[]; readonly crc: number }> {
  const { way, UploadId, parts, found } = upload;
  const place = { Bucket: way.bucket, Key: way.key, UploadId };
  const completed: CompletedPart[] = [];
  const crcs: number[] = [];
  const limits = { count: access.concurrency, signal: options.signal };
  await forEachInParallel(parts, limits, async ({ number, start, sizeBytes }, signal) =>
    options.slots.run(async () => {
      requireNotAborted(signal);
      const bytes = await way.file.read(start, sizeBytes);
      const crc = continueCrc32(0, bytes);
      const part = { PartNumber: number, ChecksumCRC32: writeCrc32(crc) };
      const known = found.get(number);
      if (known !== undefined && isSamePart(known, bytes, part.ChecksumCRC32)) {
        completed[number - 1] = { ...part, ETag: known.etag };
      } else {
        const command = new UploadPartCommand({ ...place, ...part, Body: bytes });
        const { ETag } = await access.client.send(command, sendOptions(signal));
        completed[number - 1] = { ...part, ETag };
      }
      crcs[number - 1] = crc;
      options.onBytes(sizeBytes);
    }),
  );
  const crc = parts.reduce(
    (soFar, { number, sizeBytes }) => joinCrc32(soFar, crcs[number - 1] ?? 0, sizeBytes),
    0,
  );
  return { completed, crc };
}
