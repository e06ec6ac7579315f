import { describe, expect, it } from 'vitest';
import { seededRandom } from '../testing/seeded-random.ts';
import { openRange, openWhole } from './open-range.ts';
import { recordBytes } from './record-format.ts';
import { sealedSize } from './sealed-size.ts';
import { createSizedSealer } from './sized-sealer.ts';

const dataKey = Buffer.alloc(32, 7);
const plain = seededRandom(2).bytes(5 * recordBytes + 99);
const around = (size: number) => [size - 1, size, size + 1];
const sizes = [0, 1, 16, ...around(recordBytes), ...around(3 * recordBytes), plain.length];

function seal(bytes: Buffer, chunkBytes: number): Buffer {
  const sealer = createSizedSealer(dataKey, bytes.length);
  const pieces: Buffer[] = [];
  const chunk = Buffer.alloc(chunkBytes);
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    // One buffer for all chunks, as a reader that uses its buffer again has.
    const copied = bytes.copy(chunk, 0, at, at + chunkBytes);
    pieces.push(...sealer.update(chunk.subarray(0, copied)));
  }
  pieces.push(...sealer.final());
  return Buffer.concat(pieces);
}

async function open(sealed: Buffer, sizeBytes: number): Promise<Buffer> {
  const read = async (offset: number, length: number) => sealed.subarray(offset, offset + length);
  const source = { sealedBytes: sealed.length, read };
  const pieces: Buffer[] = [];
  for await (const piece of openRange({ source, dataKey, sizeBytes })) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe('a stream of known size', () => {
  it.each(sizes)('of %i bytes opens again, however it came', async (sizeBytes) => {
    const bytes = plain.subarray(0, sizeBytes);
    for (const chunkBytes of [777, recordBytes, recordBytes + 1, 10 * recordBytes]) {
      const sealed = seal(bytes, chunkBytes);
      expect(sealed.length).toBe(sealedSize(sizeBytes));
      expect((await open(sealed, sizeBytes)).equals(bytes)).toBe(true);
      expect(openWhole(sealed, dataKey, sizeBytes).equals(bytes)).toBe(true);
    }
  });

  it('is opened as one only where all of it verifies', () => {
    const sealed = seal(plain, 5_000);
    const damaged = { code: 'SealedDataDamaged' };
    const opening = (bytes: Buffer, sizeBytes = plain.length) =>
      expect(() => openWhole(bytes, dataKey, sizeBytes));
    for (const at of [0, 20, sealed.length - 1]) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      opening(changed).toThrow(expect.objectContaining(damaged));
    }
    opening(sealed.subarray(0, -1)).toThrow(expect.objectContaining(damaged));
    opening(sealed, plain.length - 1).toThrow(expect.objectContaining(damaged));
    opening(sealed, 2 ** 21).toThrow(RangeError);
  });

  it('is held to it', () => {
    expect(() => createSizedSealer(dataKey, 4).update(plain.subarray(0, 5))).toThrow(RangeError);
    expect(() => createSizedSealer(dataKey, 4).final()).toThrow(RangeError);
    const sealer = createSizedSealer(dataKey, 0);
    sealer.final();
    expect(() => sealer.final()).toThrow(RangeError);
    expect(() => createSizedSealer(dataKey, -1)).toThrow(RangeError);
    expect(() => createSizedSealer(Buffer.alloc(16), 1)).toThrow(RangeError);
  });
});
