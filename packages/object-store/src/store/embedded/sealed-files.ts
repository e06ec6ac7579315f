import { randomBytes } from 'node:crypto';
import { type FileHandle, link, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

const pinMilliseconds = 60_000;

export interface FilePin {
  readonly begin: () => void;
  readonly end: () => void;
}

const nothingPinned: FilePin = { begin: () => undefined, end: () => undefined };

/**
 * Files with random names in 256 folders. INVARIANT: a file has its final name only when it is whole
 * and on the disk, and no name is ever used twice.
 */
export class SealedFiles {
  readonly #folder: string;
  readonly #temporaryFolder: string;
  /** Files of versions that somebody is reading: they go when the last reader has left. */
  readonly #pins = new Map<string, number>();
  readonly #condemned = new Set<string>();

  private constructor(folder: string) {
    this.#folder = join(folder, 'data');
    this.#temporaryFolder = join(folder, 'temporary');
  }

  static async open(folder: string): Promise<SealedFiles> {
    const files = new SealedFiles(folder);
    // What a crash left half written has no final name.
    await rm(files.#temporaryFolder, { recursive: true, force: true });
    await mkdir(files.#temporaryFolder, { recursive: true, mode: 0o700 });
    await mkdir(files.#folder, { recursive: true, mode: 0o700 });
    const present = new Set(await readdir(files.#folder));
    for (let number = 0; number < 256; number += 1) {
      const name = number.toString(16).padStart(2, '0');
      if (!present.has(name)) await mkdir(join(files.#folder, name), { mode: 0o700 });
    }
    await syncFolder(files.#folder);
    await syncFolder(folder);
    return files;
  }

  /** A file that is filled by `fill` and then kept. Where either fails, nothing of it stays. */
  async create(fill: (handle: FileHandle) => Promise<void>): Promise<string> {
    const fileId = randomBytes(16).toString('hex');
    const temporary = join(this.#temporaryFolder, fileId);
    try {
      const handle = await open(temporary, 'wx', 0o600);
      try {
        await fill(handle);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(temporary, this.#path(fileId));
      await syncFolder(this.#folderOf(fileId));
      return fileId;
    } catch (error) {
      await rm(temporary, { force: true });
      await rm(this.#path(fileId), { force: true });
      throw error;
    }
  }

  /** The same bytes under another name, for a copy. */
  async duplicate(fileId: string): Promise<string> {
    const copyId = randomBytes(16).toString('hex');
    await link(this.#path(fileId), this.#path(copyId));
    await syncFolder(this.#folderOf(copyId));
    return copyId;
  }

  openForReading(fileId: string): Promise<FileHandle> {
    return open(this.#path(fileId), 'r');
  }

  /**
   * Keeps files that are about to be read, though their version may be deleted meanwhile. A reader that
   * does not begin within a minute loses them. @returns what ends it; `begin`
   * stops that clock.
   */
  pin(fileIds: readonly string[]): FilePin {
    if (fileIds.length === 0) return nothingPinned;
    for (const fileId of fileIds) this.#pins.set(fileId, (this.#pins.get(fileId) ?? 0) + 1);
    let isHeld = true;
    const end = () => {
      clearTimeout(timer);
      if (!isHeld) return;
      isHeld = false;
      for (const fileId of fileIds) this.#unpin(fileId);
    };
    const timer = setTimeout(end, pinMilliseconds);
    timer.unref();
    return { begin: () => clearTimeout(timer), end };
  }

  /** After the commit that forgot them. What fails here is cleaned up at the next start. */
  async remove(fileIds: readonly string[]): Promise<void> {
    for (const fileId of fileIds) {
      if (this.#pins.has(fileId)) this.#condemned.add(fileId);
      else await rm(this.#path(fileId), { force: true }).catch(() => undefined);
    }
  }

  /** Files that nothing refers to any more. @returns how many went. */
  async removeOrphans(isReferenced: (fileId: string) => boolean): Promise<number> {
    let count = 0;
    for (const name of await readdir(this.#folder)) {
      for (const fileId of await readdir(join(this.#folder, name))) {
        if (isReferenced(fileId)) continue;
        await rm(join(this.#folder, name, fileId), { force: true });
        count += 1;
      }
    }
    return count;
  }

  #unpin(fileId: string): void {
    const count = (this.#pins.get(fileId) ?? 1) - 1;
    if (count > 0) {
      this.#pins.set(fileId, count);
      return;
    }
    this.#pins.delete(fileId);
    if (this.#condemned.delete(fileId)) void this.remove([fileId]);
  }

  #folderOf(fileId: string): string {
    return join(this.#folder, fileId.slice(0, 2));
  }

  #path(fileId: string): string {
    return join(this.#folderOf(fileId), fileId);
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
