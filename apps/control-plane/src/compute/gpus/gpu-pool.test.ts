import type { AppId, ProfileName } from '@strongroom/contracts';
import { describe, expect, it } from 'vitest';
import type { Gpu } from './gpu.ts';
import { GpuPool, type GpuWish } from './gpu-pool.ts';

const gpu = (index: number): Gpu => ({
  ...{ index, uuid: `GPU-${index}`, name: 'Test GPU', memoryTotalBytes: undefined },
  ...{ deviceFile: `/dev/nvidia${index}`, deviceName: `nvidia${index}` },
});
const wish = (name: string, count: number, signal = new AbortController().signal): GpuWish => ({
  ...{ appId: name as AppId, profileName: 'alice' as ProfileName, count, signal },
});
const poolOf = (count: number) =>
  new GpuPool(Array.from({ length: count }, (_, index) => gpu(index)));

describe('a pool of GPUs', () => {
  it('gives each to one app alone', async () => {
    const pool = poolOf(3);
    const [one, two] = await Promise.all([
      pool.acquire(wish('one', 1)),
      pool.acquire(wish('two', 2)),
    ]);
    const held = [...one.gpus, ...two.gpus].map(({ index }) => index);
    expect(held.sort()).toEqual([0, 1, 2]);
    expect(pool.holderOf(gpuOf(one.gpus))).toEqual({ appId: 'one', profileName: 'alice' });
  });

  it('serves in the order of asking, also where a smaller wish could be met at once', async () => {
    const pool = poolOf(2);
    const first = await pool.acquire(wish('first', 1));
    const served: string[] = [];
    const large = pool.acquire(wish('large', 2)).then((lease) => {
      served.push('large');
      return lease;
    });
    const small = pool.acquire(wish('small', 1)).then(() => served.push('small'));
    expect([pool.freeCount, pool.waitingCount]).toEqual([1, 2]);
    expect(pool.positionOf('large' as AppId)).toBe(1);
    expect(pool.positionOf('small' as AppId)).toBe(2);
    first.release();
    (await large).release();
    await small;
    expect(served).toEqual(['large', 'small']);
    expect(pool.positionOf('small' as AppId)).toBeUndefined();
  });

  it('lets whoever no longer wants its turn go, and serves who stood behind', async () => {
    const pool = poolOf(2);
    const held = await pool.acquire(wish('held', 1));
    const impatient = new AbortController();
    const left = pool.acquire(wish('left', 2, impatient.signal));
    const behind = pool.acquire(wish('behind', 1));
    impatient.abort(new Error('left'));
    await expect(left).rejects.toThrow('left');
    expect((await behind).gpus).toHaveLength(1);
    held.release();
    expect(pool.freeCount).toBe(1);
  });

  it('takes back what was granted in the moment of leaving', async () => {
    const pool = poolOf(1);
    const leaving = new AbortController();
    const granted = pool.acquire(wish('leaving', 1, leaving.signal));
    leaving.abort(new Error('left'));
    await expect(granted).rejects.toThrow('left');
    expect(pool.freeCount).toBe(1);
  });

  it('counts a release once, whoever has the GPU meanwhile', async () => {
    const pool = poolOf(1);
    const before = await pool.acquire(wish('before', 1));
    before.release();
    await pool.acquire(wish('after', 1));
    before.release();
    expect(pool.freeCount).toBe(0);
  });

  it.each([0, -1, 1.5, 3])('never waits for what cannot be: %s', async (count) => {
    await expect(poolOf(2).acquire(wish('odd', count))).rejects.toBeInstanceOf(RangeError);
  });
});

function gpuOf(gpus: readonly Gpu[]): Gpu {
  const [first] = gpus;
  if (first === undefined) throw new Error('no GPU');
  return first;
}
