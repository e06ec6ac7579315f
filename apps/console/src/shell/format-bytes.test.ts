import { expect, it } from 'vitest';
import { formatBytes } from './format-bytes.ts';

it.each([
  [0, '0 B'],
  [1, '1 B'],
  [1023, '1023 B'],
  [1024, '1.0 KiB'],
  [1536, '1.5 KiB'],
  [10 * 1024, '10 KiB'],
  [1024 ** 3, '1.0 GiB'],
  [1024 ** 5, '1024 TiB'],
])('%d bytes are shown as %s', (sizeBytes, text) => {
  expect(formatBytes(sizeBytes)).toBe(text);
});
