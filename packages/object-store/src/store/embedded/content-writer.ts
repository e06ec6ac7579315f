import { randomBytes } from 'node:crypto';
import { createSizedSealer, sealedSize } from '@strongroom/sealing';
import type { IncomingContent } from '../object-requests.ts';
import { VerifiedContent } from '../verified-content.ts';
import type { DiskSpace } from './disk-space.ts';
import { segmentKey } from './object-keys.ts';
import { PiecesWriting } from './pieces-writing.ts';
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
      const inline = content.sizeBytes <= maximumInlineBytes;
      const stored = inline
        ? { content: await sealedInMemory(verified, key), fileId: undefined }
        : { content: undefined, fileId: await this.#writeFile(verified, key) };
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

  #writeFile(content: VerifiedContent, key: Buffer): Promise<string> {
    return this.#files.create(async (handle) => {
      const sealer = createSizedSealer(key, content.sizeBytes);
      const writing = new PiecesWriting(handle);
      try {
        await content.pour((bytes) => writing.add(sealer.update(bytes)));
        await writing.add(sealer.final());
        await writing.writeRest();
      } finally {
        await writing.settle();
      }
    });
  }
}

async function sealedInMemory(content: VerifiedContent, key: Buffer): Promise<Buffer> {
  const sealer = createSizedSealer(key, content.sizeBytes);
  const pieces: Buffer[] = [];
  await content.pour((bytes) => {
    pieces.push(...sealer.update(bytes));
    return undefined;
  });
  return Buffer.concat([...pieces, ...sealer.final()]);
}
