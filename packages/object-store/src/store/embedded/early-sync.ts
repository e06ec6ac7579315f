import type { FileHandle } from 'node:fs/promises';

/** Of all files, because a sync holds one of the few threads that serve every file. */
let isUnderWay = false;

const syncBytes = 32 * 1024 ** 2;

/**
 * Sends what has been written to the disk while more comes, so that the sync at the end finds little to
 * wait for; it is that one which makes the file durable.
 */
export class EarlySync {
  readonly #handle: FileHandle;
  #syncedBytes = 0;
  #last: Promise<void> | undefined;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  begin(writtenBytes: number): void {
    if (isUnderWay || writtenBytes - this.#syncedBytes < syncBytes) return;
    isUnderWay = true;
    this.#syncedBytes = writtenBytes;
    this.#last = Promise.all([this.#last, this.#sync()]).then(() => undefined);
    // Whoever awaits it hears of a failure.
    this.#last.catch(() => undefined);
  }

  /**
   * INVARIANT: awaited before the file is kept. The kernel tells a failed write to one sync, once, and
   * the sync at the end would not hear of what this one was told.
   */
  async settled(): Promise<void> {
    await this.#last;
  }

  async #sync(): Promise<void> {
    try {
      await this.#handle.datasync();
    } finally {
      isUnderWay = false;
    }
  }
}
