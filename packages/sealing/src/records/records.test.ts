import { randomBytes } from 'node:crypto';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeededRandom, seededRandom } from '../testing/seeded-random.ts';
import { openRange } from './open-range.ts';
import { headerBytes, recordBytes, sealedRecordBytes } from './record-format.ts';
import { sealedSize } from './sealed-size.ts';
import { type SealedSource, sealedFile } from './sealed-source.ts';
import { createSealer, createSealingStream } from './sealer.ts';

const dataKey = Buffer.alloc(32, 7);
const plain = seededRandom(1).bytes(40 * recordBytes + 777);
const boundarySizes = [0, 1, 15, 16, 17, 4_096]
  .concat([1, 2, 15, 16, 17, 32].flatMap((count) => around(count * recordBytes)))
  .concat(plain.length);

function around(size: number): number[] {
  return [size - 1, size, size + 1];
}

function seal(bytes: Buffer, chunkBytes = bytes.length || 1, key = dataKey): Buffer {
  const sealer = createSealer(key);
  const batches: Buffer[] = [];
  // One buffer for all chunks, as a reader that uses its buffer again has.
  const chunk = Buffer.alloc(chunkBytes);
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    const copied = bytes.copy(chunk, 0, at, at + chunkBytes);
    batches.push(...sealer.update(chunk.subarray(0, copied)));
  }
  batches.push(...sealer.final());
  expect(sealer.plainBytes).toBe(bytes.length);
  return Buffer.concat(batches);
}

function stored(sealed: Buffer, claimedBytes = sealed.length): SealedSource {
  return {
    sealedBytes: claimedBytes,
    read: async (offset, length) => Buffer.from(sealed.subarray(offset, offset + length)),
  };
}

interface Reading {
  readonly sealed: Buffer;
  readonly sizeBytes: number;
  readonly start?: number;
  readonly end?: number;
  readonly key?: Buffer;
  readonly claimedBytes?: number;
}

/** What was released, and the code of what ended it. */
async function read({ sealed, key = dataKey, claimedBytes, ...range }: Reading) {
  const pieces: Buffer[] = [];
  let code: unknown;
  try {
    const source = stored(sealed, claimedBytes);
    for await (const piece of openRange({ source, dataKey: key, ...range })) pieces.push(piece);
  } catch (error) {
    code = (error as { code?: unknown }).code ?? error;
  }
  return { code, released: Buffer.concat(pieces) };
}

/** INVARIANT under test: whatever was released is a true beginning of the range that was asked for. */
async function expectRefused(reading: Reading, original: Buffer, what: string): Promise<void> {
  const { code, released } = await read(reading);
  expect(code, what).toBe('SealedDataDamaged');
  const start = reading.start ?? 0;
  expect(original.subarray(start, start + released.length).equals(released), what).toBe(true);
}

function randomRange(random: SeededRandom, sizeBytes: number): { start: number; end: number } {
  const start = random.below(sizeBytes + 1);
  return { start, end: start + random.below(sizeBytes - start + 1) };
}

describe('a sealed stream', () => {
  it('has the size that its plaintext determines, and opens whole, around every boundary', async () => {
    for (const sizeBytes of boundarySizes) {
      const original = plain.subarray(0, sizeBytes);
      const sealed = seal(original);
      expect(sealed.length, `${sizeBytes}`).toBe(sealedSize(sizeBytes));
      const { code, released } = await read({ sealed, sizeBytes });
      expect(code).toBeUndefined();
      expect(released.equals(original), `${sizeBytes}`).toBe(true);
    }
  });

  it('opens the same however its plaintext was cut into chunks', async () => {
    const original = plain.subarray(0, 3 * recordBytes);
    for (const chunkBytes of [977, 4_096, recordBytes - 1, recordBytes, recordBytes + 1, 300_000]) {
      const sealed = seal(original, chunkBytes);
      expect((await read({ sealed, sizeBytes: original.length })).released.equals(original)).toBe(
        true,
      );
    }
  });

  it('gives for any range the slice of the plaintext', async () => {
    const random = seededRandom(2);
    for (const sizeBytes of boundarySizes) {
      const original = plain.subarray(0, sizeBytes);
      const sealed = seal(original);
      for (let run = 0; run < 20; run += 1) {
        const range = randomRange(random, sizeBytes);
        const { code, released } = await read({ sealed, sizeBytes, ...range });
        expect(code).toBeUndefined();
        expect(
          released.equals(original.subarray(range.start, range.end)),
          JSON.stringify(range),
        ).toBe(true);
      }
    }
  });

  it('reads only the records that a range touches', async () => {
    const sealed = seal(plain);
    const asked: number[] = [];
    const source: SealedSource = {
      sealedBytes: sealed.length,
      read: async (offset, length) => {
        asked.push(length);
        return sealed.subarray(offset, offset + length);
      },
    };
    const range = { start: 20 * recordBytes + 5, end: 21 * recordBytes + 5 };
    for await (const piece of openRange({ source, dataKey, sizeBytes: plain.length, ...range })) {
      expect(piece.length).toBe(recordBytes);
    }
    expect(asked).toEqual([headerBytes, 2 * sealedRecordBytes]);
  });

  it('releases nothing more once it is aborted', async () => {
    const abort = new AbortController();
    const opening = { source: stored(seal(plain)), dataKey, sizeBytes: plain.length };
    const pieces = openRange({ ...opening, signal: abort.signal });
    expect((await pieces.next()).value).toHaveLength(16 * recordBytes);
    abort.abort(new Error('disabled'));
    await expect(pieces.next()).rejects.toThrow('disabled');
    expect(await pieces.next()).toEqual({ value: undefined, done: true });
  });

  it('refuses a range that is not there', async () => {
    const sealed = seal(plain.subarray(0, 100));
    for (const range of [
      { start: -1 },
      { end: 101 },
      { start: 60, end: 50 },
      { start: Number.NaN },
    ]) {
      expect((await read({ sealed, sizeBytes: 100, ...range })).code).toBeInstanceOf(RangeError);
    }
    expect(() => sealedSize(-1)).toThrow(RangeError);
    expect(() => sealedSize(1.5)).toThrow(RangeError);
  });

  it('is never the same twice', () => {
    const original = Buffer.alloc(1_000);
    expect(seal(original).equals(seal(original))).toBe(false);
  });
});

describe('a sealed stream that somebody touched', () => {
  it('is refused after a change of any byte, and after a cut at any byte', async () => {
    for (const sizeBytes of [0, 1, 300]) {
      const original = plain.subarray(0, sizeBytes);
      const sealed = seal(original);
      for (let at = 0; at < sealed.length; at += 1) {
        for (const bit of [0x01, 0x80]) {
          const changed = Buffer.from(sealed);
          changed[at] = (changed[at] ?? 0) ^ bit;
          await expectRefused({ sealed: changed, sizeBytes }, original, `byte ${at}`);
        }
        const cut = sealed.subarray(0, at);
        await expectRefused({ sealed: cut, sizeBytes }, original, `cut at ${at}`);
        // Storage that lies about its size, and a recorded size that was changed to match the cut.
        await expectRefused(
          { sealed: cut, sizeBytes, claimedBytes: sealed.length },
          original,
          'lie',
        );
        const fitting = at - headerBytes - 16;
        if (fitting >= 0 && fitting < sizeBytes) {
          await expectRefused({ sealed: cut, sizeBytes: fitting }, original, `recorded ${fitting}`);
        }
      }
    }
  });

  it('is refused after a random change or cut of a long stream, and releases nothing untrue', async () => {
    const random = seededRandom(3);
    const sealed = seal(plain);
    const sizeBytes = plain.length;
    for (let run = 0; run < 60; run += 1) {
      const at = random.below(sealed.length);
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ (1 << random.below(8));
      await expectRefused({ sealed: changed, sizeBytes }, plain, `byte ${at}`);
      await expectRefused({ sealed: sealed.subarray(0, at), sizeBytes }, plain, `cut at ${at}`);
    }
  });

  it('is refused when it was cut between records and its recorded size changed to match', async () => {
    const sealed = seal(plain);
    for (const count of [1, 15, 16, 17, 39]) {
      const cut = sealed.subarray(0, headerBytes + count * sealedRecordBytes);
      const sizeBytes = count * recordBytes;
      expect(sealedSize(sizeBytes)).toBe(cut.length);
      await expectRefused({ sealed: cut, sizeBytes }, plain, `${count} records`);
    }
  });

  const records = (sealed: Buffer) => {
    const parts: Buffer[] = [];
    for (let at = headerBytes; at < sealed.length; at += sealedRecordBytes) {
      parts.push(sealed.subarray(at, at + sealedRecordBytes));
    }
    return parts;
  };
  const rearranged: [string, (parts: Buffer[], other: Buffer[]) => Buffer[]][] = [
    ['two records swapped', ([a, b, ...rest]) => [b, a, ...rest] as Buffer[]],
    ['distant records swapped', (parts) => swap(parts, 1, 33)],
    ['a record dropped', (parts) => parts.toSpliced(5, 1)],
    ['the first record dropped', (parts) => parts.slice(1)],
    ['the last record dropped', (parts) => parts.slice(0, -1)],
    ['a record twice', (parts) => parts.toSpliced(4, 0, parts[4] as Buffer)],
    ['a record in place of another', (parts) => parts.toSpliced(4, 1, parts[3] as Buffer)],
    ['the last record twice', (parts) => [...parts, parts.at(-1) as Buffer]],
    [
      'a record of another stream under the same key',
      (parts, other) => parts.toSpliced(6, 1, other[6] as Buffer),
    ],
    [
      'the end of another stream under the same key',
      (parts, other) => [...parts.slice(0, 20), ...other.slice(20)],
    ],
    ['bytes after the end', (parts) => [...parts, Buffer.from([0])]],
    ['records after the end', (parts, other) => [...parts, ...other]],
  ];

  it.each(rearranged)(
    'is refused with %s, also where the recorded size was changed to match',
    async (what, change) => {
      const sealed = seal(plain);
      const changed = Buffer.concat([
        sealed.subarray(0, headerBytes),
        ...change(records(sealed), records(seal(plain))),
      ]);
      await expectRefused({ sealed: changed, sizeBytes: plain.length }, plain, what);
      const count = Math.ceil((changed.length - headerBytes) / sealedRecordBytes);
      const sizeBytes = changed.length - headerBytes - count * 16;
      await expectRefused({ sealed: changed, sizeBytes }, plain, what);
    },
  );

  it('is refused with another object’s data key, and with another stream’s header', async () => {
    const sealed = seal(plain);
    const sizeBytes = plain.length;
    const key = Buffer.alloc(32, 8);
    expect(await read({ sealed, sizeBytes, key })).toMatchObject({
      ...{ code: 'SealedDataDamaged', released: Buffer.alloc(0) },
    });
    const other = Buffer.concat([
      seal(plain).subarray(0, headerBytes),
      sealed.subarray(headerBytes),
    ]);
    expect(await read({ sealed: other, sizeBytes })).toMatchObject({
      ...{ code: 'SealedDataDamaged', released: Buffer.alloc(0) },
    });
    expect(
      (await read({ sealed: plain.subarray(0, sealedSize(5_000)), sizeBytes: 5_000 })).code,
    ).toBe('SealedDataDamaged');
  });
});

describe('a sealed file', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'strongroom-records-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('is written by a stream and read by range, alone or behind something else', async () => {
    const path = join(folder, 'sealed');
    const before = randomBytes(99);
    const after = randomBytes(33);
    const batches: Buffer[] = [];
    await pipeline([plain], createSealingStream(dataKey), async (sealed) => {
      for await (const batch of sealed) batches.push(batch as Buffer);
    });
    expect(batches.length).toBe(3);
    await writeFile(path, Buffer.concat([before, ...batches, after]));
    const handle = await open(path);
    try {
      const sizeBytes = plain.length;
      const place = { offset: before.length, sealedBytes: sealedSize(sizeBytes) };
      const source = await sealedFile(handle, place);
      const range = { start: 70_000, end: 2_000_000 };
      const pieces: Buffer[] = [];
      for await (const piece of openRange({ source, dataKey, sizeBytes, ...range }))
        pieces.push(piece);
      expect(Buffer.concat(pieces).equals(plain.subarray(range.start, range.end))).toBe(true);
      const toEnd = await sealedFile(handle, { offset: before.length });
      await expect(openRange({ source: toEnd, dataKey, sizeBytes }).next()).rejects.toMatchObject({
        code: 'SealedDataDamaged',
      });
    } finally {
      await handle.close();
    }
  });

  it('can be left in the middle, and its handle closed', async () => {
    const path = join(folder, 'left');
    await writeFile(path, seal(plain));
    const handle = await open(path);
    const source = await sealedFile(handle);
    for await (const piece of openRange({ source, dataKey, sizeBytes: plain.length })) {
      expect(piece.length).toBe(16 * recordBytes);
      break;
    }
    await handle.close();
  });
});

function swap(parts: Buffer[], one: number, other: number): Buffer[] {
  return parts.map((part, index) =>
    index === one ? (parts[other] as Buffer) : index === other ? (parts[one] as Buffer) : part,
  );
}
