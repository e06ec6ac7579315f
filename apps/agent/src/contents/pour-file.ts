import type { FileHandle } from 'node:fs/promises';

const chunkBytes = 1024 * 1024;

/** Copies everything from one open file to another, a chunk at a time. */
export async function pourFile(source: FileHandle, target: FileHandle): Promise<void> {
  const chunk = Buffer.allocUnsafe(chunkBytes);
  for (let position = 0; ; ) {
    const { bytesRead } = await source.read(chunk, 0, chunkBytes, position);
    if (bytesRead === 0) return;
    await writeFully(target, chunk.subarray(0, bytesRead));
    position += bytesRead;
  }
}

/** A write may take less than it was given (a nearly full disk): the rest is tried again. */
export async function writeFully(target: FileHandle, bytes: Buffer): Promise<void> {
  for (let offset = 0; offset < bytes.length; ) {
    const { bytesWritten } = await target.write(bytes, offset, bytes.length - offset);
    offset += bytesWritten;
  }
}
