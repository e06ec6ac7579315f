import { lstat, readdir, readlink, stat } from 'node:fs/promises';

const topLevelFolders = ['bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32'] as const;

/**
 * Files under `/proc` that tell about the host and not about the sandbox. Those that only root may
 * read are refused by the kernel already; they are listed for the day one of them is not.
 */
const hiddenProcFiles = [
  'cmdline',
  'config.gz',
  'diskstats',
  'interrupts',
  'iomem',
  'kallsyms',
  'kcore',
  'key-users',
  'keys',
  'kmsg',
  'modules',
  'partitions',
  'sched_debug',
  'schedstat',
  'slabinfo',
  'softirqs',
  'sysrq-trigger',
  'timer_list',
] as const;

const alwaysHidden: ReadonlySet<string> = new Set(['kcore', 'sysrq-trigger']);
const hiddenProcFolders = ['acpi', 'asound', 'bus', 'driver', 'scsi'] as const;

/** bwrap options; they do not depend on the person, so they are found once. */
export interface HostRoot {
  readonly folders: readonly string[];
  readonly hiddenProc: readonly string[];
}

/** `emptyFile`: what covers a hidden file; every uid can read it. */
export async function readHostRoot(emptyFile: string): Promise<HostRoot> {
  const [topLevel, fontCache, hiddenFiles, hiddenFolders] = await Promise.all([
    Promise.all(topLevelFolders.map((name) => showEntry(`/${name}`))),
    showEntry('/var/cache/fontconfig'),
    Promise.all(hiddenProcFiles.map((name) => hideFile(name, emptyFile))),
    Promise.all(hiddenProcFolders.map(hideFolder)),
  ]);
  return {
    folders: [
      ...['--ro-bind', '/usr', '/usr'],
      ...topLevel.flat(),
      ...['--dir', '/opt', '--dir', '/run', '--dir', '/var', '--symlink', '../tmp', '/var/tmp'],
      ...fontCache,
    ],
    hiddenProc: [...hiddenFiles.flat(), ...hiddenFolders.flat()],
  };
}

/** A link (of a merged `/usr`) stays a link; a folder is bound read-only; nothing where it is missing. */
async function showEntry(path: string): Promise<string[]> {
  const entry = await lstat(path).catch(() => undefined);
  if (entry === undefined) return [];
  if (entry.isSymbolicLink()) return ['--symlink', await readlink(path), path];
  return ['--ro-bind', path, path];
}

async function hideFile(name: string, emptyFile: string): Promise<string[]> {
  const path = `/proc/${name}`;
  const entry = await stat(path).catch(() => undefined);
  if (entry === undefined) return [];
  const isReadableByAll = (entry.mode & 0o004) !== 0;
  return isReadableByAll || alwaysHidden.has(name) ? ['--ro-bind', emptyFile, path] : [];
}

async function hideFolder(name: string): Promise<string[]> {
  const path = `/proc/${name}`;
  const entries = await readdir(path).catch(() => []);
  if (entries.length === 0) return [];
  return ['--size', '4096', '--tmpfs', path, '--remount-ro', path];
}
