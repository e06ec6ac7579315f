import type { FileHandle } from 'node:fs/promises';
import { EarlySync } from './early-sync.ts';

/** Measured to be twice as fast as a write for each record. */
const batchBytes = 1024 ** 2;
/** More are received and sealed while these are written. */
const batchesAtOnce = 2;

/** Pieces, written one behind the other from the start of a file, many with each write. */
export class PiecesWriting {
  readonly #handle: FileHandle;
  readonly #earlySync: EarlySync;
  readonly #writes: Promise<void>[] = [];
  #pieces: Buffer[] = [];
  #piecesBytes = 0;
  #position = 0;

  constructor(handle: FileHandle) {
    this.#handle = handle;
    this.#earlySync = new EarlySync(handle);
  }

  /** Where it returns a promise, more may come when that has resolved. */
  add(pieces: readonly Buffer[]): Promise<void> | undefined {
    for (const piece of pieces) {
      this.#pieces.push(piece);
      this.#piecesBytes += piece.length;
    }
    if (this.#piecesBytes < batchBytes) return undefined;
    const earliest = this.#writes.length === batchesAtOnce ? this.#writes.shift() : undefined;
    if (earliest !== undefined) return earliest.then(() => this.#write());
    this.#write();
    return undefined;
  }

  async writeRest(): Promise<void> {
    this.#write();
    for (const write of this.#writes) await write;
    await this.#earlySync.settled();
  }

  /** Whatever happened: the file must not be closed during a write or a sync. */
  async settle(): Promise<void> {
    await Promise.allSettled([...this.#writes, this.#earlySync.settled()]);
  }

  #write(): void {
    if (this.#pieces.length === 0) return;
    const write = writeWhole(this.#handle, this.#pieces, this.#position);
    // Whoever awaits it hears of a failure.
    write.catch(() => undefined);
    this.#writes.push(write);
    this.#position += this.#piecesBytes;
    this.#earlySync.begin(this.#position);
    this.#pieces = [];
    this.#piecesBytes = 0;
  }
}

async function writeWhole(handle: FileHandle, pieces: Buffer[], position: number): Promise<void> {
  let left = pieces;
  for (let at = position; left.length > 0; ) {
    const { bytesWritten } = await handle.writev(left, at);
    at += bytesWritten;
    left = behind(left, bytesWritten);
  }
}

/** What a write that was cut short left over. */
function behind(pieces: readonly Buffer[], bytes: number): Buffer[] {
  let skipped = 0;
  return pieces.flatMap((piece) => {
    const from = Math.min(piece.length, Math.max(0, bytes - skipped));
    skipped += piece.length;
    return from === piece.length ? [] : [piece.subarray(from)];
  });
}
