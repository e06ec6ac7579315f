import { join } from 'node:path';
import type { V1Controller } from '../host-setup.ts';
import type { SandboxUsage } from '../running-sandbox.ts';
import type { ChangeableLimits } from '../sandbox-spec.ts';
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
  within,
} from './cgroup-files.ts';

const controllers = ['memory', 'cpu', 'cpuacct', 'pids'] as const;
const cpuPeriodMicroseconds = 100_000;
/** What a group has to which nothing else is given. */
const sharesOfOne = 1024;

type Folders = Readonly<Record<V1Controller, string>>;

/** Kernel documentation: admin-guide/cgroup-v1. `folders` are one parent a controller. */
export function openCgroupsV1(folders: Folders, installationId: string): CgroupDriver {
  const parents = mapControllers((controller) =>
    join(folders[controller], `strongroom-${installationId}`),
  );
  return {
    async create(name, limits) {
      const group = mapControllers((controller) => join(parents[controller], name));
      const cgroup = openGroup(group);
      try {
        // Together: each waits for the kernel, and somebody waits for all of them.
        await all(distinct(group).map(makeGroup));
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

async function applyLimits(group: Folders, limits: ChangeableLimits): Promise<void> {
  await all([
    limitMemory(group.memory, limits.memoryBytes),
    limitProcessor(group.cpu, limits),
    setLimit(group.pids, 'pids.max', String(limits.processCount + launcherProcessCount)),
  ]);
}

/** The limit of memory alone may at no moment be above that of memory and swap. */
async function limitMemory(folder: string, memoryBytes: number): Promise<void> {
  const text = String(memoryBytes);
  // Absent where the kernel does not account for swap; then swap is not limited, which inspection tells.
  const limitBoth = () =>
    setLimit(folder, 'memory.memsw.limit_in_bytes', text).catch(() => undefined);
  // A new group has no limit, which is a number as well.
  const before = await readNumber(folder, 'memory.limit_in_bytes').catch(() => Infinity);
  const isRaised = memoryBytes > before;
  if (isRaised) await limitBoth();
  await setLimit(folder, 'memory.limit_in_bytes', text);
  if (!isRaised) await limitBoth();
}

async function limitProcessor(
  folder: string,
  { cpuCount, cpuShare = cpuCount }: ChangeableLimits,
): Promise<void> {
  await setLimit(folder, 'cpu.shares', String(within(2, 262_144, cpuShare * sharesOfOne)));
  await setLimit(folder, 'cpu.cfs_period_us', String(cpuPeriodMicroseconds));
  const quota = Math.max(1000, Math.round(cpuCount * cpuPeriodMicroseconds));
  await setLimit(folder, 'cpu.cfs_quota_us', String(quota));
}

/** To the end of each, also where one fails: what comes after finds none of them still at work. */
async function all(works: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(works)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

function openGroup(group: Folders): Cgroup {
  const folders = distinct(group);
  return {
    joinFiles: folders.map((folder) => join(folder, 'cgroup.procs')),
    usage: () => readUsage(group),
    changeLimits: (limits) => applyLimits(group, limits),
    processIds: () => processesOf(group.pids),
    async outOfMemoryKillCount() {
      const fields = await readFields(group.memory, 'memory.oom_control').catch(() => undefined);
      return fields?.get('oom_kill') ?? 0;
    },
    kill: () => killEach(group.pids),
    async remove() {
      const works = folders.map(async (folder) => {
        await killEach(folder);
        await removeGroup(folder);
      });
      await all(works);
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
