import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CgroupSetup } from '../host-setup.ts';
import type { CgroupDriver } from './cgroup.ts';
import { openCgroupsV1 } from './cgroup-v1.ts';
import { findCgroups } from './find-cgroups.ts';

const mebibyte = 1024 * 1024;
const limits = {
  memoryBytes: 64 * mebibyte,
  cpuCount: 1.5,
  processCount: 100,
  openFileCount: 1024,
  temporaryFolderBytes: mebibyte,
  sharedMemoryBytes: mebibyte,
};
const larger = { memoryBytes: 128 * mebibyte, cpuCount: 3, processCount: 200 };

/** On the host's own: only the kernel itself refuses memory above memory and swap. */
describe('control groups v1', () => {
  const installationId = `test-v1-${process.pid}`;
  let setup: CgroupSetup | undefined;
  let driver: CgroupDriver | undefined;
  beforeAll(async () => {
    setup = await findCgroups('root', `trial-${process.pid}`);
  });
  beforeEach((context) => {
    if (setup?.version !== 'v1') return context.skip('no control groups v1 here');
    driver = openCgroupsV1(setup.folders, installationId);
  });
  afterEach(async () => {
    for (const group of (await driver?.existing()) ?? []) await group.remove();
    await driver?.close();
  });

  const read = async (controller: 'memory' | 'cpu' | 'pids', file: string) => {
    const folder = setup?.version === 'v1' ? setup.folders[controller] : '';
    const path = join(folder, `strongroom-${installationId}`, 'app-1', file);
    return Number(await readFile(path, 'utf8').catch(() => 'NaN'));
  };
  const readAll = async () => ({
    memory: (await read('memory', 'memory.limit_in_bytes')) / mebibyte,
    // Where the kernel accounts for swap.
    withSwap: (await read('memory', 'memory.memsw.limit_in_bytes')) / mebibyte,
    quota: await read('cpu', 'cpu.cfs_quota_us'),
    shares: await read('cpu', 'cpu.shares'),
    processes: await read('pids', 'pids.max'),
  });
  const either = (megabytes: number) =>
    expect.toSatisfy((value) => [megabytes, Number.NaN].some((each) => Object.is(each, value)));

  it('raise the limits of one that runs, and lower them again', async () => {
    const group = await driver?.create('app-1', limits);
    const before = {
      memory: 64,
      withSwap: either(64),
      quota: 150_000,
      shares: 1_536,
      processes: 103,
    };
    expect(await readAll()).toEqual(before);
    await group?.changeLimits(larger);
    expect(await readAll()).toEqual({
      ...{ memory: 128, withSwap: either(128), quota: 300_000, shares: 3_072, processes: 203 },
    });
    await group?.changeLimits(limits);
    expect(await readAll()).toEqual(before);
  });

  it('say where the limits of one that has ended cannot be changed', async () => {
    const group = await driver?.create('app-1', limits);
    await group?.remove();
    await expect(group?.changeLimits(larger)).rejects.toMatchObject({ code: 'LimitUnavailable' });
  });
});
