import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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

const cpuPeriodMicroseconds = 100_000;
/** What a group has to which nothing else is given. */
const weightOfOne = 100;
const controllersToEnable = '+memory +cpu +pids';

/** Kernel documentation: admin-guide/cgroup-v2.rst. `folder` already gives its children the controllers. */
export function openCgroupsV2(folder: string, installationId: string): CgroupDriver {
  const parent = join(folder, `strongroom-${installationId}`);
  return {
    async create(name, limits) {
      await makeGroup(parent);
      await setLimit(parent, 'cgroup.subtree_control', controllersToEnable);
      const group = join(parent, name);
      await makeGroup(group);
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
      return (await groupsUnder(parent)).map((name) => openGroup(join(parent, name)));
    },
    async close() {
      await removeGroup(parent);
    },
  };
}

async function applyLimits(group: string, limits: ChangeableLimits): Promise<void> {
  await setLimit(group, 'memory.max', String(limits.memoryBytes));
  // Absent where the kernel has no swap; `memoryBytes` is for both, so none of it may be swap.
  await setLimit(group, 'memory.swap.max', '0').catch(() => undefined);
  const quota = Math.max(1000, Math.round(limits.cpuCount * cpuPeriodMicroseconds));
  const { cpuShare = limits.cpuCount } = limits;
  await setLimit(group, 'cpu.weight', String(within(1, 10_000, cpuShare * weightOfOne)));
  await setLimit(group, 'cpu.max', `${quota} ${cpuPeriodMicroseconds}`);
  await setLimit(group, 'pids.max', String(limits.processCount + launcherProcessCount));
}

function openGroup(group: string): Cgroup {
  return {
    joinFiles: [join(group, 'cgroup.procs')],
    usage: () => readUsage(group),
    changeLimits: (limits) => applyLimits(group, limits),
    processIds: () => processesOf(group),
    async outOfMemoryKillCount() {
      const fields = await readFields(group, 'memory.events').catch(() => undefined);
      return fields?.get('oom_kill') ?? 0;
    },
    kill: () => killGroup(group),
    async remove() {
      await killGroup(group);
      await removeGroup(group);
    },
  };
}

async function killGroup(group: string): Promise<number> {
  const pids = await processesOf(group);
  // `cgroup.kill` (Linux 5.14) is atomic; older kernels take the rounds of killEach alone.
  if (pids.length > 0) await writeFile(join(group, 'cgroup.kill'), '1').catch(() => undefined);
  await killEach(group);
  return pids.length;
}

async function readUsage(group: string): Promise<SandboxUsage> {
  const [usedBytes, memory, processCount, cpu] = await Promise.all([
    readNumber(group, 'memory.current'),
    readFields(group, 'memory.stat'),
    readNumber(group, 'pids.current'),
    readFields(group, 'cpu.stat'),
  ]);
  return {
    memoryBytes: Math.max(0, usedBytes - (memory.get('inactive_file') ?? 0)),
    processCount: Math.max(0, processCount - launcherProcessCount),
    cpuSeconds: (cpu.get('usage_usec') ?? 0) / 1e6,
    cpuThrottledPeriodCount: cpu.get('nr_throttled') ?? 0,
  };
}
