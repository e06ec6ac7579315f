import { join } from 'node:path';
import type { V1Controller } from '../host-setup.ts';
import type { SandboxUsage } from '../running-sandbox.ts';
import type { SandboxLimits } from '../sandbox-spec.ts';
import { type Cgroup, type CgroupDriver, launcherProcessCount } from './cgroup.ts';
import {
  groupsUnder,
  killEach,
  makeGroup,
  processesOf,
  readFields,
  readNumber,
  removeGroup,
  setLimit,
} from './cgroup-files.ts';

const controllers = ['memory', 'cpu', 'cpuacct', 'pids'] as const;
const cpuPeriodMicroseconds = 100_000;

type Folders = Readonly<Record<V1Controller, string>>;

/** Kernel documentation: admin-guide/cgroup-v1. `folders` are one parent a controller. */
export function openCgroupsV1(folders: Folders, installationId: string): CgroupDriver {
  const parents = mapControllers((controller) =>
    join(folders[controller], `strongroom-${installationId}`),
  );
  return {
    async create(name, limits) {
      const group = mapControllers((controller) => join(parents[controller], name));
      for (const folder of distinct(group)) await makeGroup(folder);
      const cgroup = openGroup(group);
      try {
        await applyLimits(group, limits);
      } catch (error) {
        await cgroup.remove();
        throw error;
      }
      return cgroup;
    },
    async existing() {
      const names = await Promise.all(distinct(parents).map(groupsUnder));
      return [...new Set(names.flat())].map((name) =>
        openGroup(mapControllers((controller) => join(parents[controller], name))),
      );
    },
    async close() {
      for (const folder of distinct(parents)) await removeGroup(folder);
    },
  };
}

async function applyLimits(group: Folders, limits: SandboxLimits): Promise<void> {
  const memoryBytes = String(limits.memoryBytes);
  await setLimit(group.memory, 'memory.limit_in_bytes', memoryBytes);
  // Absent where the kernel does not account for swap; then swap is not limited, which inspection tells.
  await setLimit(group.memory, 'memory.memsw.limit_in_bytes', memoryBytes).catch(() => undefined);
  await setLimit(group.cpu, 'cpu.cfs_period_us', String(cpuPeriodMicroseconds));
  const quota = Math.max(1000, Math.round(limits.cpuCount * cpuPeriodMicroseconds));
  await setLimit(group.cpu, 'cpu.cfs_quota_us', String(quota));
  await setLimit(group.pids, 'pids.max', String(limits.processCount + launcherProcessCount));
}

function openGroup(group: Folders): Cgroup {
  const folders = distinct(group);
  return {
    joinFiles: folders.map((folder) => join(folder, 'cgroup.procs')),
    usage: () => readUsage(group),
    processIds: () => processesOf(group.pids),
    async outOfMemoryKillCount() {
      const fields = await readFields(group.memory, 'memory.oom_control').catch(() => undefined);
      return fields?.get('oom_kill') ?? 0;
    },
    kill: () => killEach(group.pids),
    async remove() {
      for (const folder of folders) {
        await killEach(folder);
        await removeGroup(folder);
      }
    },
  };
}

async function readUsage(group: Folders): Promise<SandboxUsage> {
  const [usedBytes, memory, processCount, cpuNanoseconds, cpu] = await Promise.all([
    readNumber(group.memory, 'memory.usage_in_bytes'),
    readFields(group.memory, 'memory.stat'),
    readNumber(group.pids, 'pids.current'),
    readNumber(group.cpuacct, 'cpuacct.usage'),
    readFields(group.cpu, 'cpu.stat'),
  ]);
  return {
    memoryBytes: Math.max(0, usedBytes - (memory.get('total_inactive_file') ?? 0)),
    processCount: Math.max(0, processCount - launcherProcessCount),
    cpuSeconds: cpuNanoseconds / 1e9,
    cpuThrottledPeriodCount: cpu.get('nr_throttled') ?? 0,
  };
}

function mapControllers(folderOf: (controller: V1Controller) => string): Folders {
  return {
    memory: folderOf('memory'),
    cpu: folderOf('cpu'),
    cpuacct: folderOf('cpuacct'),
    pids: folderOf('pids'),
  };
}

/** `cpu` and `cpuacct` are often one hierarchy. */
function distinct(folders: Folders): string[] {
  return [...new Set(controllers.map((controller) => folders[controller]))];
}
