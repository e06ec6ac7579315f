import type { FileHandle } from 'node:fs/promises';

/** Where a sealed stream is read from. */
export interface SealedSource {
  /** How much is stored, as the storage says and not as anyone recorded it. */
  readonly sealedBytes: number;
  /**
   * Fewer bytes than asked for count as damage.
   *
   * @param into may be used for them; it is at least as long.
   */
  read(offset: number, length: number, into?: Buffer): Promise<Buffer>;
}

export interface SealedFileOptions {
  /** Where the stream begins, if it is not alone in the file. */
  readonly offset?: number;
  /** Default: to the end of the file. */
  readonly sealedBytes?: number;
}

/** The handle stays its owner's to close, after the last read has ended. */
export async function sealedFile(
  handle: FileHandle,
  { offset = 0, sealedBytes }: SealedFileOptions = {},
): Promise<SealedSource> {
  const toEndBytes = Math.max(0, (await handle.stat()).size - offset);
  return {
    sealedBytes: Math.min(sealedBytes ?? toEndBytes, toEndBytes),
    read: (from, length, into) =>
      readWhole(handle, offset + from, into?.subarray(0, length) ?? Buffer.allocUnsafeSlow(length)),
  };
}

async function readWhole(handle: FileHandle, position: number, bytes: Buffer): Promise<Buffer> {
  const { length } = bytes;
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}
