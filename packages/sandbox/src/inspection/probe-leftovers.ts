import { randomBytes } from 'node:crypto';
import { lstat, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { groupsUnder } from '../cgroups/cgroup-files.ts';
import { openCgroups } from '../cgroups/open-cgroups.ts';
import type { CgroupSetup, HostSetup } from '../host-setup.ts';
import { sharedParent } from '../open-sandbox-host.ts';
import { hasEnded, referenceProcess } from '../processes/process-table.ts';
import { unmountUnder } from '../volumes/mount-ground.ts';

/**
 * Names the folders and control groups of one inspection after the process that makes them, so that
 * another can tell whether it lives. A process number means something in its own pid namespace only.
 */
export async function makeProbeId(pid: number = process.pid): Promise<string> {
  const reference = await referenceProcess(pid);
  if (reference === undefined) throw new Error(`Cannot find process ${pid}: it has ended`);
  const words = [await ownPidNamespace(), pid, reference.startTime, randomBytes(4).toString('hex')];
  return `probe-${words.join('-')}`;
}

const namePattern = /^strongroom-(probe-(\d+)-([1-9]\d*)-(\d+)-[0-9a-f]{8})$/;

/**
 * Removes what inspections left that were killed. Those of processes that live, or of another pid
 * namespace, where one cannot tell, stay.
 */
export async function removeProbeLeftovers(
  setup: Pick<HostSetup, 'mode' | 'cgroupSetup' | 'volumeTools'>,
): Promise<void> {
  const folders = [tmpdir(), ...(setup.mode === 'root' ? [sharedParent] : [])];
  const parents = [...folders, ...groupParents(setup.cgroupSetup)];
  const names = new Set((await Promise.all(parents.map(groupsUnder))).flat());
  const namespace = await ownPidNamespace();
  for (const name of names) {
    const [, probeId = '', madeIn, pid, startTime = ''] = namePattern.exec(name) ?? [];
    if (madeIn !== namespace || !(await hasEnded({ pid: Number(pid), startTime }))) continue;
    // Another inspection may be removing the same; what stays is tried again by the next.
    await removeGroups(setup.cgroupSetup, probeId).catch(() => undefined);
    for (const folder of folders) {
      await removeOwnFolder(join(folder, name), setup).catch(() => undefined);
    }
  }
}

function groupParents(setup: CgroupSetup): string[] {
  switch (setup.version) {
    case 'v1':
      return Object.values(setup.folders);
    case 'v2':
      return [setup.folder];
    case 'none':
      return [];
  }
}

async function removeGroups(setup: CgroupSetup, probeId: string): Promise<void> {
  const cgroups = openCgroups(setup, probeId);
  for (const group of (await cgroups?.existing()) ?? []) await group.remove();
  await cgroups?.close();
}

/** Everybody may write to the folder for temporary files, but not make a folder that is ours there. */
async function removeOwnFolder(
  path: string,
  setup: Pick<HostSetup, 'mode' | 'volumeTools'>,
): Promise<void> {
  const entry = await lstat(path);
  if (!entry.isDirectory() || entry.uid !== process.geteuid?.()) return;
  await unmountUnder(path, setup);
  await rm(path, { recursive: true, force: true });
}

/** `pid:[4026531836]` */
async function ownPidNamespace(): Promise<string> {
  return (await readlink('/proc/self/ns/pid')).replace(/\D/g, '');
}
