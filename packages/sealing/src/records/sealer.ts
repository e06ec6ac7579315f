import type { Transform } from 'node:stream';

/** Seals one stream with one fresh key. Shaped like node:crypto's ciphers. */
export interface Sealer {
  /** How many bytes of plaintext went in. */
  readonly plainBytes: number;
  /** Sealed batches of about 1 MiB that are ready, often none. They are the receiver's own. */
  update(plain: Buffer): readonly Buffer[];
  /** What is left, with the last record. Also an empty stream has one. */
  final(): readonly Buffer[];
}

export function createSealer(_dataKey: Buffer): Sealer {
  throw new Error('not yet');
}

/** The same as a stream. */
export function createSealingStream(_dataKey: Buffer): Transform {
  throw new Error('not yet');
}
