import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { domainWith } from '../policies/testing/authorize-for.ts';
import { openState, type State } from '../state/database.ts';
import { openTestStorage, type TestStorage } from './testing/test-storage.ts';
import { type WriteObjectRequest, writeObject } from './write-object.ts';

const bucket = 'research-risk-models';
const caller = { principal: 'platform' };
const mebibyte = 1024 * 1024;
const sizes = { largestPutBytes: 2 * mebibyte, partBytes: 5 * mebibyte };

let state: State;
let storage: TestStorage;
beforeEach(async () => {
  state = await openState(':memory:');
  const made = domainWith(() => [])();
  storage = await openTestStorage({
    ...{ domain: () => made, state, clock: () => new Date() },
    people: { find: async () => undefined, list: async () => [] },
  });
});
afterEach(async () => {
  await storage.close();
  await state.destroy();
});

/** In pieces that no part ends with. */
async function* inPieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 700_001) yield bytes.subarray(at, at + 700_001);
}

function write(bytes: Buffer, more: Partial<WriteObjectRequest> = {}): Promise<void> {
  const body = inPieces(bytes);
  const place = { bucket, key: 'large.bin', caller, contentType: 'text/plain' };
  return writeObject(storage.store, { ...place, body, sizeBytes: bytes.length, ...more }, sizes);
}

async function read(): Promise<Buffer> {
  const { stream } = await storage.store.getObject({ bucket, key: 'large.bin', caller });
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

describe('an object that is written', () => {
  it.each([0, 1, 2 * mebibyte, 2 * mebibyte + 1, 10 * mebibyte, 12 * mebibyte + 3])(
    'has %i bytes as they came, in parts where it is large',
    async (sizeBytes) => {
      const bytes = randomBytes(sizeBytes);
      const told: string[] = [];
      await write(bytes, { beforeStored: async () => void told.push('told') });
      expect(bytes.equals(await read())).toBe(true);
      expect(told).toEqual(['told']);
    },
  );

  it.each([1, 12 * mebibyte])(
    'of %i bytes leaves nothing behind where it ends early or is not recorded',
    async (sizeBytes) => {
      const short = { sizeBytes: sizeBytes + 1 };
      await expect(write(randomBytes(sizeBytes), short)).rejects.toMatchObject({
        code: 'IncompleteBody',
      });
      const beforeStored = () => Promise.reject(new Error('not recorded'));
      await expect(write(randomBytes(sizeBytes), { beforeStored })).rejects.toThrow('not recorded');
      const usage = await storage.store.bucketUsage({ bucket, caller });
      expect(usage).toMatchObject({ versionCount: 0, unfinishedUploadBytes: 0 });
    },
  );

  it('keeps what is there already where that is asked for', async () => {
    await write(randomBytes(10));
    const conditions = { ifNoneMatch: '*' };
    for (const bytes of [randomBytes(1), randomBytes(6 * mebibyte)]) {
      await expect(write(bytes, { conditions })).rejects.toMatchObject({
        code: 'PreconditionFailed',
      });
    }
    expect(await read()).toHaveLength(10);
  });
});
