import { expect, it } from 'vitest';
import { openBytes, sealBytes } from './aes-gcm.ts';

const key = Buffer.alloc(32, 1);
const plain = Buffer.from('plain');
const place = Buffer.from('place');

it('sealed bytes are never the same twice, and open with the same key and place alone', () => {
  const sealed = Array.from({ length: 100 }, () => sealBytes(key, plain, place));
  expect(new Set(sealed.map((bytes) => bytes.toString('hex'))).size).toBe(100);
  const [first = Buffer.alloc(0)] = sealed;
  expect(openBytes(key, first, place)).toEqual(plain);
  expect(openBytes(Buffer.alloc(32, 2), first, place)).toBeUndefined();
  expect(openBytes(key, first, Buffer.from('other'))).toBeUndefined();
  for (let length = 0; length < first.length; length += 1) {
    expect(openBytes(key, first.subarray(0, length), place)).toBeUndefined();
  }
});
