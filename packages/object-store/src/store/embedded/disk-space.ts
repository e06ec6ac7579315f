import { statfs } from 'node:fs/promises';
import { S3Error } from '../../s3-error.ts';

const staleMilliseconds = 200;

/**
 * Refuses writes while there is still room to delete, to write the journal and for whatever else lives
 * on the disk.
 */
export class DiskSpace {
  readonly #folder: string;
  readonly #floorBytes: number;
  #freeBytes = 0;
  #measuredAt = Number.NEGATIVE_INFINITY;
  #measuring: Promise<void> | undefined;
  /** Promised to writes under way, which the file system does not know of yet. */
  #reservedBytes = 0;

  constructor(folder: string, floorBytes: number) {
    this.#folder = folder;
    this.#floorBytes = floorBytes;
  }

  /** @returns what gives the reservation back. @throws {S3Error} `InsufficientCapacity` */
  async reserve(sizeBytes: number): Promise<() => void> {
    await this.#measure(staleMilliseconds);
    // Nothing is refused by a look from before, in which much may have been deleted.
    if (!this.#hasRoomFor(sizeBytes)) await this.#measure(0);
    if (!this.#hasRoomFor(sizeBytes)) {
      throw new S3Error(
        'InsufficientCapacity',
        `Cannot write ${sizeBytes} bytes: the disk has to keep ${this.#floorBytes} bytes free`,
      );
    }
    this.#reservedBytes += sizeBytes;
    let isHeld = true;
    return () => {
      if (isHeld) this.#reservedBytes -= sizeBytes;
      isHeld = false;
    };
  }

  #hasRoomFor(sizeBytes: number): boolean {
    return this.#freeBytes - this.#reservedBytes - sizeBytes >= this.#floorBytes;
  }

  async #measure(maximumAgeMilliseconds: number): Promise<void> {
    if (performance.now() - this.#measuredAt < maximumAgeMilliseconds) return;
    this.#measuring ??= (async () => {
      try {
        const { bavail, bsize } = await statfs(this.#folder);
        this.#freeBytes = bavail * bsize;
        this.#measuredAt = performance.now();
      } finally {
        this.#measuring = undefined;
      }
    })();
    await this.#measuring;
  }
}
