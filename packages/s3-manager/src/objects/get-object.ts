import { addAbortSignal, type Readable } from 'node:stream';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { explainError } from '../errors/explain-error.ts';
import { requireNames } from '../errors/refuse-argument.ts';
import { S3ManagerError } from '../errors/s3-manager-error.ts';
import { s3Address } from '../keys/s3-address.ts';
import type { OperationOptions, S3Access } from '../s3-access.ts';
import { sendOptions } from '../send-options.ts';
import { describeOutput, type ObjectDescription } from './head-object.ts';

export interface GetObjectOptions extends OperationOptions {
  readonly versionId?: string | undefined;
}

/** An object with its content on the way. Read `body`, or call `bytes` or `text`, once. */
export interface FoundObject extends ObjectDescription {
  /** Read it to its end or destroy it, or the connection stays taken. */
  readonly body: Readable;
  /** The whole content in memory. */
  bytes(options?: ReadOptions): Promise<Buffer>;
  /** The whole content as UTF-8. */
  text(options?: ReadOptions): Promise<string>;
}

export interface ReadOptions {
  /** Larger ones are refused with `ObjectTooLarge` before they fill the memory. Default 64 MiB. */
  readonly maximumSizeBytes?: number | undefined;
}

const defaultMaximumSizeBytes = 64 * 1024 * 1024;

/** `undefined` where there is no such object. */
export async function getObject(
  { client }: S3Access,
  place: { readonly bucket: string; readonly key: string },
  { signal, versionId }: GetObjectOptions,
): Promise<FoundObject | undefined> {
  const { bucket, key } = place;
  const action = `get ${s3Address(bucket, key)}`;
  requireNames(action, place);
  try {
    const command = new GetObjectCommand({
      Bucket: bucket,
      Key: key,
      VersionId: versionId,
      ChecksumMode: 'ENABLED',
    });
    const output = await client.send(command, sendOptions(signal));
    const sizeBytes = output.ContentLength ?? 0;
    const body = output.Body as Readable;
    if (signal !== undefined) addAbortSignal(signal, body);
    // Whoever reads it still gets the error; one that nobody reads must not end the process.
    body.on('error', () => undefined);
    const bytes = async (options: ReadOptions = {}): Promise<Buffer> => {
      const { maximumSizeBytes = defaultMaximumSizeBytes } = options;
      return await readWhole(body, { sizeBytes, maximumSizeBytes, action });
    };
    const text = async (options?: ReadOptions): Promise<string> =>
      (await bytes(options)).toString('utf8');
    return { ...describeOutput(output), bucket, key, sizeBytes, body, bytes, text };
  } catch (error) {
    const explained = explainError(error, action);
    if (explained.code === 'NoSuchKey') return undefined;
    throw explained;
  }
}

async function readWhole(
  body: Readable,
  limits: {
    readonly sizeBytes: number;
    readonly maximumSizeBytes: number;
    readonly action: string;
  },
): Promise<Buffer> {
  const { sizeBytes, maximumSizeBytes, action } = limits;
  if (sizeBytes > maximumSizeBytes) {
    body.destroy();
    const state = `it has ${sizeBytes} bytes, more than the ${maximumSizeBytes} allowed`;
    throw new S3ManagerError('ObjectTooLarge', `Cannot ${action}: ${state}`);
  }
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of body) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  } catch (error) {
    throw explainError(error, action);
  }
}
