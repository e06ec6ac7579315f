import { randomBytes } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { createSealer, sealedSize } from '@strongroom/sealing';
import { S3Error } from '../../s3-error.ts';
import { type RunningChecksum, startChecksum, startHash } from '../checksums.ts';
import type { IncomingContent } from '../object-requests.ts';
import type { DiskSpace } from './disk-space.ts';
import { segmentKey } from './object-keys.ts';
import type { SealedFiles } from './sealed-files.ts';
import { asStorageError } from './storage-errors.ts';

/** Sealed and on the disk, or in memory where it is small; nothing refers to it yet. */
export interface SegmentDraft {
  readonly partNumber: number;
  readonly sizeBytes: number;
  /** Base64, in the algorithm that was asked for. */
  readonly checksum: string | undefined;
  readonly salt: Buffer;
  readonly fileId: string | undefined;
  readonly content: Buffer | undefined;
}

export interface WriteTarget {
  readonly objectKey: Buffer;
  readonly partNumber: number;
}

/** Up to here content lies in the database and shares its sync; a file would need two of its own. */
export const maximumInlineBytes = 8 * 1024;

export class ContentWriter {
  readonly #files: SealedFiles;
  readonly #space: DiskSpace;

  constructor(files: SealedFiles, space: DiskSpace) {
    this.#files = files;
    this.#space = space;
  }

  /** @throws {S3Error} `IncompleteBody`, `BadDigest`, `InvalidDigest`, `InsufficientCapacity` */
  async write(content: IncomingContent, target: WriteTarget): Promise<SegmentDraft> {
    const release = await this.#space.reserve(sealedSize(content.sizeBytes));
    const salt = randomBytes(16);
    const key = segmentKey(target.objectKey, salt, target.partNumber);
    try {
      const received = await Received.start(content, key);
      const inline = content.sizeBytes <= maximumInlineBytes;
      const stored = inline
        ? { content: Buffer.concat(await collected(received.sealed())), fileId: undefined }
        : { content: undefined, fileId: await this.#writeFile(received) };
      const { sizeBytes } = content;
      return {
        partNumber: target.partNumber,
        sizeBytes,
        checksum: received.checksum,
        salt,
        ...stored,
      };
    } catch (error) {
      throw asStorageError(error);
    } finally {
      key.fill(0);
      release();
    }
  }

  async #writeFile(received: Received): Promise<string> {
    return this.#files.create(async (handle) => {
      let position = 0;
      let writing: Promise<void> = Promise.resolve();
      try {
        for await (const batch of received.sealed()) {
          await writing;
          // The next batch is received and sealed while this one is written.
          writing = writeWhole(handle, batch, position);
          writing.catch(() => undefined);
          position += batch.length;
        }
      } finally {
        await writing;
      }
    });
  }
}

/** The body on its way through the checks into the sealer. */
class Received {
  readonly #content: IncomingContent;
  readonly #key: Buffer;
  readonly #md5: RunningChecksum | undefined;
  readonly #running: RunningChecksum | undefined;
  checksum: string | undefined;

  private constructor(content: IncomingContent, key: Buffer, running: RunningChecksum | undefined) {
    this.#content = content;
    this.#key = key;
    this.#running = running;
    if (content.contentMd5 !== undefined) this.#md5 = startHash('md5');
  }

  static async start(content: IncomingContent, key: Buffer): Promise<Received> {
    const { contentMd5, checksum } = content;
    if (contentMd5 !== undefined && Buffer.from(contentMd5, 'base64').length !== 16) {
      throw new S3Error('InvalidDigest', `Cannot check Content-MD5 "${contentMd5}": it is no MD5`);
    }
    const running = checksum === undefined ? undefined : await startChecksum(checksum.algorithm);
    return new Received(content, key, running);
  }

  /** The last batch comes only when all that was promised about the content is true. */
  async *sealed(): AsyncGenerator<Buffer, void, void> {
    const sealer = createSealer(this.#key);
    const { body, sizeBytes } = this.#content;
    for await (const chunk of body) {
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      if (sealer.plainBytes + bytes.length > sizeBytes) throw incomplete(sizeBytes, 'more');
      this.#md5?.update(bytes);
      this.#running?.update(bytes);
      yield* sealer.update(bytes);
    }
    if (sealer.plainBytes < sizeBytes) throw incomplete(sizeBytes, 'fewer');
    this.#verify();
    yield* sealer.final();
  }

  #verify(): void {
    const { contentMd5, checksum } = this.#content;
    this.checksum = this.#running?.digest();
    if (contentMd5 !== undefined && this.#md5?.digest() !== contentMd5) {
      throw new S3Error('BadDigest', 'Cannot keep the content: its Content-MD5 is another');
    }
    const expected = checksum?.expected?.();
    if (expected !== undefined && expected !== this.checksum) {
      const message = `Cannot keep the content: its ${checksum?.algorithm} is not "${expected}"`;
      throw new S3Error('BadDigest', message);
    }
  }
}

function incomplete(sizeBytes: number, how: 'more' | 'fewer'): S3Error {
  const message = `Cannot keep the content: ${how} than the ${sizeBytes} bytes that were announced`;
  return new S3Error('IncompleteBody', message);
}

async function collected(batches: AsyncIterable<Buffer>): Promise<Buffer[]> {
  const all: Buffer[] = [];
  for await (const batch of batches) all.push(batch);
  return all;
}

async function writeWhole(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, at, bytes.length - at, position + at);
    at += bytesWritten;
  }
}
