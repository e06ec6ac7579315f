import type { ChecksumAlgorithm } from './object-info.ts';

interface Crc {
  readonly width: 32n | 64n;
  /** Reflected. */
  readonly polynomial: bigint;
}

const crcs: Readonly<Partial<Record<ChecksumAlgorithm, Crc>>> = {
  CRC32: { width: 32n, polynomial: 0xedb88320n },
  CRC32C: { width: 32n, polynomial: 0x82f63b78n },
  CRC64NVME: { width: 64n, polynomial: 0x9a6c9329ac4bc9b5n },
};

export interface SummedPart {
  readonly checksum: string;
  readonly sizeBytes: number;
}

/**
 * The CRC of the whole out of those of its parts (Mark Adler, zlib's crc32_combine): the one before is
 * multiplied by x to the power of the bits that follow, modulo the polynomial.
 *
 * @returns base64; `undefined` where the algorithm is no CRC.
 */
export function combineCrcs(
  algorithm: ChecksumAlgorithm,
  parts: readonly SummedPart[],
): string | undefined {
  const crc = crcs[algorithm];
  if (crc === undefined) return undefined;
  const shifts = new Map<number, bigint>();
  let whole = 0n;
  for (const { checksum, sizeBytes } of parts) {
    // Most parts of an upload are of one size.
    const shift = shifts.get(sizeBytes) ?? powerOfX(crc, 8n * BigInt(sizeBytes));
    shifts.set(sizeBytes, shift);
    const value = BigInt(`0x${Buffer.from(checksum, 'base64').toString('hex')}`);
    whole = multiply(crc, shift, whole) ^ value;
  }
  const digits = Number(crc.width) / 4;
  return Buffer.from(whole.toString(16).padStart(digits, '0'), 'hex').toString('base64');
}

/** x^exponent; bit `width - 1` stands for 1, because everything is reflected. */
function powerOfX(crc: Crc, exponent: bigint): bigint {
  let result = 1n << (crc.width - 1n);
  let square = result >> 1n;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = multiply(crc, square, result);
    square = multiply(crc, square, square);
  }
  return result;
}

function multiply({ width, polynomial }: Crc, one: bigint, other: bigint): bigint {
  let product = 0n;
  let factor = other;
  for (let bit = 1n << (width - 1n); bit > 0n; bit >>= 1n) {
    if (one & bit) product ^= factor;
    factor = factor & 1n ? (factor >> 1n) ^ polynomial : factor >> 1n;
  }
  return product;
}
