import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import type { HostTools } from '../host-setup.ts';
import { type VolumeTool, type VolumeTools, volumeToolPackages } from '../volumes/volume-tools.ts';

/** Only where the system's package manager puts programs: never a folder that a person can write. */
const folders = ['/usr/bin', '/bin', '/usr/sbin', '/sbin'] as const;

/** Debian's package for each program. */
export const toolPackages: Readonly<Record<keyof HostTools, string>> = {
  bash: 'bash',
  bwrap: 'bubblewrap',
  ip: 'iproute2',
  mount: 'mount',
  nsenter: 'util-linux',
  setpriv: 'util-linux',
  sh: 'dash',
  unshare: 'util-linux',
};

export async function findTools(): Promise<{
  tools: HostTools | undefined;
  missing: (keyof HostTools)[];
}> {
  const names = Object.keys(toolPackages) as (keyof HostTools)[];
  const entries = await Promise.all(names.map(async (name) => [name, await find(name)] as const));
  const missing = entries.filter(([, path]) => path === undefined).map(([name]) => name);
  if (missing.length > 0) return { tools: undefined, missing };
  return { tools: Object.fromEntries(entries) as unknown as HostTools, missing };
}

/** What of it there is: without one of these there are still sandboxes, and the probes of homes say what is missing. */
export async function findVolumeTools(): Promise<VolumeTools> {
  const names = Object.keys(volumeToolPackages) as VolumeTool[];
  const entries = await Promise.all(names.map(async (name) => [name, await find(name)] as const));
  return Object.fromEntries(entries) as Record<VolumeTool, string | undefined>;
}

async function find(name: string): Promise<string | undefined> {
  for (const folder of folders) {
    const path = join(folder, name);
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return undefined;
}
