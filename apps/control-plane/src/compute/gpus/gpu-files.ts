import { readdir, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { SandboxDevice, SandboxMount } from '@strongroom/sandbox';
import type { Gpu } from './gpu.ts';

/** What an app that holds GPUs has beside what every app has. */
export interface GpuGrant {
  readonly devices: readonly SandboxDevice[];
  readonly mounts: readonly SandboxMount[];
  readonly environment: Readonly<Record<string, string>>;
  /** To be looked in for programs, after every other folder. */
  readonly programFolder: string;
}

/** What the driver needs whichever GPU it is for; all of them are found or there is no GPU to give. */
export interface DriverFiles {
  readonly devices: readonly SandboxDevice[];
  readonly mounts: readonly SandboxMount[];
}

/** Of the driver, below `/dev`. Tools and graphics are left out. */
const sharedDevices = ['nvidiactl', 'nvidia-uvm', 'nvidia-uvm-tools'];
/** The libraries that CUDA programs load by these names; an image brings the rest of CUDA itself. */
const driverLibraries = [
  'libcuda.so.1',
  'libnvidia-ml.so.1',
  'libnvidia-ptxjitcompiler.so.1',
  'libnvidia-nvvm.so.4',
];
/** Loaded by a name that ends with the driver's version. */
const versionedLibrary = /^libnvidia-gpucomp\.so\.\d+(?:\.\d+)*$/;
const libraryFolders = [
  '/usr/lib/x86_64-linux-gnu',
  '/usr/lib/aarch64-linux-gnu',
  '/usr/lib64',
  '/usr/lib/x86_64-linux-gnu/nvidia/current',
  '/usr/lib/aarch64-linux-gnu/nvidia/current',
];
const programFolders = ['/usr/bin', '/usr/lib/nvidia/current'];
/** Beside an image's own folders, so that nothing of an image has to be there, or is covered. */
const inside = { libraries: '/run/nvidia/lib', programs: '/run/nvidia/bin' } as const;

export async function findDriverFiles(options: {
  readonly devicesFolder: string;
  readonly libraryFolders?: readonly string[];
  readonly programFolders?: readonly string[];
}): Promise<DriverFiles> {
  const folders = options.libraryFolders ?? libraryFolders;
  const [devices, libraries, programs] = await Promise.all([
    Promise.all(sharedDevices.map((name) => deviceAt(options.devicesFolder, name))),
    findLibraries(folders),
    findFirst('nvidia-smi', options.programFolders ?? programFolders),
  ]);
  return {
    devices: devices.flat(),
    mounts: [
      ...libraries.flatMap(([name, source]) => readOnly(source, join(inside.libraries, name))),
      ...(programs === undefined
        ? []
        : [...readOnly(programs, join(inside.programs, 'nvidia-smi'))]),
    ],
  };
}

/** Only these GPUs, whatever else the machine has. */
export function grantOf(gpus: readonly Gpu[], driver: DriverFiles): GpuGrant {
  const ofGpus = gpus.map(({ deviceFile, deviceName }) => ({
    ...{ source: deviceFile, target: `/dev/${deviceName}` },
  }));
  return {
    devices: [...ofGpus, ...driver.devices],
    mounts: driver.mounts,
    programFolder: inside.programs,
    environment: {
      LD_LIBRARY_PATH: inside.libraries,
      // By their own names: numbers would count from 0 in each app.
      CUDA_VISIBLE_DEVICES: gpus.map(({ uuid }) => uuid).join(','),
    },
  };
}

async function deviceAt(folder: string, name: string): Promise<SandboxDevice[]> {
  const source = await realpath(join(folder, name)).catch(() => undefined);
  return source === undefined ? [] : [{ source, target: `/dev/${name}` }];
}

/** Each under the name it is loaded by, and under its file's own where that differs. */
async function findLibraries(folders: readonly string[]): Promise<[string, string][]> {
  const listed = await Promise.all(
    folders.map((folder) => readdir(folder).catch(() => [] as string[])),
  );
  const versioned = listed.flat().filter((name) => versionedLibrary.test(name));
  const wanted = [...driverLibraries, ...versioned];
  const found = await Promise.all(
    wanted.map(async (name) => [name, await findFirst(name, folders)] as const),
  );
  const places = new Map<string, string>();
  for (const [name, source] of found) {
    if (source === undefined) continue;
    places.set(name, source);
    places.set(basename(source), source);
  }
  return [...places];
}

async function findFirst(name: string, folders: readonly string[]): Promise<string | undefined> {
  for (const folder of folders) {
    const path = await realpath(join(folder, name)).catch(() => undefined);
    if (path !== undefined) return path;
  }
  return undefined;
}

function readOnly(source: string, target: string): SandboxMount[] {
  return [{ source, target, mode: 'read-only' }];
}
