import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { continueCrc32, joinCrc32, writeCrc32 } from './crc32.ts';

describe('CRC-32', () => {
  it('of the parts gives that of the whole, wherever it is cut', () => {
    const whole = randomBytes(100_003);
    for (const cut of [0, 1, 7, 65_536, 100_002, 100_003]) {
      const [first, second] = [whole.subarray(0, cut), whole.subarray(cut)];
      expect(joinCrc32(crc32(first), crc32(second), second.length)).toBe(crc32(whole));
    }
  });

  it('continues over what comes piece by piece', () => {
    expect(continueCrc32(continueCrc32(0, Buffer.from('1234')), Buffer.from('56789'))).toBe(
      0xcbf43926,
    );
  });

  it('is written as S3 writes it', () => {
    // The check value of the catalogue of CRC algorithms, for "123456789".
    expect(writeCrc32(0xcbf43926)).toBe('y/Q5Jg==');
  });
});
