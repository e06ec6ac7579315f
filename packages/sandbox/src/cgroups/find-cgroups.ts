import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { CgroupSetup, HostSetup } from '../host-setup.ts';
import { SandboxError } from '../sandbox-error.ts';
import { makeGroup, processesOf, setLimit } from './cgroup-files.ts';
import { type CgroupMount, readCgroupMounts } from './cgroup-mounts.ts';
import { openCgroups } from './open-cgroups.ts';

const controllersToEnable = '+memory +cpu +pids';
/** Where the control plane itself moves to: a v2 group with limited children may hold no process. */
const ownGroupName = 'strongroom-control';
const mebibyte = 1024 * 1024;
const trialLimits = {
  memoryBytes: 64 * mebibyte,
  cpuCount: 0.5,
  processCount: 16,
  openFileCount: 64,
  temporaryFolderBytes: mebibyte,
  sharedMemoryBytes: mebibyte,
};

/** Finds where groups with all limits can be made, by making one, of the trial's name, and removing it. */
export async function findCgroups(mode: HostSetup['mode'], trialId: string): Promise<CgroupSetup> {
  const mounts = await readCgroupMounts();
  const refusals: string[] = [];
  for (const candidate of [...(await candidatesV2(mounts, mode)), ...candidatesV1(mounts)]) {
    try {
      await tryOut(candidate, trialId);
      return candidate;
    } catch (error) {
      if (!(error instanceof SandboxError)) throw error;
      refusals.push(error.message);
    }
  }
  const reason = refusals.join('; ') || 'no control group hierarchy has memory, cpu and pids';
  return { version: 'none', reason };
}

async function tryOut(setup: CgroupSetup, trialId: string): Promise<void> {
  if (setup.version === 'v2') await giveControllersToChildren(setup.folder);
  const driver = openCgroups(setup, trialId);
  if (driver === undefined) return;
  try {
    const group = await driver.create('trial', trialLimits);
    await group.remove();
  } finally {
    await driver.close();
  }
}

function candidatesV1(mounts: readonly CgroupMount[]): CgroupSetup[] {
  const folderOf = (controller: string) =>
    mounts.find((mount) => mount.version === 'v1' && mount.controllers.includes(controller))
      ?.folder;
  const memory = folderOf('memory');
  const cpu = folderOf('cpu');
  const cpuacct = folderOf('cpuacct');
  const pids = folderOf('pids');
  if (!memory || !cpu || !cpuacct || !pids) return [];
  return [{ version: 'v1', folders: { memory, cpu, cpuacct, pids } }];
}

/** As root the top of the hierarchy (stable across restarts), else the group we run in (delegated). */
async function candidatesV2(
  mounts: readonly CgroupMount[],
  mode: HostSetup['mode'],
): Promise<CgroupSetup[]> {
  const mount = mounts.find(
    ({ version, controllers }) =>
      version === 'v2' && ['memory', 'cpu', 'pids'].every((name) => controllers.includes(name)),
  );
  if (mount === undefined) return [];
  const own = join(mount.folder, await ownGroupV2());
  const delegated = basename(own) === ownGroupName ? dirname(own) : own;
  const folders = mode === 'root' ? [mount.folder, delegated] : [delegated];
  return [...new Set(folders)].map((folder) => ({ version: 'v2', folder }));
}

async function ownGroupV2(): Promise<string> {
  const text = await readFile('/proc/self/cgroup', 'utf8');
  return /^0::(.*)$/m.exec(text)?.[1] ?? '/';
}

/**
 * A group other than the host's root that has processes of its own cannot limit children
 * (cgroup-v2.rst, "No Internal Process Constraint"): its processes, which are this one and those
 * it was started with, move into a child first.
 */
async function giveControllersToChildren(folder: string): Promise<void> {
  try {
    await setLimit(folder, 'cgroup.subtree_control', controllersToEnable);
  } catch (error) {
    if (!isBusy(error)) throw error;
    const ownGroup = join(folder, ownGroupName);
    await makeGroup(ownGroup);
    for (const pid of await processesOf(folder)) {
      // Gone meanwhile, or a kernel thread: what matters is whether the next write succeeds.
      await writeFile(join(ownGroup, 'cgroup.procs'), String(pid)).catch(() => undefined);
    }
    await setLimit(folder, 'cgroup.subtree_control', controllersToEnable);
  }
}

function isBusy(error: unknown): boolean {
  const cause = error instanceof SandboxError ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && cause.code === 'EBUSY';
}
