import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { startChecksum } from './checksums.ts';
import { combineCrcs } from './crc-combine.ts';
import type { ChecksumAlgorithm } from './object-info.ts';

async function sum(algorithm: ChecksumAlgorithm, ...pieces: readonly Buffer[]): Promise<string> {
  const checksum = await startChecksum(algorithm);
  for (const piece of pieces) checksum.update(piece);
  return checksum.digest();
}

describe('checksums', () => {
  // The check values of the catalogue of parametrised CRC algorithms, of "123456789".
  it.each([
    ['CRC32', 'cbf43926'],
    ['CRC32C', 'e3069283'],
    ['CRC64NVME', 'ae8b14860a799888'],
    ['SHA1', 'f7c3bc1d808e04732adf679965ccc34ca7ae3441'],
    ['SHA256', '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225'],
  ] as const)('%s is what everybody else computes', async (algorithm, hexadecimal) => {
    const value = await sum(algorithm, Buffer.from('1234'), Buffer.from('56789'));
    expect(Buffer.from(value, 'base64').toString('hex')).toBe(hexadecimal);
  });

  it.each(['CRC32', 'CRC32C', 'CRC64NVME'] as const)(
    '%s of parts combine to that of the whole',
    async (algorithm) => {
      const pieces = [70_000, 70_000, 0, 1, 333].map((length) => randomBytes(length));
      const parts = [];
      for (const piece of pieces) {
        parts.push({ checksum: await sum(algorithm, piece), sizeBytes: piece.length });
      }
      expect(combineCrcs(algorithm, parts)).toBe(await sum(algorithm, ...pieces));
    },
  );

  it('hashers that were used before begin anew', async () => {
    const first = await sum('CRC32C', Buffer.from('one'));
    expect(await sum('CRC32C', Buffer.from('one'))).toBe(first);
  });
});
