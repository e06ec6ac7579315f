import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCgroupsV2 } from './cgroup-v2.ts';

const mebibyte = 1024 * 1024;
const limits = {
  memoryBytes: 512 * mebibyte,
  cpuCount: 1.5,
  processCount: 100,
  openFileCount: 1024,
  temporaryFolderBytes: mebibyte,
  sharedMemoryBytes: mebibyte,
};

/** An ordinary folder takes the same writes as a control group, so what is written can be read. */
describe('control groups v2', () => {
  let folder: string;
  let group: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'strongroom-cgroup-'));
    group = join(folder, 'strongroom-bank', 'app-1');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const read = (file: string) => readFile(join(group, file), 'utf8');

  it('limits memory without swap, processor time and processes', async () => {
    const cgroup = await openCgroupsV2(folder, 'bank').create('app-1', limits);
    expect(cgroup.joinFiles).toEqual([join(group, 'cgroup.procs')]);
    expect(await read('memory.max')).toBe(String(512 * mebibyte));
    expect(await read('memory.swap.max')).toBe('0');
    expect(await read('cpu.max')).toBe('150000 100000');
    expect(await read('cpu.weight')).toBe('150');
    // Three more for the launcher's own processes.
    expect(await read('pids.max')).toBe('103');
  });

  it.each([
    [8, '800'],
    [0.001, '1'],
    [1_000, '10000'],
  ])('gives a share of %d of a full machine', async (cpuShare, weight) => {
    await openCgroupsV2(folder, 'bank').create('app-1', { ...limits, cpuShare });
    expect(await read('cpu.weight')).toBe(weight);
    expect(await read('cpu.max')).toBe('150000 100000');
  });

  it('changes the limits of one that runs', async () => {
    const cgroup = await openCgroupsV2(folder, 'bank').create('app-1', limits);
    await cgroup.changeLimits({ memoryBytes: 1024 * mebibyte, cpuCount: 4, processCount: 50 });
    expect(await read('memory.max')).toBe(String(1024 * mebibyte));
    expect(await read('memory.swap.max')).toBe('0');
    expect(await read('cpu.max')).toBe('400000 100000');
    expect(await read('cpu.weight')).toBe('400');
    expect(await read('pids.max')).toBe('53');
  });

  it('says where the limits of one that has ended cannot be changed', async () => {
    const cgroup = await openCgroupsV2(folder, 'bank').create('app-1', limits);
    await rm(group, { recursive: true });
    await expect(cgroup.changeLimits(limits)).rejects.toMatchObject({ code: 'LimitUnavailable' });
  });

  it('gives its children the controllers', async () => {
    await openCgroupsV2(folder, 'bank').create('app-1', limits);
    const given = await readFile(join(folder, 'strongroom-bank', 'cgroup.subtree_control'), 'utf8');
    expect(given).toBe('+memory +cpu +pids');
  });

  it('counts the kernel’s out-of-memory kills', async () => {
    const cgroup = await openCgroupsV2(folder, 'bank').create('app-1', limits);
    expect(await cgroup.outOfMemoryKillCount()).toBe(0);
    await writeFile(join(group, 'memory.events'), 'low 0\nmax 7\noom 2\noom_kill 2\n');
    expect(await cgroup.outOfMemoryKillCount()).toBe(2);
  });

  it('tells what is used, without file cache that can be dropped', async () => {
    const cgroup = await openCgroupsV2(folder, 'bank').create('app-1', limits);
    await writeFile(join(group, 'memory.current'), `${90 * mebibyte}\n`);
    await writeFile(join(group, 'memory.stat'), `anon 1\ninactive_file ${20 * mebibyte}\n`);
    await writeFile(join(group, 'pids.current'), '8\n');
    await writeFile(join(group, 'cpu.stat'), 'usage_usec 2500000\nnr_throttled 3\n');
    expect(await cgroup.usage()).toEqual({
      memoryBytes: 70 * mebibyte,
      processCount: 5,
      cpuSeconds: 2.5,
      cpuThrottledPeriodCount: 3,
    });
  });

  it('finds the groups of its own installation only', async () => {
    await openCgroupsV2(folder, 'bank').create('app-1', limits);
    await mkdir(join(folder, 'strongroom-other', 'app-2'), { recursive: true });
    expect(await openCgroupsV2(folder, 'bank').existing()).toHaveLength(1);
    expect(await openCgroupsV2(folder, 'third').existing()).toHaveLength(0);
  });

  it('says which limit cannot be set', async () => {
    await writeFile(join(folder, 'strongroom-bank'), 'a file where the folder should be');
    await expect(openCgroupsV2(folder, 'bank').create('app-1', limits)).rejects.toMatchObject({
      code: 'LimitUnavailable',
    });
  });
});
