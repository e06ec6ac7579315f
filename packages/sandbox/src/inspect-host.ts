import { findCgroups } from './cgroups/find-cgroups.ts';
import type { HostInspection } from './host-setup.ts';
import { findTools } from './inspection/find-tools.ts';

/** Tries every control on this host. (Probes follow.) */
export async function inspectHost(): Promise<HostInspection> {
  const { tools } = await findTools();
  if (tools === undefined) return { setup: undefined, controls: [] };
  const mode = process.geteuid?.() === 0 ? 'root' : 'rootless';
  const cgroupSetup = await findCgroups(mode);
  return { setup: { mode, cgroup: cgroupSetup.version, cgroupSetup, tools }, controls: [] };
}
