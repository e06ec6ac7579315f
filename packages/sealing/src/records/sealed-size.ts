import { headerBytes, maximumPlainBytes, recordCountOf, tagBytes } from './record-format.ts';

/** How many bytes so many bytes of plaintext become. @throws {RangeError} */
export function sealedSize(plainBytes: number): number {
  if (!Number.isSafeInteger(plainBytes) || plainBytes < 0 || plainBytes > maximumPlainBytes) {
    throw new RangeError(`Cannot seal "${plainBytes}" bytes: not a size`);
  }
  return headerBytes + plainBytes + recordCountOf(plainBytes) * tagBytes;
}
