import { constants, type FileHandle, open } from 'node:fs/promises';
import { S3ManagerError } from '../errors/s3-manager-error.ts';

/**
 * A local file that must stay as it was when it was opened. INVARIANT: after `requireUnchanged`,
 * everything read so far belongs to one state of the file.
 */
export class SteadyFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** To the nanosecond, where the file system has it. */
  readonly modifiedNanoseconds: bigint;
  readonly #handle: FileHandle;

  private constructor(path: string, handle: FileHandle, sizeBytes: number, modified: bigint) {
    this.path = path;
    this.#handle = handle;
    this.sizeBytes = sizeBytes;
    this.modifiedNanoseconds = modified;
  }

  static async open(
    path: string,
    { followLink }: { readonly followLink: boolean },
  ): Promise<SteadyFile> {
    // Not waiting: a pipe that was put in the file's place would hold this up for ever.
    const flags = constants.O_RDONLY | constants.O_NONBLOCK;
    const handle = await open(path, followLink ? flags : flags | constants.O_NOFOLLOW);
    try {
      const status = await handle.stat({ bigint: true });
      if (!status.isFile()) {
        throw new S3ManagerError('LocalFileUnavailable', `Cannot read "${path}": not a file`);
      }
      return new SteadyFile(path, handle, Number(status.size), status.mtimeNs);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  async read(start: number, sizeBytes: number): Promise<Buffer> {
    const bytes = Buffer.allocUnsafe(sizeBytes);
    for (let at = 0; at < sizeBytes; ) {
      const { bytesRead } = await this.#handle.read(bytes, at, sizeBytes - at, start + at);
      if (bytesRead === 0) throw this.#changed();
      at += bytesRead;
    }
    return bytes;
  }

  /** @throws S3ManagerError `LocalFileChanged` */
  async requireUnchanged(): Promise<void> {
    const { size, mtimeNs } = await this.#handle.stat({ bigint: true });
    if (Number(size) !== this.sizeBytes || mtimeNs !== this.modifiedNanoseconds) {
      throw this.#changed();
    }
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  #changed(): S3ManagerError {
    const state = 'it changed while it was read';
    return new S3ManagerError('LocalFileChanged', `Cannot upload "${this.path}": ${state}`);
  }
}
