import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, realpath, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const mergedFolders = ['bin', 'sbin', 'lib', 'lib64'];

/**
 * A root file system of a few of the host's own programs with what they load, laid out as Debian does
 * (a merged `/usr`): enough to start something in, made in milliseconds. `mounted`: absolute paths of
 * programs that come from elsewhere, so that only what they load has to be there.
 */
export async function makeTinyRoot(
  folder: string,
  programs: readonly string[] = ['sh', 'cat', 'id', 'ls'],
  mounted: readonly string[] = [],
): Promise<void> {
  for (const name of mergedFolders) {
    await mkdir(join(folder, 'usr', name), { recursive: true, mode: 0o755 });
    await symlink(`usr/${name}`, join(folder, name));
  }
  await mkdir(join(folder, 'etc'), { mode: 0o755 });
  await chmod(folder, 0o755);
  const copied = new Set<string>();
  for (const program of programs) {
    const path = await realpath(join('/usr/bin', program));
    await copyOnce(path, join(folder, 'usr', 'bin', program), copied);
    await copyLibraries(path, folder, copied);
  }
  for (const path of mounted) await copyLibraries(path, folder, copied);
}

async function copyLibraries(path: string, folder: string, copied: Set<string>): Promise<void> {
  for (const library of await librariesOf(path)) {
    await copyOnce(library, join(folder, inUsr(library)), copied);
  }
}

/** The paths that ldd(1) names. */
async function librariesOf(path: string): Promise<string[]> {
  const { stdout } = await run('ldd', [path]);
  return [...stdout.matchAll(/(\/\S+)\s+\(0x/g)].flatMap(([, library = '']) => library);
}

function inUsr(path: string): string {
  return path.startsWith('/usr/') ? path : join('/usr', path);
}

async function copyOnce(source: string, target: string, copied: Set<string>): Promise<void> {
  const name = basename(target);
  if (copied.has(target)) return;
  copied.add(target);
  await mkdir(dirname(target), { recursive: true, mode: 0o755 });
  await copyFile(source, target);
  await chmod(target, name.includes('.so') ? 0o644 : 0o755);
  if (name.startsWith('ld-')) await chmod(target, 0o755);
}
