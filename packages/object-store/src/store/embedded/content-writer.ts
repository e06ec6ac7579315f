import { randomBytes } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { createSealer, sealedSize } from '@strongroom/sealing';
import type { IncomingContent } from '../object-requests.ts';
import { VerifiedContent } from '../verified-content.ts';
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
const maximumInlineBytes = 8 * 1024;

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
      const verified = await VerifiedContent.start(content);
      const batches = sealed(verified, key);
      const inline = content.sizeBytes <= maximumInlineBytes;
      const stored = inline
        ? { content: Buffer.concat(await collected(batches)), fileId: undefined }
        : { content: undefined, fileId: await this.#writeFile(batches) };
      const { sizeBytes } = content;
      return {
        partNumber: target.partNumber,
        sizeBytes,
        checksum: verified.checksum,
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

  async #writeFile(batches: AsyncIterable<Buffer>): Promise<string> {
    return this.#files.create(async (handle) => {
      let position = 0;
      let writing: Promise<void> = Promise.resolve();
      try {
        for await (const batch of batches) {
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

async function* sealed(content: VerifiedContent, key: Buffer): AsyncGenerator<Buffer, void, void> {
  const sealer = createSealer(key);
  for await (const bytes of content.body()) yield* sealer.update(bytes);
  yield* sealer.final();
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
