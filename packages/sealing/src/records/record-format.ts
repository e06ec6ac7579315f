import { SealedDataError } from './sealed-data-error.ts';

/**
 * A sealed stream is a header and then records of 64 KiB of plaintext, each with its own AES-256-GCM tag.
 * The nonces follow the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár: "Online Authenticated-
 * Encryption and its Nonce-Reuse Misuse-Resistance", section 7): prefix, position, and whether it is the last
 * record. A record that was moved, dropped, repeated or taken from another stream has another nonce or
 * key, and an end that was cut off lacks its last record; none of them verifies.
 *
 * ```
 * header   magic 4 | format version 1 | record size as a power of two 1 | zero 3 | nonce prefix 7
 * record   ciphertext, 65,536 bytes or in the last record what is left | tag 16
 * nonce    nonce prefix 7 | position from 0, big-endian 4 | 1 in the last record, else 0
 * ```
 *
 * The header is every record's authenticated data. Only the last record may be short, and only the sole
 * record of an empty stream is empty, so a plaintext's size determines its sealed size.
 */
export const recordBytes = 65_536;
export const tagBytes = 16;
export const headerBytes = 16;
export const sealedRecordBytes = recordBytes + tagBytes;
/** One read or write of about 1 MiB: measured to be twice as fast as record by record. */
export const batchRecordCount = 16;

const prefixBytes = 7;
const fixedHeader = Buffer.from([...Buffer.from('SRSR'), 1, Math.log2(recordBytes), 0, 0, 0]);
const maximumRecordCount = 2 ** 32;
export const maximumPlainBytes = maximumRecordCount * recordBytes;

export function recordCountOf(plainBytes: number): number {
  return Math.max(1, Math.ceil(plainBytes / recordBytes));
}

export function createHeader(prefix: Buffer): Buffer {
  if (prefix.length !== prefixBytes) throw new RangeError('A nonce prefix has 7 bytes');
  return Buffer.concat([fixedHeader, prefix]);
}

/** @throws {SealedDataError} */
export function checkHeader(header: Buffer): void {
  if (header.subarray(0, fixedHeader.length).equals(fixedHeader)) return;
  throw new SealedDataError('Cannot open sealed data: it does not begin with a header');
}

/** INVARIANT: no two records under one key have the same position, and one alone is the last. */
export function nonceOf(header: Buffer, position: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  header.copy(nonce, 0, fixedHeader.length);
  nonce.writeUInt32BE(position, prefixBytes);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}
