import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const unfinishedName = /^\.s3-manager-[0-9a-f]{16}\.part$/;

/** What a killed download leaves behind; it is never uploaded. */
export function isUnfinishedName(name: string): boolean {
  return unfinishedName.test(name);
}

/**
 * A file that appears under its name whole or not at all: written under another name beside it,
 * synced, then renamed, which replaces a link instead of writing through it.
 */
export class UnfinishedFile {
  readonly #path: string;
  readonly #unfinishedPath: string;
  readonly #handle: FileHandle;

  private constructor(path: string, unfinishedPath: string, handle: FileHandle) {
    this.#path = path;
    this.#unfinishedPath = unfinishedPath;
    this.#handle = handle;
  }

  static async create(path: string): Promise<UnfinishedFile> {
    const name = `.s3-manager-${randomBytes(8).toString('hex')}.part`;
    const unfinishedPath = join(dirname(path), name);
    // Exclusive: a link that somebody guessed in advance is not written through.
    return new UnfinishedFile(path, unfinishedPath, await open(unfinishedPath, 'wx'));
  }

  async write(bytes: Uint8Array, position: number): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      const left = bytes.length - at;
      const { bytesWritten } = await this.#handle.write(bytes, at, left, position + at);
      at += bytesWritten;
    }
  }

  async finish(modifiedAt: Date): Promise<void> {
    await this.#handle.utimes(modifiedAt, modifiedAt);
    await this.#handle.sync();
    await this.#handle.close();
    await rename(this.#unfinishedPath, this.#path);
  }

  /** After a failure. That it cannot be taken away hides nothing: its name says what it is. */
  async discard(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
    await rm(this.#unfinishedPath, { force: true }).catch(() => undefined);
  }
}
