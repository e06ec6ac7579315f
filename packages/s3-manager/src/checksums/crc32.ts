import { crc32 } from 'node:zlib';

/** The reversed polynomial of CRC-32 (IEEE 802.3), as `crc32` of zlib and S3 use it. */
const polynomial = 0xedb88320;
const one = 0x80000000;

/** The CRC-32 of what was read so far, followed by these bytes. Starts at 0. */
export function continueCrc32(soFar: number, bytes: Uint8Array): number {
  return crc32(bytes, soFar);
}

/**
 * The CRC-32 of two stretches from the CRC-32 of each: what makes parts that were read in any order
 * prove the whole. Multiplies the first by x to the power of the second's bits, modulo the
 * polynomial.
 */
export function joinCrc32(first: number, second: number, secondSizeBytes: number): number {
  return (multiply(powerOfBytes(secondSizeBytes), first) ^ second) >>> 0;
}

/** As S3's headers write it: the four bytes, the highest first, in base64. */
export function writeCrc32(value: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes.toString('base64');
}

/** x to the power of 8 * sizeBytes, by squaring. */
function powerOfBytes(sizeBytes: number): number {
  let power = one;
  // x^8: the polynomial x has its bit one place below that of 1.
  let square = one >>> 8;
  for (let left = sizeBytes; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) power = multiply(square, power);
    square = multiply(square, square);
  }
  return power;
}

function multiply(left: number, right: number): number {
  let product = 0;
  let shifted = right;
  for (let bit = one; bit !== 0; bit >>>= 1) {
    if ((left & bit) !== 0) product ^= shifted;
    shifted = (shifted & 1) === 1 ? (shifted >>> 1) ^ polynomial : shifted >>> 1;
  }
  return product >>> 0;
}
