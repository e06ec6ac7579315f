import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import type { HostTools } from '../host-setup.ts';

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
