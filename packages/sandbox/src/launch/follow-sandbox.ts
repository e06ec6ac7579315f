import { constants } from 'node:os';
import type { Cgroup } from '../cgroups/cgroup.ts';
import {
  childrenOf,
  describeProcesses,
  measurePidNamespace,
  membersOfPidNamespace,
  type ProcessReference,
  referenceProcess,
  signalProcess,
} from '../processes/process-table.ts';
import type {
  RunningSandbox,
  SandboxExit,
  SandboxProcess,
  SandboxUsage,
} from '../running-sandbox.ts';
import type { SandboxLog } from '../sandbox-host.ts';
import type { SandboxSpec } from '../sandbox-spec.ts';
import type { Launcher } from './start-launcher.ts';

interface SandboxToFollow {
  readonly spec: SandboxSpec;
  readonly launcher: Launcher;
  readonly cgroup: Cgroup | undefined;
  readonly log: SandboxLog;
}

/** What is known of a sandbox from when its command is about to run until all of it is gone. */
export async function followSandbox({
  spec,
  launcher,
  cgroup,
  log,
}: SandboxToFollow): Promise<RunningSandbox> {
  const { child } = launcher;
  let wasKilledByUs = false;
  const ended = new Promise<number | null>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode);
    else child.once('exit', resolve);
  }).then(async (status) => {
    const isOutOfMemory = !wasKilledByUs && (await wasOutOfMemory(status, cgroup));
    return describeExit(status, isOutOfMemory);
  });
  const exited = ended.then(async (exit) => {
    await removeGroup(cgroup, spec, log);
    return exit;
  });
  const bwrap = await onlyChildOf(launcher.pid);
  const processOne = await onlyChildOf(bwrap?.pid);
  const main = await onlyChildOf(processOne?.pid);
  const signalMain = (signal: 'SIGINT' | 'SIGTERM') => {
    if (main !== undefined) void signalProcess(main, signal);
  };
  const kill = () => {
    wasKilledByUs = true;
    // It leads the pid namespace: the kernel ends all in it before it is itself gone.
    if (processOne === undefined) child.kill('SIGKILL');
    else void signalProcess(processOne, 'SIGKILL');
  };

  return {
    appId: spec.appId,
    ended,
    exited,
    stdout: launcher.stdout,
    stderr: launcher.stderr,
    duplex(descriptor) {
      return launcher.stream(descriptor);
    },
    async stop({ graceMilliseconds }) {
      if (graceMilliseconds > 0) signalMain('SIGTERM');
      const timer = setTimeout(kill, graceMilliseconds);
      try {
        return await exited;
      } finally {
        clearTimeout(timer);
      }
    },
    signalMain,
    usage: () => readUsage(cgroup, processOne?.pid),
    ...(cgroup === undefined ? {} : { changeLimits: (limits) => cgroup.changeLimits(limits) }),
    async processes() {
      const ids = await processIdsOf(cgroup, processOne?.pid);
      const launching = new Set([launcher.pid, bwrap?.pid, processOne?.pid]);
      const inside = ids.filter((pid) => !launching.has(pid));
      // As a rule there is nothing but the command: of that alone nothing is read.
      const [only] = inside;
      if (
        only !== undefined &&
        only === main?.pid &&
        processOne !== undefined &&
        inside.length === 1
      ) {
        return [onlyCommand(only, processOne.pid)];
      }
      const found = await describeProcesses(inside);
      return found.map((each) => ({ ...each, isMain: each.pid === main?.pid }));
    },
  };
}

/** When the command is about to run, each link from the launcher to it has one child. */
async function onlyChildOf(parentPid: number | undefined): Promise<ProcessReference | undefined> {
  if (parentPid === undefined) return undefined;
  const [pid] = await childrenOf(parentPid);
  return pid === undefined ? undefined : referenceProcess(pid);
}

async function wasOutOfMemory(status: number | null, cgroup: Cgroup | undefined): Promise<boolean> {
  if (cgroup === undefined || describeExit(status, false).signal !== 'SIGKILL') return false;
  return (await cgroup.outOfMemoryKillCount()) > 0;
}

/** bwrap reports a command that signal n ended as 128 + n; null means that bwrap was killed. */
function describeExit(status: number | null, outOfMemory: boolean): SandboxExit {
  if (status === null) return { exitCode: null, signal: 'SIGKILL', outOfMemory };
  const signal = Object.entries(constants.signals).find(([, number]) => 128 + number === status);
  if (signal === undefined) return { exitCode: status, signal: null, outOfMemory };
  return { exitCode: null, signal: signal[0], outOfMemory };
}

async function removeGroup(
  cgroup: Cgroup | undefined,
  { appId, label }: SandboxSpec,
  log: SandboxLog,
): Promise<void> {
  try {
    await cgroup?.remove();
  } catch (error) {
    // The next start removes it (killLeftovers); the sandbox itself is gone.
    log.warn({ appId, label, error }, 'Cannot remove the control group of an ended sandbox');
  }
}

async function readUsage(
  cgroup: Cgroup | undefined,
  processOnePid: number | undefined,
): Promise<SandboxUsage> {
  if (cgroup === undefined) return measureUsage(processOnePid);
  try {
    return await cgroup.usage();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // The group went between two of its files.
    if (code === 'ENOENT' || code === 'ENODEV') return noUsage;
    throw error;
  }
}

function onlyCommand(pid: number, parentPid: number): SandboxProcess {
  return { pid, parentPid, isMain: true, argv: [], sleepsIn: undefined };
}

/** Empty where it has just ended. */
async function processIdsOf(
  cgroup: Cgroup | undefined,
  processOnePid: number | undefined,
): Promise<readonly number[]> {
  if (cgroup !== undefined) return cgroup.processIds().catch(() => []);
  return processOnePid === undefined ? [] : membersOfPidNamespace(processOnePid);
}

const noUsage: SandboxUsage = {
  memoryBytes: 0,
  processCount: 0,
  cpuSeconds: 0,
  cpuThrottledPeriodCount: 0,
};

async function measureUsage(processOnePid: number | undefined): Promise<SandboxUsage> {
  if (processOnePid === undefined) return noUsage;
  const { residentBytes, processCount, cpuSeconds } = await measurePidNamespace(processOnePid);
  return {
    ...noUsage,
    memoryBytes: residentBytes,
    processCount: Math.max(0, processCount - 1),
    cpuSeconds,
  };
}
