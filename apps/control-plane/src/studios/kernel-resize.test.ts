import { randomUUID } from 'node:crypto';
import { StrongroomError } from '@strongroom/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { denying } from '../policies/testing/authorize-for.ts';
import type { AppObserver } from './app-observer.ts';
import { enter, kernelApps, startKernel } from './testing/bench-actions.ts';
import { eventually } from './testing/eventually.ts';
import {
  askAgent,
  type BenchOptions,
  openStudioBench,
  type StudioBench,
} from './testing/studio-bench.ts';

const mebibyte = 1024 * 1024;
const instanceTypes = [
  { instanceType: 'system', vcpuCount: 2, memoryMebibytes: 1024 },
  { instanceType: 'ml.t3.medium', vcpuCount: 2, memoryMebibytes: 512 },
  { instanceType: 'ml.m5.large', vcpuCount: 4, memoryMebibytes: 1024 },
  { instanceType: 'ml.m5.xlarge', vcpuCount: 4, memoryMebibytes: 2048 },
  { instanceType: 'ml.t3.small', vcpuCount: 2, memoryMebibytes: 256 },
  { instanceType: 'ml.c5.large', vcpuCount: 1, memoryMebibytes: 1024 },
  { instanceType: 'ml.g5.xlarge', vcpuCount: 4, memoryMebibytes: 1024, gpuCount: 1 },
];

/** Waits until it may, then uses more than the smaller type has, and says so in a file. */
const hungry = [
  ...['/bin/sh', '-c'],
  'until [ -e go ]; do sleep 0.05; done; head -c 600M /dev/zero | tail -c 600M >/dev/null&& echo done >fed || exit 9; sleep 600',
];

let bench: StudioBench;
let socketPath: string;
let kernelId: string;

afterEach(() => bench.close());

async function openWithKernel(options: BenchOptions = {}, change: Record<string, unknown> = {}) {
  bench = await openStudioBench({ instanceTypes, ...options });
  const { person } = await bench.addPerson('alice');
  socketPath = await enter(bench, person);
  kernelId = randomUUID();
  expect(await startKernel(socketPath, { kernelId, ...change })).toMatchObject({ result: {} });
  return person;
}

const resize = (instanceType = 'ml.m5.large') =>
  askAgent(socketPath, '/do/ask', { method: 'resizeKernel', params: { kernelId, instanceType } });
const running = () =>
  bench.studios.runningApps().filter(({ appType }) => appType === 'KernelGateway');

async function expectUnchanged(appCount = 1) {
  expect(running()).toMatchObject([
    { kernelId, instanceType: 'ml.t3.medium', memoryLimitBytes: 512 * mebibyte, stage: 'running' },
  ]);
  const apps = await kernelApps(bench);
  expect(apps).toHaveLength(appCount);
  expect(apps.filter(({ status }) => status === 'InService')).toMatchObject([
    { appId: running()[0]?.appId, instanceType: 'ml.t3.medium' },
  ]);
}

describe('a kernel that is given a larger type', () => {
  it('is another app from then on, with what libraries are told of it', async () => {
    await openWithKernel();
    const [before] = running();
    bench.advance(5_000);
    expect(await resize()).toMatchObject({ result: { environment: { OMP_NUM_THREADS: '4' } } });
    const [after] = running();
    expect(after).toMatchObject({
      ...{ kernelId, instanceType: 'ml.m5.large', cpuLimit: 4, startedAt: expect.any(Date) },
      appName: expect.stringMatching(/^host-python-ml-m5-large-[0-9a-f]{8}$/),
      memoryLimitBytes: 1024 * mebibyte,
    });
    const startedAt = after?.startedAt ?? new Date(0);
    expect(startedAt.getTime() - (before?.startedAt.getTime() ?? 0)).toBeGreaterThanOrEqual(5_000);
    const [, ended] = await kernelApps(bench);
    // One goes on where the other stops.
    const gap = Math.abs(new Date(ended?.endedAt ?? 0).getTime() - startedAt.getTime());
    expect(gap).toBeLessThan(1_000);
    expect(await kernelApps(bench)).toMatchObject([
      { appId: after?.appId, appName: after?.appName, status: 'InService' },
      {
        ...{ appId: before?.appId, status: 'Deleted' },
        endReason: expect.stringContaining('another instance type'),
      },
    ]);
    expect(bench.audit.of('kernel-allowed')).toMatchObject([
      { kernelId, instanceType: 'ml.t3.medium' },
      { kernelId, instanceType: 'ml.m5.large' },
    ]);
  });

  it('has its memory', async () => {
    const person = await openWithKernel({}, { argv: hungry });
    await resize();
    const home = `/home/${person.profileName}`;
    await askAgent(socketPath, '/do/write', { path: `${home}/go`, text: '' });
    const fed = () =>
      askAgent(socketPath, '/do/run', { script: `[ "$(cat ${home}/fed)" = done ]` });
    await eventually(fed).toEqual({ exitCode: 0 });
  });

  it('ends as the app that it is, when it ends and when it is ended', async () => {
    const person = await openWithKernel({}, { argv: ['/bin/sh', '-c', 'sleep 600; exit 3'] });
    const [before] = running();
    await resize();
    const [after] = running();
    if (before === undefined || after === undefined) throw new Error('no kernel app');
    await expect(bench.studios.stopApp(person.profileName, before.appId)).rejects.toMatchObject({
      code: 'AppNotFound',
    });
    await bench.studios.stopApp(person.profileName, after.appId);
    await eventually(() => askAgent(socketPath, '/do/events')).toMatchObject([
      { event: 'kernelExited', kernelId, memoryLimitBytes: 1024 * mebibyte, stoppedByPerson: true },
    ]);
    expect((await kernelApps(bench)).map(({ status }) => status)).toEqual(['Deleted', 'Deleted']);
  });
});

describe('a kernel keeps its type', () => {
  it('where the other is not larger, has GPUs, or is none of the domain’s', async () => {
    await openWithKernel();
    for (const [instanceType, code] of [
      ['ml.t3.small', 'KernelNotResizable'],
      // Fewer processors.
      ['ml.c5.large', 'KernelNotResizable'],
      ['ml.g5.xlarge', 'KernelNotResizable'],
      ['ml.t3.medium', 'KernelNotResizable'],
      ['ml.p5.48xlarge', 'AccessDenied'],
      ['system', 'AccessDenied'],
    ] as const) {
      expect(await resize(instanceType)).toMatchObject({ error: { code } });
      await expectUnchanged();
    }
    expect(bench.audit.of('kernel-allowed')).toHaveLength(1);
  });

  it('where policy refuses the other, which is recorded', async () => {
    await openWithKernel();
    const condition = {
      'ForAnyValue:StringEquals': { 'sagemaker:InstanceTypes': ['ml.m5.large'] },
    };
    bench.own.policies = [denying({ Action: 'sagemaker:CreateApp', Condition: condition })];
    expect(await resize()).toMatchObject({ error: { code: 'AccessDenied' } });
    await expectUnchanged();
    expect(bench.audit.of('access-denied')).toMatchObject([{ action: 'sagemaker:CreateApp' }]);
    expect(bench.audit.of('kernel-allowed')).toHaveLength(1);
  });

  it('where the means are not there for the other', async () => {
    await openWithKernel({
      async requireMeans(_profileName, { instanceType }) {
        if (instanceType !== 'ml.t3.medium') throw new StrongroomError('BudgetReached', 'Spent');
      },
    });
    expect(await resize()).toMatchObject({ error: { code: 'BudgetReached' } });
    await expectUnchanged();
  });

  it('where the change cannot be recorded', async () => {
    await openWithKernel();
    bench.audit.canWrite = false;
    expect(await resize()).toMatchObject({ error: { code: 'AuditUnavailable' } });
    await expectUnchanged();
  });

  it('where the other app cannot be metered, with the limits that it had', async () => {
    let isBroken = false;
    const observer: AppObserver = {
      added: async () => undefined,
      ended: async () => undefined,
      async started() {
        if (isBroken) throw new Error('the disk is full');
      },
    };
    await openWithKernel({ observer }, { argv: hungry });
    isBroken = true;
    expect(await resize()).toMatchObject({ error: { code: 'KernelNotResizable' } });
    await expectUnchanged(2);
    await askAgent(socketPath, '/do/write', { path: '/home/alice/go', text: '' });
    await eventually(() => askAgent(socketPath, '/do/events')).toMatchObject([
      { event: 'kernelExited', exitCode: 9, memoryLimitBytes: 512 * mebibyte },
    ]);
  });

  it('where it has had another already: each has its own idle time and longest life', async () => {
    await openWithKernel();
    await resize();
    expect(await resize('ml.m5.xlarge')).toMatchObject({ error: { code: 'KernelNotResizable' } });
    expect(running()).toMatchObject([{ instanceType: 'ml.m5.large' }]);
  });

  it('of two changes at once one is refused', async () => {
    await openWithKernel();
    const answers = await Promise.all([resize('ml.m5.large'), resize('ml.m5.xlarge')]);
    expect(answers).toMatchObject([{ result: {} }, { error: { code: 'KernelNotResizable' } }]);
    const inService = (await kernelApps(bench)).filter(({ status }) => status === 'InService');
    expect(inService).toMatchObject([{ instanceType: 'ml.m5.large' }]);
  });

  it('where it ends meanwhile, and no app of it is left', async () => {
    let end: () => Promise<unknown> = async () => undefined;
    const person = await openWithKernel({ requireMeans: () => end().then(() => undefined) });
    const [app] = running();
    end = () => bench.studios.stopApp(person.profileName, app?.appId ?? ('' as never));
    expect(await resize()).toMatchObject({ error: { code: 'KernelNotResizable' } });
    expect(running()).toEqual([]);
    const apps = await kernelApps(bench);
    expect(apps.filter(({ endedAt }) => endedAt === null)).toEqual([]);
    kernelId = randomUUID();
    expect(await resize()).toMatchObject({ error: { code: 'KernelNotResizable' } });
  });
});
