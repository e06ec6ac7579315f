import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const processName = 'studio';

/** `/proc/<pid>/stat` has 52 fields (proc(5)): sleeping, started with the host, everything else 0. */
const stat = `1 (${processName}) S 0 1 1 ${Array.from({ length: 46 }, () => '0').join(' ')}`;

const status = [
  `Name:\t${processName}`,
  'Umask:\t0022',
  'State:\tS (sleeping)',
  'Tgid:\t1',
  'Pid:\t1',
  'PPid:\t0',
  'TracerPid:\t0',
  'Uid:\t1000\t1000\t1000\t1000',
  'Gid:\t1000\t1000\t1000\t1000',
  'VmRSS:\t0 kB',
  'Threads:\t1',
  'voluntary_ctxt_switches:\t0',
  'nonvoluntary_ctxt_switches:\t0',
];

const files: Readonly<Record<string, string>> = {
  stat: `${stat}\n`,
  statm: '0 0 0 0 0 0 0\n',
  status: `${status.join('\n')}\n`,
  comm: `${processName}\n`,
  cmdline: `${processName}\0`,
};

/** There, but closed, as another user's process has them: programs take "permission denied" well. */
const closedFiles = ['environ', 'io', 'limits', 'maps', 'numa_maps', 'smaps', 'smaps_rollup'];

const emptyFolders = ['fd', 'task'];

const links: Readonly<Record<string, string>> = { root: '/', cwd: '/', exe: '/usr/bin/bwrap' };

/**
 * What covers `/proc/1` in every sandbox: enough that programs that list processes (ps, psutil) find
 * a process there, and nothing of the real one.
 */
export async function makeProcessOneFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  for (const name of emptyFolders) {
    await mkdir(join(folder, name), { recursive: true, mode: 0o755 });
  }
  for (const [file, text] of Object.entries(files)) {
    await writeFile(join(folder, file), text, { mode: 0o644 });
  }
  for (const file of closedFiles) await writeFile(join(folder, file), '', { mode: 0o000 });
  for (const [link, target] of Object.entries(links)) await symlink(target, join(folder, link));
}
