import { type AppId, StrongroomError } from '@strongroom/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Gpus } from '../compute/gpus/gpus.ts';
import { makeStandInGpus } from '../compute/testing/stand-in-gpus.ts';
import { stoppedInStudio } from './app-ending.ts';
import { enter, kernelApps, startKernel } from './testing/bench-actions.ts';
import { eventually } from './testing/eventually.ts';
import {
  askAgent,
  type BenchOptions,
  openStudioBench,
  type StudioBench,
} from './testing/studio-bench.ts';

const instanceTypes = [
  { instanceType: 'system', vcpuCount: 2, memoryMebibytes: 1024 },
  { instanceType: 'ml.t3.medium', vcpuCount: 2, memoryMebibytes: 512 },
  { instanceType: 'ml.g5.xlarge', vcpuCount: 2, memoryMebibytes: 512, gpuCount: 1 },
  { instanceType: 'ml.g5.48xlarge', vcpuCount: 2, memoryMebibytes: 512, gpuCount: 8 },
];
const onGpu = { instanceType: 'ml.g5.xlarge' };

let machine: Awaited<ReturnType<typeof makeStandInGpus>>;
let gpus: Gpus;
let bench: StudioBench;
let socketPath: string;

beforeEach(async () => {
  machine = await makeStandInGpus([{ index: 0, minor: 2 }]);
  gpus = await Gpus.find(machine);
});
afterEach(async () => {
  await bench.close();
  await machine.remove();
});

async function openBench(options: BenchOptions = {}) {
  bench = await openStudioBench({ instanceTypes, gpus, ...options });
  const { person } = await bench.addPerson('alice');
  socketPath = await enter(bench, person);
  return person;
}

const kernels = () =>
  bench.studios.runningApps().filter(({ appType }) => appType === 'KernelGateway');
const stages = async () => kernels().map(({ stage, queuePosition }) => [stage, queuePosition]);
const appIdOf = (stage: string): AppId =>
  kernels().find((app) => app.stage === stage)?.appId ?? expect.fail(`none is ${stage}`);

/** One runs with the GPU; what is answered is the answer to one that waits for it. */
async function holdAndQueue(): Promise<{ readonly answer: Promise<unknown> }> {
  expect(await startKernel(socketPath, onGpu)).toMatchObject({ result: {} });
  const answer = startKernel(socketPath, onGpu);
  await eventually(stages).toEqual([
    ['running', null],
    ['queued', 1],
  ]);
  return { answer };
}

/** What is below `/dev` in the sandbox of a kernel of this type. */
async function devicesOf(instanceType: string): Promise<string[]> {
  const argv = ['/bin/sh', '-c', 'ls /dev >seen; mv seen devices; exec sleep 600'];
  await startKernel(socketPath, { instanceType, argv });
  const read = () => askAgent(socketPath, '/do/run', { script: 'test -s /home/alice/devices' });
  await eventually(read).toEqual({ exitCode: 0 });
  const listed = await askAgent(socketPath, '/do/read', { path: '/home/alice/devices' });
  return String(listed).split('\n');
}

describe('a kernel on a type with GPUs', () => {
  it('has its own device and the driver, which no other kernel has', async () => {
    await openBench();
    const seen = await devicesOf('ml.g5.xlarge');
    expect(seen).toEqual(expect.arrayContaining(['nvidia2', 'nvidiactl', 'nvidia-uvm']));
    await askAgent(socketPath, '/do/run', { script: 'rm /home/alice/devices' });
    expect((await devicesOf('ml.t3.medium')).filter((name) => /nvidia/.test(name))).toEqual([]);
  });

  it('finds the driver behind what its image has', async () => {
    await openBench();
    const argv = ['/bin/sh', '-c', 'env >seen; mv seen environment; exec sleep 600'];
    await startKernel(socketPath, { ...onGpu, argv });
    const script = 'test -s /home/alice/environment';
    await eventually(() => askAgent(socketPath, '/do/run', { script })).toEqual({ exitCode: 0 });
    const text = await askAgent(socketPath, '/do/read', { path: '/home/alice/environment' });
    expect(String(text).split('\n')).toEqual(
      expect.arrayContaining([
        'PATH=/usr/local/bin:/usr/bin:/bin:/run/nvidia/bin',
        'LD_LIBRARY_PATH=/run/nvidia/lib',
        'CUDA_VISIBLE_DEVICES=GPU-0000-0',
      ]),
    );
  });

  it('waits for its turn with a position, and runs when the GPU is free', async () => {
    const { profileName } = await openBench();
    const { answer } = await holdAndQueue();
    await bench.studios.endApp(profileName, appIdOf('running'), stoppedInStudio);
    expect(await answer).toMatchObject({ result: {} });
    expect(await stages()).toEqual([['running', null]]);
    expect(gpus.pool.freeCount).toBe(0);
  });

  it('leaves the queue when it is stopped, and is recorded as deleted', async () => {
    const { profileName } = await openBench();
    const { answer } = await holdAndQueue();
    const appId = appIdOf('queued');
    await bench.studios.endApp(profileName, appId, stoppedInStudio);
    expect(await answer).toMatchObject({ error: { code: 'KernelCancelled' } });
    expect(gpus.pool.waitingCount).toBe(0);
    const ended = (await kernelApps(bench)).find((app) => app.appId === appId);
    expect(ended).toMatchObject({ status: 'Deleted', endReason: 'Stopped in the studio' });
  });

  it('leaves nothing held or waiting when its studio ends', async () => {
    const { profileName } = await openBench();
    const { answer } = await holdAndQueue();
    const cut = expect(answer).rejects.toMatchObject({ code: 'ECONNRESET' });
    await bench.studios.endStudio(profileName, 'over');
    await cut;
    expect([gpus.pool.freeCount, gpus.pool.waitingCount]).toEqual([1, 0]);
  });

  it.each([
    ['ends by itself', { argv: ['/bin/sh', '-c', 'exit 3'] }],
    ['is killed', { argv: ['/bin/sh', '-c', 'kill -9 $$'] }],
    ['cannot be started', { workingDirectory: '/home/alice/missing' }],
  ])('gives the GPU back when it %s', async (_what, change) => {
    await openBench();
    await startKernel(socketPath, { ...onGpu, ...change });
    await eventually(async () => gpus.pool.freeCount).toBe(1);
    expect(await startKernel(socketPath, onGpu)).toMatchObject({ result: {} });
  });

  it.each([
    ['has none', () => Gpus.none({ english: 'No GPU.', korean: 'GPU가 없습니다.' }), onGpu],
    ['has too few', () => gpus, { instanceType: 'ml.g5.48xlarge' }],
  ])('is refused at once where the machine %s', async (_what, of, change) => {
    await openBench({ gpus: of() });
    expect(await startKernel(socketPath, change)).toMatchObject({
      error: { code: 'InstanceTypeUnavailable' },
    });
    expect(await kernelApps(bench)).toEqual([]);
  });

  it('does not wait where it is to replace another', async () => {
    await openBench();
    await startKernel(socketPath, onGpu);
    expect(await startKernel(socketPath, { ...onGpu, mayQueue: false })).toMatchObject({
      error: { code: 'InstanceTypeBusy' },
    });
    expect(await kernelApps(bench)).toMatchObject([{ status: 'InService' }]);
    expect(gpus.pool.waitingCount).toBe(0);
  });

  it('is asked for its means again after it has waited', async () => {
    let isSpent = false;
    const { profileName } = await openBench({
      async requireMeans() {
        if (isSpent) throw new StrongroomError('BudgetReached', 'Nothing is left');
      },
    });
    const { answer } = await holdAndQueue();
    isSpent = true;
    await bench.studios.endApp(profileName, appIdOf('running'), stoppedInStudio);
    expect(await answer).toMatchObject({ error: { code: 'BudgetReached' } });
    expect(gpus.pool.freeCount).toBe(1);
  });
});
