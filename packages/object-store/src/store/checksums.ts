import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { createCRC32, createCRC64, type IHasher } from 'hash-wasm';
import type { ChecksumAlgorithm } from './object-info.ts';

export interface RunningChecksum {
  update(bytes: Buffer): void;
  /** Base64. Once. */
  digest(): string;
}

/** Castagnoli's polynomial, reflected. */
const castagnoliPolynomial = 0x82f63b78;
/** CRC-64/NVME, reflected. */
const nvmePolynomial = '9a6c9329ac4bc9b5';

/** Making a WebAssembly instance costs more than summing a small object, so they are used again. */
const idleHashers: Record<'CRC32C' | 'CRC64NVME', IHasher[]> = { CRC32C: [], CRC64NVME: [] };
const maximumIdleHashers = 32;

export async function startChecksum(algorithm: ChecksumAlgorithm): Promise<RunningChecksum> {
  switch (algorithm) {
    case 'CRC32':
      return new Crc32();
    case 'CRC32C':
    case 'CRC64NVME':
      return startHasher(algorithm);
    case 'SHA1':
    case 'SHA256':
      return startHash(algorithm === 'SHA1' ? 'sha1' : 'sha256');
    default:
      throw new RangeError(`Cannot sum with "${algorithm satisfies never}"`);
  }
}

export function startHash(name: 'md5' | 'sha1' | 'sha256'): RunningChecksum {
  const hash = createHash(name);
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest('base64') };
}

class Crc32 implements RunningChecksum {
  #value = 0;

  update(bytes: Buffer): void {
    // zlib takes nothing at all for the wish to begin anew.
    if (bytes.length > 0) this.#value = crc32(bytes, this.#value);
  }

  digest(): string {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(this.#value);
    return bytes.toString('base64');
  }
}

async function startHasher(algorithm: 'CRC32C' | 'CRC64NVME'): Promise<RunningChecksum> {
  const idle = idleHashers[algorithm];
  const hasher =
    idle.pop() ??
    (algorithm === 'CRC32C'
      ? await createCRC32(castagnoliPolynomial)
      : await createCRC64(nvmePolynomial));
  hasher.init();
  return {
    update: (bytes) => void hasher.update(bytes),
    digest: () => {
      const value = Buffer.from(hasher.digest('binary')).toString('base64');
      if (idle.length < maximumIdleHashers) idle.push(hasher);
      return value;
    },
  };
}
