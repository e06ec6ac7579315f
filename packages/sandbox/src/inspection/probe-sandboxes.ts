import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type { StudioNetwork } from '../network/studio-network.ts';
import type { SandboxExit } from '../running-sandbox.ts';
import { SandboxError } from '../sandbox-error.ts';
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
say complete yes
`;

/** One process that fills 128 MiB, four times the limit, before it can say so. */
const memoryScript = `dd if=/dev/zero of=/dev/null bs=${128 * mebibyte} count=1 iflag=fullblock && echo exceeded`;

const cpuScript = 'while :; do :; done';
const probeCpuCount = 0.1;
/** More than the limit gives within the longest wait, so that one who got this was not held back. */
const unlimitedCpuSeconds = 1;
const longestCpuProbeMilliseconds = 5_000;
const cpuPollMilliseconds = 20;

const forkScript = 'i=0; while [ $i -lt 40 ]; do sleep 60 & i=$((i+1)); done; echo exceeded';

/** Plenty; a machine under heavy load gets the second. */
const firstProbeMilliseconds = 20_000;
const secondProbeMilliseconds = 120_000;

export interface ProbeContext {
  readonly host: SandboxHost;
  readonly hostUid: number | undefined;
}

/** Empty where the attempts did not come to their end. */
export async function tryAttempts(
  context: ProbeContext,
  network: StudioNetwork,
  mounts: readonly SandboxMount[],
): Promise<ReadonlyMap<string, string>> {
  const spec = { ...probeSpec(context, 'attempts', attemptsScript), network, mounts };
  const said = await untilDecided(async (milliseconds) => {
    const { output } = await run(context.host, spec, milliseconds);
    const words = new Map(
      output
        .trim()
        .split('\n')
        .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );
    return words.has('complete') ? words : 'undecided';
  });
  return said === 'undecided' ? new Map() : said;
}

/** `undecided`: the probe ended for another reason than the limit, so it showed nothing. */
export type LimitOutcome = 'stopped' | 'exceeded' | 'undecided';

/** The kernel kills for the group's limit; what one process may have is refused to that process. */
export async function tryMemory(
  context: ProbeContext,
  limitOf: 'group' | 'process',
): Promise<LimitOutcome> {
  const spec = probeSpec(context, 'memory', memoryScript);
  return tryLimit(context.host, spec, (exit) =>
    limitOf === 'group' ? exit.outOfMemory : exit.exitCode === 1,
  );
}

export async function tryProcesses(context: ProbeContext): Promise<LimitOutcome> {
  const spec = probeSpec(context, 'processes', forkScript);
  // A shell that cannot fork ends with 2 or more; unshare (before util-linux 2.40) whose bwrap was
  // killed, with 1.
  return tryLimit(context.host, spec, ({ exitCode }) => exitCode !== null && exitCode > 1);
}

async function tryLimit(
  host: SandboxHost,
  spec: SandboxSpec,
  isByLimit: (exit: SandboxExit) => boolean,
): Promise<LimitOutcome> {
  return untilDecided(async (milliseconds) => {
    const { output, exit } = await run(host, spec, milliseconds);
    if (output.includes('exceeded')) return 'exceeded';
    return isByLimit(exit) ? 'stopped' : 'undecided';
  });
}

/** What was not shown is tried once more, with more time, before it is told. */
async function untilDecided<Outcome>(
  tryOnce: (milliseconds: number) => Promise<Outcome | 'undecided'>,
): Promise<Outcome | 'undecided'> {
  const first = await tryOnce(firstProbeMilliseconds).catch((error: unknown) => {
    if (error instanceof SandboxError) return 'undecided' as const;
    throw error;
  });
  return first === 'undecided' ? tryOnce(secondProbeMilliseconds) : first;
}

async function run(
  host: SandboxHost,
  spec: SandboxSpec,
  milliseconds: number,
): Promise<{ output: string; exit: SandboxExit }> {
  const sandbox = await host.launch(spec);
  const timer = setTimeout(() => void sandbox.stop({ graceMilliseconds: 0 }), milliseconds);
  try {
    const [output, exit] = await Promise.all([text(sandbox.stdout), sandbox.exited]);
    return { output, exit };
  } finally {
    clearTimeout(timer);
  }
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
