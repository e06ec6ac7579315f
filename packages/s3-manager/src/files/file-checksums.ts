import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { continueCrc32, writeCrc32 } from '../checksums/crc32.ts';
import type { OperationOptions } from '../s3-access.ts';

const options = { highWaterMark: 1024 * 1024 };

/** As S3 writes it. */
export async function fileCrc32(path: string, { signal }: OperationOptions): Promise<string> {
  let crc = 0;
  for await (const chunk of createReadStream(path, { ...options, ...(signal && { signal }) })) {
    crc = continueCrc32(crc, chunk as Buffer);
  }
  return writeCrc32(crc);
}

/** In hexadecimal, as an ETag has it. Against accidents only: MD5 proves nothing against a person. */
export async function fileMd5(path: string, { signal }: OperationOptions): Promise<string> {
  const hash = createHash('md5');
  for await (const chunk of createReadStream(path, { ...options, ...(signal && { signal }) })) {
    hash.update(chunk as Buffer);
  }
  return hash.digest('hex');
}
