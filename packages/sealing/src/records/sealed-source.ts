import type { FileHandle } from 'node:fs/promises';

/** Where sealed bytes are read from. */
export interface SealedSource {
  /** Of what is stored. */
  readonly sealedBytes: number;
  /** Fewer bytes than asked for are damage. */
  read(offset: number, length: number): Promise<Buffer>;
}

/** @param offset where the stream begins in the file, if it is not alone in it. */
export async function sealedFile(handle: FileHandle): Promise<SealedSource> {
  throw new Error(`not yet: ${handle.fd}`);
}
