import { describe, expect, it } from 'vitest';
import { imageAddress } from './image-address.ts';

const base64 = (...bytes: (number | string)[]) =>
  Buffer.concat(
    bytes.map((each) => (typeof each === 'string' ? Buffer.from(each) : Buffer.from([each]))),
  ).toString('base64');

describe('imageAddress', () => {
  it.each([
    ['image/png', base64(0x89, 'PNG\r\n\x1a\n', 'rest')],
    ['image/jpeg', base64(0xff, 0xd8, 0xff, 0xe0, 'rest')],
    ['image/gif', base64('GIF89a rest')],
    ['image/webp', base64('RIFF', 1, 2, 3, 4, 'WEBP')],
  ])('tells %s by its first bytes', (type, image) => {
    expect(imageAddress(image)).toBe(`data:${type};base64,${image}`);
  });

  it('takes nothing else for an image', () => {
    expect(imageAddress(base64('<svg onload="alert(1)"/>'))).toBeUndefined();
    expect(imageAddress('')).toBeUndefined();
    expect(imageAddress('iVBORw0KGgo"><script>')).toBeUndefined();
  });
});
