import { describe, expect, it } from 'vitest';
import { addressKey } from './client-address.ts';
import { TokenBuckets } from './token-buckets.ts';

function create(options: { capacity: number; refillSeconds: number; maximumKeyCount?: number }) {
  const time = { seconds: 0 };
  return { time, buckets: new TokenBuckets(options, () => new Date(time.seconds * 1000)) };
}

describe('a token bucket', () => {
  it('lets as many through as it holds, then one per refill time', () => {
    const { time, buckets } = create({ capacity: 2, refillSeconds: 10 });
    buckets.spend('a');
    buckets.spend('a');
    expect(buckets.waitSeconds('a')).toBe(10);
    expect(buckets.waitSeconds('b')).toBe(0);
    time.seconds = 4;
    expect(buckets.waitSeconds('a')).toBe(6);
    time.seconds = 10;
    expect(buckets.waitSeconds('a')).toBe(0);
  });

  it('is not made emptier by trying on', () => {
    const { time, buckets } = create({ capacity: 1, refillSeconds: 10 });
    for (let index = 0; index < 100; index += 1) buckets.spend('a');
    time.seconds = 10;
    expect(buckets.waitSeconds('a')).toBe(0);
  });

  it('is remembered for a bounded number of keys', () => {
    const { buckets } = create({ capacity: 1, refillSeconds: 10, maximumKeyCount: 100 });
    for (let index = 0; index < 1_000; index += 1) buckets.spend(`key ${index}`);
    expect(buckets.keyCount).toBe(100);
    expect(buckets.waitSeconds('key 999')).toBe(10);
  });

  it('that is full again takes no memory', () => {
    const { buckets } = create({ capacity: 2, refillSeconds: 10 });
    buckets.spend('a');
    buckets.giveBack('a');
    expect(buckets.keyCount).toBe(0);
  });
});

describe('a client', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:ffff::1', '2001:db8:1:2::/64'],
    ['2001:0db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    [undefined, 'unknown'],
  ])('at %s is counted as %s', (address, key) => {
    expect(addressKey(address)).toBe(key);
  });
});
