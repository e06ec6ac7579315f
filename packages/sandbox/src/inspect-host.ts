import { mkdir, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findCgroups } from './cgroups/find-cgroups.ts';
import type { HostInspection, HostSetup } from './host-setup.ts';
import { type ControlState, controlNames, unenforced } from './inspection/controls.ts';
import { remedyForRefusedSandbox } from './inspection/explain-refusal.ts';
import { findTools, findVolumeTools, toolPackages } from './inspection/find-tools.ts';
import { judgeAttempts } from './inspection/judge-attempts.ts';
import { judgeLimits } from './inspection/judge-limits.ts';
import { probeHomes } from './inspection/probe-homes.ts';
import { makeProbeId, removeProbeLeftovers } from './inspection/probe-leftovers.ts';
import {
  secretPath,
  tryAttempts,
  tryCpu,
  tryMemory,
  tryProcesses,
} from './inspection/probe-sandboxes.ts';
import { openSandboxHost } from './open-sandbox-host.ts';
import { SandboxError } from './sandbox-error.ts';

export interface InspectHostOptions {
  /** As root: a uid that nobody else uses, which the probes run under. */
  readonly probeHostUid?: number;
  /** False where homes are opened elsewhere; what they need is then told as not enforced. */
  readonly triesHomes?: boolean;
}

const defaultProbeHostUid = 65_533;

/**
 * Tries every control in sandboxes made for it, because a kernel version or a setting tells only
 * what should hold. Takes some hundred milliseconds; everything it makes is gone afterwards, or
 * after the next inspection where this one is killed.
 */
export async function inspectHost(options: InspectHostOptions = {}): Promise<HostInspection> {
  const { tools, missing } = await findTools();
  if (tools === undefined) {
    const packages = [...new Set(missing.map((name) => toolPackages[name]))];
    const detail = `No sandbox can be built: ${missing.join(', ')} not found`;
    return nothingEnforced(detail, `Install the Debian packages ${packages.join(', ')}`);
  }
  const { setup, probeId } = await setupWith(tools);
  await removeProbeLeftovers(setup);
  const { probeHostUid = defaultProbeHostUid, triesHomes = true } = options;
  const hostUid = setup.mode === 'root' ? probeHostUid : undefined;
  try {
    return { setup, controls: await probe({ setup, probeId, hostUid, triesHomes }) };
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error;
    const said = error.standardError.trim();
    const detail = `No sandbox can be built: ${said || error.message}`;
    return nothingEnforced(detail, await remedyForRefusedSandbox());
  }
}

/** What there is to enforce with, untried: `inspectHost` tells whether it does. */
export async function findHostSetup(): Promise<HostSetup | undefined> {
  const { tools } = await findTools();
  return tools && (await setupWith(tools)).setup;
}

async function setupWith(tools: HostSetup['tools']) {
  const mode = process.geteuid?.() === 0 ? 'root' : 'rootless';
  const probeId = await makeProbeId();
  const cgroupSetup = await findCgroups(mode, probeId);
  const volumeTools = await findVolumeTools();
  const setup: HostSetup = { mode, cgroup: cgroupSetup.version, cgroupSetup, tools, volumeTools };
  return { setup, probeId };
}

async function probe({
  setup,
  probeId,
  hostUid,
  triesHomes,
}: {
  setup: HostSetup;
  probeId: string;
  hostUid: number | undefined;
  triesHomes: boolean;
}): Promise<ControlState[]> {
  const runFolder = join(tmpdir(), `strongroom-${probeId}`);
  await mkdir(runFolder, { mode: 0o700 });
  const secret = join(runFolder, 'secret');
  await writeFile(secret, 'secret', { mode: 0o600 });
  const log = { info: () => undefined, warn: () => undefined };
  const host = await openSandboxHost({ setup, installationId: probeId, runFolder, log });
  try {
    const context = { host, hostUid };
    const network = await host.createStudioNetwork({ hostUid });
    const mounts = [{ source: secret, target: secretPath, mode: 'read-only' }] as const;
    const [said, hostNamespaces, memory, cpu, processes, homes] = await Promise.all([
      tryAttempts(context, network, mounts),
      readNamespaces(),
      tryMemory(context, setup.cgroup === 'none' ? 'process' : 'group'),
      setup.cgroup === 'none' ? ('unlimited' as const) : tryCpu(context),
      tryProcesses(context),
      triesHomes ? probeHomes({ setup, hostUid, folder: runFolder }) : untriedHomes,
    ]);
    const states = [
      ...judgeAttempts({ mode: setup.mode, said, hostNamespaces }),
      ...judgeLimits({ cgroupSetup: setup.cgroupSetup, memory, cpu, processes }),
      ...homes,
    ];
    const order = (state: ControlState) => controlNames.indexOf(state.control);
    return states.sort((left, right) => order(left) - order(right));
  } finally {
    await host.close();
    await rm(runFolder, { recursive: true, force: true });
  }
}

const untriedHomes = (['home-quota', 'home-encryption'] as const).map((control) =>
  unenforced(control, 'Not tried here', 'Homes are opened by another machine'),
);

async function readNamespaces(): Promise<ReadonlyMap<string, string>> {
  const names = ['user', 'pid', 'ipc', 'uts', 'net'];
  const links = await Promise.all(names.map((name) => readlink(`/proc/self/ns/${name}`)));
  return new Map(names.map((name, index) => [name, links[index] ?? '']));
}

function nothingEnforced(detail: string, remedy: string): HostInspection {
  return {
    setup: undefined,
    controls: controlNames.map((control) => unenforced(control, detail, remedy)),
  };
}
