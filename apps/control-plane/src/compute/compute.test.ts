import type { AppId, ProfileName } from '@strongroom/contracts';
import { describe, expect, it } from 'vitest';
import { domainWith } from '../policies/testing/authorize-for.ts';
import type { InstanceTypeSettings } from '../studios/domain-settings.ts';
import type { RunningApp } from '../studios/running-app.ts';
import { newPerson } from '../studios/testing/test-people.ts';
import type { ComputeOptions } from './compute.ts';
import { describeInstanceType } from './describe-instance-type.ts';
import type { Gpu } from './gpus/gpu.ts';
import { Gpus } from './gpus/gpus.ts';
import { type HostLimits, hostLimits } from './host-limits.ts';
import { computeFor, noGpus, roomyHost, runningApp } from './testing/compute-for.ts';
import { makeStandInGpus } from './testing/stand-in-gpus.ts';
import { UsageMeter } from './usage-meter.ts';

const domain = domainWith(() => []);
const large: InstanceTypeSettings = {
  ...{ instanceType: 'ml.m5.large', vcpuCount: 2, memoryMebibytes: 8192 },
};
const withGpu: InstanceTypeSettings = { ...large, instanceType: 'ml.g5.xlarge', gpuCount: 1 };

function describeType(
  size: InstanceTypeSettings,
  change: { host?: Partial<HostLimits>; gpus?: Gpus } = {},
) {
  return describeInstanceType(size, {
    ...{ gpus: change.gpus ?? noGpus(), defaultInstanceType: 'ml.m5.large' },
    ...{ host: { ...roomyHost, ...change.host }, prices: { priceOf: () => 1 } },
  });
}

async function gpusOf(count: number): Promise<Gpus> {
  const machine = await makeStandInGpus(
    Array.from({ length: count }, (_, index) => ({ index, minor: index })),
  );
  const gpus = await Gpus.find(machine);
  await machine.remove();
  return gpus;
}

describe('an instance type', () => {
  it('is available without a word where this machine holds to all of it', () => {
    expect(describeType(large)).toMatchObject({
      ...{ availability: 'available', reason: null, isDefault: true, pricePerHour: 1 },
    });
  });

  it.each<[string, Partial<HostLimits>]>([
    ['more processors than there are', { processorCount: 1 }],
    ['more memory than there is', { memoryMebibytes: 4096 }],
    ['memory that is not held', { holdsMemory: false }],
    ['processors that are not held', { holdsProcessors: false }],
  ])('says in both languages what is not so: %s', (_what, host) => {
    const { availability, reason } = describeType(large, { host });
    expect(availability).toBe('available');
    expect(reason?.english.length).toBeGreaterThan(0);
    expect(reason?.korean).toMatch(/[가-힣]/);
  });

  it('tells every lack, not only the first', () => {
    const all = { processorCount: 1, memoryMebibytes: 1, holdsMemory: false };
    const english = describeType(large, { host: all }).reason?.english ?? '';
    expect(english.match(/This machine/g)).toHaveLength(3);
  });

  it('takes only what was tried and held as held', () => {
    const limits = hostLimits([
      { control: 'memory-limit', state: 'enforced' },
      { control: 'cpu-limit', state: 'partial' },
    ]);
    expect(limits).toMatchObject({ holdsMemory: true, holdsProcessors: false });
  });

  it('with a GPU is unavailable on a machine without one, with the reason', () => {
    expect(describeType(withGpu)).toMatchObject({
      ...{ availability: 'unavailable', reason: noGpus().reason },
    });
  });

  it('with more GPUs than there are is unavailable, however long one would wait', async () => {
    const gpus = await gpusOf(1);
    const eight = { ...withGpu, gpuCount: 8 };
    expect(describeType(eight, { gpus }).availability).toBe('unavailable');
  });

  it('with a GPU is busy while every GPU is held, and available again', async () => {
    const gpus = await gpusOf(1);
    expect(describeType(withGpu, { gpus }).availability).toBe('available');
    const { signal } = new AbortController();
    const lease = await gpus.pool.acquire({
      ...{ appId: 'a' as AppId, profileName: 'bob' as ProfileName, count: 1, signal },
    });
    expect(describeType(withGpu, { gpus }).availability).toBe('busy');
    lease.release();
    expect(describeType(withGpu, { gpus }).availability).toBe('available');
  });
});

function studiosWith(apps: RunningApp[]): ComputeOptions['studios'] {
  return {
    runningApps: (name) => apps.filter((app) => name === undefined || app.profileName === name),
    allowedTypes: async () => [large],
    endApp: async () => undefined,
  };
}

describe('what a person may choose', () => {
  it('has no more than policy leaves, with prices', async () => {
    const compute = computeFor({ domain, studios: studiosWith([]) });
    const offers = await compute.offersFor(newPerson('alice', 0, {}));
    expect(offers.instanceTypes.map(({ instanceType }) => instanceType)).toEqual(['ml.m5.large']);
    expect(offers.images[0]).toMatchObject({ imageName: 'host-python', isDefault: true });
    expect(offers.prices).toMatchObject({ currency: 'USD', region: 'ap-northeast-2' });
  });
});

describe('running apps', () => {
  const bobs = runningApp({ appId: 'b'.repeat(32) as AppId, profileName: 'bob' as ProfileName });

  it('are one person’s alone, with price, limits and what is foreseen', async () => {
    const endsAt = new Date(60_000);
    const compute = computeFor({
      ...{ domain, studios: studiosWith([runningApp(), bobs]) },
      idleWatch: { endsAt: () => endsAt, lifetimeEndsAt: () => undefined, keepRunning: () => {} },
    });
    const [app, ...others] = await compute.appsOf('alice' as ProfileName);
    expect(others).toEqual([]);
    expect(app).toMatchObject({
      ...{ stage: 'running', memoryBytes: 1024 ** 2, cpuLimit: 2, lifetimeEndsAt: null },
      ...{ idleEndsAt: endsAt.toISOString(), startedAt: new Date(0).toISOString() },
      pricePerHour: expect.any(Number),
    });
    expect(app).not.toHaveProperty('profileName');
  });

  it('are seen by whom policy lets see them', async () => {
    const compute = computeFor({ domain, studios: studiosWith([runningApp(), bobs]) });
    const seen = await compute.allApps(({ profileName }) => profileName === 'bob');
    expect(seen.map(({ appId }) => appId)).toEqual([bobs.appId]);
  });

  it('do not tell who holds a GPU to whom may not see that app', async () => {
    const gpus = await gpusOf(1);
    const { signal } = new AbortController();
    const holder = { appId: bobs.appId, profileName: bobs.profileName };
    await gpus.pool.acquire({ ...holder, count: 1, signal });
    const compute = computeFor({ domain, studios: studiosWith([bobs]), gpus });
    const mayChoose = () => true;
    expect(compute.instanceTypes({ mayChoose, isSeen: () => false }).gpus).toMatchObject([
      { index: 0, heldBy: null },
    ]);
    expect(compute.instanceTypes({ mayChoose, isSeen: () => true }).gpus).toMatchObject([
      { index: 0, heldBy: holder },
    ]);
  });

  it('that are gone are not kept running', () => {
    const compute = computeFor({ domain, studios: studiosWith([bobs]) });
    const keep = () => compute.keepRunning('alice' as ProfileName, bobs.appId);
    expect(keep).toThrowError(expect.objectContaining({ code: 'AppNotFound' }));
  });
});

describe('use', () => {
  const gpu = {
    ...{ index: 4, name: 'Test GPU', memoryTotalBytes: 8, uuid: 'GPU-4' },
    ...{ deviceFile: '/dev/nvidia4', deviceName: 'nvidia4' },
  } satisfies Gpu;

  it('of processors is what was used between two questions', async () => {
    let [now, cpuSeconds] = [0, 10];
    const sandbox = {
      usage: async () => ({
        ...{ memoryBytes: 1, processCount: 1, cpuSeconds, cpuThrottledPeriodCount: 0 },
      }),
    };
    const meter = new UsageMeter(() => now);
    const ask = async () => (await meter.measure(runningApp({ sandbox }), new Map())).cpuCount;
    expect(await ask()).toBeNull();
    [now, cpuSeconds] = [2_000, 13];
    expect(await ask()).toBe(1.5);
    // Too soon to tell anything new.
    [now, cpuSeconds] = [2_001, 13.1];
    expect(await ask()).toBe(1.5);
    // A group that was made anew counts from 0.
    [now, cpuSeconds] = [4_000, 0];
    expect(await ask()).toBe(0);
  });

  it('of one that does not run yet is unknown', async () => {
    const waiting = runningApp({ sandbox: undefined, stage: 'queued', queuePosition: 1 });
    expect(await new UsageMeter().measure(waiting, new Map())).toEqual({
      ...{ memoryBytes: null, cpuCount: null, gpus: [] },
    });
  });

  it('of GPUs is unknown where the driver does not answer', async () => {
    const { gpus } = await new UsageMeter().measure(runningApp({ gpus: [gpu] }), new Map());
    expect(gpus).toEqual([
      {
        ...{ index: 4, name: 'Test GPU', memoryTotalBytes: 8 },
        ...{ utilizationPercent: null, memoryBytes: null },
      },
    ]);
  });
});
