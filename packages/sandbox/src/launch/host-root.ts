import { access, lstat, readdir, readlink, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What a program in `/usr` looks for in `/etc`. Nothing here is a secret or names an account. */
const configurationNames =
  /^(?:alternatives|bash\.bashrc|ca-certificates|crypto-policies|debian_version|fonts|gai\.conf|groff|host\.conf|inputrc|java-.+|julia|ld\.so\.(?:cache|conf|conf\.d)|locale\.alias|localtime|magic(?:\.mime)?|matplotlibrc|mime\.types|networks|openmpi|os-release|perl|pki\/(?:tls\/certs|ca-trust\/extracted)|profile(?:\.d)?|protocols|python3(?:\.\d+)?|R|rpc|services|shells|ssl\/(?:certs|openssl\.cnf)|terminfo|texmf|timezone|xml)$/;

const nestedConfiguration = ['ssl', 'pki', 'pki/tls', 'pki/ca-trust'] as const;
const topLevelFolders = ['bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32'] as const;

/**
 * Files under `/proc` that tell about the host and not about the sandbox. The kernel refuses to
 * write them anyway; a host root's notebook has no business reading them.
 */
const hiddenProcFiles = [
  'cgroups',
  'cmdline',
  'config.gz',
  'consoles',
  'devices',
  'diskstats',
  'interrupts',
  'iomem',
  'ioports',
  'kallsyms',
  'kcore',
  'key-users',
  'keys',
  'kmsg',
  'kpagecgroup',
  'kpagecount',
  'kpageflags',
  'latency_stats',
  'locks',
  'modules',
  'partitions',
  'sched_debug',
  'schedstat',
  'slabinfo',
  'softirqs',
  'sysrq-trigger',
  'timer_list',
  'vmallocinfo',
] as const;

const hiddenProcFolders = ['acpi', 'asound', 'bus', 'driver', 'fs', 'irq', 'scsi'] as const;

/** bwrap options; they do not depend on the person, so they are found once. */
export interface HostRoot {
  readonly folders: readonly string[];
  readonly hiddenProc: readonly string[];
}

export async function readHostRoot(): Promise<HostRoot> {
  const [topLevel, configuration, cache, hiddenFiles, hiddenFolders] = await Promise.all([
    Promise.all(topLevelFolders.map((name) => showEntry(`/${name}`))),
    showConfiguration(),
    showEntry('/var/cache/fontconfig'),
    Promise.all(hiddenProcFiles.map(hideFile)),
    Promise.all(hiddenProcFolders.map(hideFolder)),
  ]);
  return {
    folders: [
      ...['--ro-bind', '/usr', '/usr'],
      ...topLevel.flat(),
      ...['--dir', '/etc', '--dir', '/opt', '--dir', '/run', '--dir', '/var'],
      ...['--symlink', '../tmp', '/var/tmp'],
      ...configuration,
      ...cache,
    ],
    hiddenProc: [...hiddenFiles.flat(), ...hiddenFolders.flat()],
  };
}

async function showConfiguration(): Promise<string[]> {
  const names = await readdir('/etc');
  for (const folder of nestedConfiguration) {
    const nested = await readdir(join('/etc', folder)).catch(() => []);
    names.push(...nested.map((name) => join(folder, name)));
  }
  const shown = names.filter((name) => configurationNames.test(name)).sort();
  return (await Promise.all(shown.map((name) => showEntry(join('/etc', name))))).flat();
}

/** A link into `/usr` stays a link; everything else is bound read-only. Nothing where it is missing. */
async function showEntry(path: string): Promise<string[]> {
  const entry = await lstat(path).catch(() => undefined);
  if (entry === undefined) return [];
  if (entry.isSymbolicLink()) {
    const target = await realpath(path).catch(() => undefined);
    if (target === undefined) return [];
    if (target.startsWith('/usr/')) return ['--symlink', await readlink(path), path];
  }
  return (await isReadableByAll(path)) ? ['--ro-bind', path, path] : [];
}

async function isReadableByAll(path: string): Promise<boolean> {
  const entry = await stat(path);
  const needed = entry.isDirectory() ? 0o005 : 0o004;
  return (entry.mode & needed) === needed;
}

async function hideFile(name: string): Promise<string[]> {
  const path = `/proc/${name}`;
  return (await exists(path)) ? ['--ro-bind', '/dev/null', path] : [];
}

async function hideFolder(name: string): Promise<string[]> {
  const path = `/proc/${name}`;
  return (await exists(path)) ? ['--tmpfs', path, '--remount-ro', path] : [];
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
