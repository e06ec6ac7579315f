import { addAbortSignal, type Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { continueCrc32 } from '../checksums/crc32.ts';
import { explainError } from '../errors/explain-error.ts';
import { S3ManagerError } from '../errors/s3-manager-error.ts';
import type { UnfinishedFile } from '../files/unfinished-file.ts';
import { s3Address } from '../keys/s3-address.ts';
import type { OperationOptions, S3Access } from '../s3-access.ts';
import { sendOptions } from '../send-options.ts';
import type { KnownObject } from './download-file.ts';
import type { Part } from './parts.ts';

interface RangeWay {
  readonly object: KnownObject;
  readonly file: UnfinishedFile;
  readonly part: Part;
  /** The part is the object: no range is asked for, so the answer carries the checksum. */
  readonly isWhole: boolean;
}

const maximumTries = 4;
const firstPauseMilliseconds = 100;

/**
 * Fetches one range, again where the connection broke in the middle of it, which the AWS SDK does
 * not: for the SDK an answer is done when its headers are there.
 *
 * @returns the range's CRC-32
 */
export async function downloadRange(
  access: S3Access,
  way: RangeWay,
  options: OperationOptions,
): Promise<number> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await fetchRange(access, way, options);
    } catch (error) {
      const { bucket, key } = way.object;
      const explained = explainError(error, `download ${s3Address(bucket, key)}`);
      if (explained.code !== 'Unreachable' || tried === maximumTries) throw explained;
      // Longer each time, and by chance, so that many do not come back at once.
      const pause = firstPauseMilliseconds * 2 ** tried * (0.5 + Math.random() / 2);
      await sleep(pause, undefined, { signal: options.signal });
    }
  }
}

async function fetchRange(
  { client }: S3Access,
  { object, file, part, isWhole }: RangeWay,
  { signal }: OperationOptions,
): Promise<number> {
  const { start, sizeBytes } = part;
  const command = new GetObjectCommand({
    Bucket: object.bucket,
    Key: object.key,
    VersionId: object.versionId,
    // INVARIANT: all ranges are of the object that was described, not of one that replaced it.
    IfMatch: object.etag,
    ...(isWhole
      ? { ChecksumMode: 'ENABLED' }
      : { Range: `bytes=${start}-${start + sizeBytes - 1}` }),
  });
  const output = await client.send(command, sendOptions(signal)).catch((error: unknown) => {
    throw explainReplaced(error, object);
  });
  const body = output.Body as Readable;
  if (output.ETag !== object.etag || output.ContentLength !== sizeBytes) {
    body.destroy();
    throw replaced(object);
  }
  // The SDK looks at the signal only until the headers are there.
  if (signal !== undefined) addAbortSignal(signal, body);
  let crc = 0;
  let received = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    crc = continueCrc32(crc, chunk);
    await file.write(chunk, start + received);
    received += chunk.length;
  }
  if (received === sizeBytes) return crc;
  const state = `${received} of ${sizeBytes} bytes came`;
  const action = `download ${s3Address(object.bucket, object.key)}`;
  throw new S3ManagerError('Unreachable', `Cannot ${action}: ${state}`);
}

function explainReplaced(error: unknown, object: KnownObject): S3ManagerError {
  const explained = explainError(error, `download ${s3Address(object.bucket, object.key)}`);
  return explained.code === 'PreconditionFailed' ? replaced(object, error) : explained;
}

function replaced({ bucket, key }: KnownObject, cause?: unknown): S3ManagerError {
  const message = `Cannot download ${s3Address(bucket, key)}: it was replaced meanwhile`;
  return new S3ManagerError('RemoteObjectChanged', message, { cause });
}
