import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type { StudioNetwork } from '../network/studio-network.ts';
import type { SandboxHost } from '../sandbox-host.ts';
import type { SandboxMount, SandboxSpec } from '../sandbox-spec.ts';

const mebibyte = 1024 * 1024;

export const probeLimits = {
  memoryBytes: 32 * mebibyte,
  cpuCount: 1,
  processCount: 16,
  openFileCount: 256,
  temporaryFolderBytes: mebibyte,
  sharedMemoryBytes: mebibyte,
} as const;

export const secretPath = '/opt/probe/secret';

/** Tries what a notebook must not be able to do and says what came of it, one `name=value` a line. */
const attemptsScript = `
say() { printf '%s=%s\\n' "$1" "$2"; }
attempt() { name=$1; shift; if "$@" >/dev/null 2>&1; then say "$name" yes; else say "$name" no; fi; }
write() { echo >"$1"; }
fill() { head -c ${2 * mebibyte} /dev/zero >"$1"; }
for name in user pid ipc uts net; do say "namespace-$name" "$(readlink /proc/self/ns/$name)"; done
while read -r name value; do
  case $name in
    CapEff:) say capabilities "$value" ;;
    NoNewPrivs:) say no-new-privileges "$value" ;;
    Seccomp:) say seccomp-mode "$value" ;;
  esac
done </proc/self/status
say network-devices "$(grep -c : /proc/net/dev)"
say processes "$(ls -d /proc/[0-9]* | wc -l)"
say open-files "$(ulimit -n)"
attempt reads-secret cat ${secretPath}
attempt makes-user-namespace unshare --user true
attempt turns-off-randomisation setarch "$(uname -m)" --addr-no-randomize true
attempt reads-process-one cat /proc/1/auxv
attempt writes-root write /probe
attempt writes-usr write /usr/probe
attempt writes-etc write /etc/probe
attempt overfills-tmp fill /tmp/probe
attempt overfills-shm fill /dev/shm/probe
`;

/** 128 MiB held by one process, four times the limit. */
const memoryScript = `head -c ${192 * mebibyte} /dev/zero | tail -c ${128 * mebibyte} >/dev/null && echo held`;

const cpuScript = 'while :; do :; done';
const probeCpuCount = 0.1;
/** More than the limit gives within the longest wait, so that one who got this was not held back. */
const unlimitedCpuSeconds = 1;
const longestCpuProbeMilliseconds = 5_000;
const cpuPollMilliseconds = 20;

const forkScript = 'i=0; while [ $i -lt 40 ]; do sleep 60 & i=$((i+1)); done; echo all-started';

export interface ProbeContext {
  readonly host: SandboxHost;
  readonly hostUid: number | undefined;
}

export async function tryAttempts(
  context: ProbeContext,
  network: StudioNetwork,
  mounts: readonly SandboxMount[],
): Promise<ReadonlyMap<string, string>> {
  const sandbox = await context.host.launch({
    ...probeSpec(context, 'attempts', attemptsScript),
    network,
    mounts,
  });
  const [output] = await Promise.all([text(sandbox.stdout), sandbox.exited]);
  return new Map(
    output
      .trim()
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}

/** `killed`: by the group's limit. `refused`: to the one process, by its own limit. */
export type MemoryOutcome = 'held' | 'killed' | 'refused';

export async function tryMemory(context: ProbeContext): Promise<MemoryOutcome> {
  const sandbox = await context.host.launch(probeSpec(context, 'memory', memoryScript));
  const [output, exit] = await Promise.all([text(sandbox.stdout), sandbox.exited]);
  if (output.includes('held')) return 'held';
  return exit.outOfMemory ? 'killed' : 'refused';
}

/** `undecided`: the machine is so busy that the probe did not even get what the limit allows. */
export type CpuOutcome = 'throttled' | 'unlimited' | 'undecided';

export async function tryCpu(context: ProbeContext): Promise<CpuOutcome> {
  const limits = { ...probeLimits, cpuCount: probeCpuCount };
  const sandbox = await context.host.launch({ ...probeSpec(context, 'cpu', cpuScript), limits });
  try {
    const deadline = performance.now() + longestCpuProbeMilliseconds;
    while (performance.now() < deadline) {
      const { cpuThrottledPeriodCount, cpuSeconds } = await sandbox.usage();
      if (cpuThrottledPeriodCount > 0) return 'throttled';
      if (cpuSeconds > unlimitedCpuSeconds) return 'unlimited';
      await delay(cpuPollMilliseconds);
    }
    return 'undecided';
  } finally {
    await sandbox.stop({ graceMilliseconds: 0 });
  }
}

export async function tryProcesses(context: ProbeContext): Promise<{ wasStopped: boolean }> {
  const sandbox = await context.host.launch(probeSpec(context, 'processes', forkScript));
  const [output] = await Promise.all([text(sandbox.stdout), sandbox.exited]);
  return { wasStopped: !output.includes('all-started') };
}

function probeSpec({ hostUid }: ProbeContext, name: string, script: string): SandboxSpec {
  return {
    appId: `probe-${name}`,
    label: `probe ${name}`,
    hostUid,
    root: { kind: 'host' },
    command: ['/bin/sh', '-c', script],
    workingDirectory: '/tmp',
    environment: { PATH: '/usr/bin:/bin' },
    userName: 'probe',
    homeFolder: '/tmp',
    mounts: [],
    network: 'isolated',
    limits: probeLimits,
    descriptors: [],
  };
}
