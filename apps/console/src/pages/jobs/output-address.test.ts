import { expect, it } from 'vitest';
import { outputAddress } from './output-address.ts';

it.each([
  ['reports/out/night.ipynb', '/profiles/alice?tab=files&path=reports%2Fout'],
  ['night.ipynb', '/profiles/alice?tab=files&path='],
  ['s3://research-data/out/2026/night.ipynb', '/buckets/research-data?prefix=out%2F2026%2F'],
  ['s3://research-data/night.ipynb', '/buckets/research-data'],
])('an output at %s is found on %s', (location, address) => {
  expect(outputAddress(location, 'alice')).toBe(address);
});
