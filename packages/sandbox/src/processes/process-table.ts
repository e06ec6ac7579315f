import { readdir, readFile, readlink } from 'node:fs/promises';

/** A process that cannot be mistaken for a later one with the same number. */
export interface ProcessReference {
  readonly pid: number;
  /** Clock ticks since the host started (proc(5), `/proc/<pid>/stat`, field 22). */
  readonly startTime: string;
}

interface ProcessStat {
  readonly parentPid: number;
  readonly startTime: string;
  readonly cpuTicks: number;
  /** It has ended, and its parent has not asked how. */
  readonly isZombie: boolean;
}

export async function referenceProcess(pid: number): Promise<ProcessReference | undefined> {
  const stat = await readStat(pid);
  return stat === undefined ? undefined : { pid, startTime: stat.startTime };
}

/** Only what is shown to have ended: a process that cannot be looked at may live. */
export async function hasEnded({ pid, startTime }: ProcessReference): Promise<boolean> {
  const stat = await readStat(pid);
  if (stat !== undefined) return stat.startTime !== startTime;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

/** Signals the very process that was referenced; false where it is gone. */
export async function signalProcess(
  reference: ProcessReference,
  signal: NodeJS.Signals,
): Promise<boolean> {
  const stat = await readStat(reference.pid);
  if (stat?.startTime !== reference.startTime) return false;
  return sendSignal(reference.pid, signal);
}

/** False where no such process is left. */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}

export async function childrenOf(parentPid: number): Promise<readonly number[]> {
  // Present where the kernel has CONFIG_PROC_CHILDREN; otherwise every process is asked.
  const listed = await readFile(`/proc/${parentPid}/task/${parentPid}/children`, 'utf8').catch(
    () => undefined,
  );
  if (listed !== undefined) return listed.split(' ').filter(Boolean).map(Number);
  const pids = await allPids();
  const stats = await Promise.all(pids.map(async (pid) => ({ pid, stat: await readStat(pid) })));
  return stats.filter(({ stat }) => stat?.parentPid === parentPid).map(({ pid }) => pid);
}

/** Those that still live. */
export async function describeProcesses(
  pids: readonly number[],
): Promise<{ pid: number; parentPid: number; argv: string[]; sleepsIn: string | undefined }[]> {
  const described = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readStat(pid);
      if (stat === undefined || stat.isZombie) return [];
      const [line, place] = await Promise.all([
        readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''),
        readFile(`/proc/${pid}/wchan`, 'utf8').catch(() => ''),
      ]);
      const argv = line === '' ? [] : line.replace(/\0$/, '').split('\0');
      const sleepsIn = /^[a-z_]/i.test(place) ? place.trim() : undefined;
      return [{ pid, parentPid: stat.parentPid, argv, sleepsIn }];
    }),
  );
  return described.flat();
}

export async function membersOfPidNamespace(memberPid: number): Promise<number[]> {
  const namespace = await pidNamespaceOf(memberPid);
  if (namespace === undefined) return [];
  const pids = await allPids();
  const namespaces = await Promise.all(pids.map(pidNamespaceOf));
  return pids.filter((_pid, index) => namespaces[index] === namespace);
}

/** What the processes of one pid namespace use; for hosts without control groups. */
export async function measurePidNamespace(
  memberPid: number,
): Promise<{ residentBytes: number; processCount: number; cpuSeconds: number }> {
  const namespace = await pidNamespaceOf(memberPid);
  const total = { residentBytes: 0, processCount: 0, cpuSeconds: 0 };
  if (namespace === undefined) return total;
  for (const pid of await allPids()) {
    if ((await pidNamespaceOf(pid)) !== namespace) continue;
    const stat = await readStat(pid);
    if (stat === undefined) continue;
    total.processCount += 1;
    total.residentBytes += await residentBytesOf(pid);
    total.cpuSeconds += stat.cpuTicks / ticksPerSecond;
  }
  return total;
}

/** USER_HZ, 100 on every Linux architecture that Node.js runs on (proc(5)). */
const ticksPerSecond = 100;

async function allPids(): Promise<number[]> {
  const names = await readdir('/proc');
  return names.filter((name) => /^\d+$/.test(name)).map(Number);
}

async function pidNamespaceOf(pid: number): Promise<string | undefined> {
  return readlink(`/proc/${pid}/ns/pid`).catch(() => undefined);
}

async function residentBytesOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}

async function readStat(pid: number): Promise<ProcessStat | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  // The name in parentheses may itself hold spaces and parentheses; what follows the last one is fixed.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return {
    isZombie: fields[0] === 'Z' || fields[0] === 'X',
    parentPid: Number(fields[1]),
    startTime: fields[19] ?? '',
    cpuTicks: Number(fields[11]) + Number(fields[12]),
  };
}
