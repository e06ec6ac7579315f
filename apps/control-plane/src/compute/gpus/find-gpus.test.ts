import { afterEach, describe, expect, it } from 'vitest';
import { makeStandInGpus, type StandInGpu } from '../testing/stand-in-gpus.ts';
import { findGpus } from './find-gpus.ts';
import { findDriverFiles, grantOf } from './gpu-files.ts';
import { GpuMeter } from './measure-gpus.ts';

let machine: Awaited<ReturnType<typeof makeStandInGpus>>;
afterEach(() => machine.remove());

async function found(gpus: readonly StandInGpu[], script?: string) {
  machine = await makeStandInGpus(gpus, script);
  return findGpus(machine);
}

describe('the GPUs of a machine', () => {
  it('are told with the device that the driver names, whatever their number', async () => {
    const { gpus, reason } = await found([
      { index: 0, minor: 3 },
      { index: 1, minor: 0 },
    ]);
    expect(reason).toBeNull();
    expect(gpus).toMatchObject([
      { index: 0, uuid: 'GPU-0000-0', deviceName: 'nvidia3', memoryTotalBytes: 16 * 1024 ** 3 },
      { index: 1, uuid: 'GPU-0000-1', deviceName: 'nvidia0' },
    ]);
  });

  it.each<[string, StandInGpu]>([
    ['is divided', { index: 1, minor: 1, isDivided: true }],
    ['has no device that is known for certain', { index: 1, minor: 1, isKnown: false }],
  ])('leave out one that %s, and say so', async (_what, odd) => {
    const { gpus, reason } = await found([{ index: 0, minor: 0 }, odd]);
    expect(gpus.map(({ index }) => index)).toEqual([0]);
    expect(reason?.korean).toContain('GPU');
  });

  it.each([
    ['a driver that fails', '#!/bin/sh\necho "NVIDIA-SMI has failed"; exit 9\n'],
    ['no program', '#!/nonexistent/interpreter\n'],
    ['words instead of rows', '#!/bin/sh\necho "No devices were found"\n'],
    ['nothing at all', '#!/bin/sh\n'],
  ])('are none with %s, and the reason is told', async (_what, script) => {
    const { gpus, reason } = await found([{ index: 0, minor: 0 }], script);
    expect(gpus).toEqual([]);
    expect(reason).not.toBeNull();
  });
});

describe('what an app with GPUs gets', () => {
  it('is its own devices and the driver, and no other GPU', async () => {
    const { gpus } = await found([
      { index: 0, minor: 0 },
      { index: 1, minor: 1 },
    ]);
    const driver = await findDriverFiles({ ...machine, libraryFolders: [], programFolders: [] });
    const grant = grantOf(
      gpus.filter(({ index }) => index === 1),
      driver,
    );
    expect(grant.devices.map(({ target }) => target)).toEqual([
      ...['/dev/nvidia1', '/dev/nvidiactl', '/dev/nvidia-uvm'],
    ]);
    expect(grant.environment.CUDA_VISIBLE_DEVICES).toBe('GPU-0000-1');
  });

  it('is measured, and what the driver does not tell is not made up', async () => {
    await found([
      { index: 0, minor: 0 },
      { index: 1, minor: 1 },
    ]);
    const uses = await new GpuMeter(machine.searchPath).measure();
    const memoryBytes = 512 * 1024 ** 2;
    expect([...uses.values()]).toEqual([
      { index: 0, utilizationPercent: 37, memoryBytes },
      { index: 1, utilizationPercent: undefined, memoryBytes },
    ]);
  });
});
