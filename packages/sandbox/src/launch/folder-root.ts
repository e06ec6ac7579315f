import type { Stats } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { SandboxError } from '../sandbox-error.ts';

/** What a sandbox sees of a root file system; `path` is absolute inside and below the root's folder. */
export type RootEntry =
  | { readonly kind: 'folder'; readonly path: string }
  /** Made anew inside, where alone it leads anywhere. */
  | { readonly kind: 'link'; readonly path: string; readonly target: string };

/** Folders that a distribution with a merged `/usr` has as links into it. */
const mergedNames: ReadonlySet<string> = new Set([
  'bin',
  'sbin',
  'lib',
  'lib32',
  'lib64',
  'libx32',
]);
const mergedTarget = /^\/?usr\/[a-z0-9]+$/;

/** Ours, the kernel's or the person's in every sandbox: what an image has there is not shown. */
const ownNames: ReadonlySet<string> = new Set(
  ['etc', 'proc', 'sys', 'dev', 'tmp', 'run', 'home', 'root', 'boot', 'mnt', 'media'].concat(
    ...['lost+found', 'opt', 'var'],
  ),
);
const shownName = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}$/;
/** Our own programs are mounted there. */
const ownFolderOfOpt = 'strongroom';
const shownFoldersOfVar = ['lib', 'cache'];
const maximumEntryCount = 256;
const writableByOthers = 0o022;

/**
 * What of a folder becomes a sandbox's root.
 *
 * INVARIANT: no link of the folder is ever followed out here. bwrap resolves the sources of mounts on
 * the host and follows links below its targets, so an image's `/usr` that leads to the host's `/etc`
 * would show that: only real folders are bound, and below a link nothing is mounted.
 *
 * @throws {SandboxError} `RootUnusable`
 */
export async function readFolderRoot(folder: string): Promise<readonly RootEntry[]> {
  requireOwnFolder(folder, '/', await look(folder));
  requireOwnFolder(folder, '/usr', await look(join(folder, 'usr')));
  const etc = await look(join(folder, 'etc'));
  if (etc !== undefined) requireOwnFolder(folder, '/etc', etc);
  const entries = [
    ...(await readTopLevel(folder)),
    ...(await readOpt(folder)),
    ...(await readVar(folder)),
  ];
  if (entries.length > maximumEntryCount) throw unusable(folder, 'it has too many folders');
  return entries;
}

/** bwrap options. `place`: where bwrap finds the folder. */
export function folderRootArguments(entries: readonly RootEntry[], place: string): string[] {
  return [
    ...['--dir', '/opt', '--dir', '/run', '--dir', '/var', '--symlink', '../tmp', '/var/tmp'],
    ...entries.flatMap((entry) =>
      entry.kind === 'link'
        ? ['--symlink', entry.target, entry.path]
        : ['--ro-bind', join(place, entry.path), entry.path],
    ),
  ];
}

async function readTopLevel(folder: string): Promise<RootEntry[]> {
  const names = (await readdir(folder)).filter((name) => !ownNames.has(name)).sort();
  const entries: RootEntry[] = [];
  for (const name of names) {
    if (!shownName.test(name)) continue;
    const path = `/${name}`;
    const found = await look(join(folder, name));
    if (found?.isDirectory() === true) {
      requireOwnFolder(folder, path, found);
      entries.push({ kind: 'folder', path });
    } else if (found?.isSymbolicLink() === true && mergedNames.has(name)) {
      const target = await readlink(join(folder, name));
      if (!mergedTarget.test(target)) throw unusable(folder, `${path} leads to "${target}"`);
      entries.push({ kind: 'link', path, target });
    }
  }
  return entries;
}

async function readOpt(folder: string): Promise<RootEntry[]> {
  const opt = join(folder, 'opt');
  const found = await look(opt);
  if (found?.isDirectory() !== true) return [];
  requireOwnFolder(folder, '/opt', found);
  const entries: RootEntry[] = [];
  for (const name of (await readdir(opt)).sort()) {
    if (!shownName.test(name) || name === ownFolderOfOpt) continue;
    const path = `/opt/${name}`;
    const entry = await look(join(opt, name));
    if (entry?.isDirectory() === true) entries.push({ kind: 'folder', path });
    if (entry?.isSymbolicLink() === true) {
      entries.push({ kind: 'link', path, target: await readlink(join(opt, name)) });
    }
  }
  return entries;
}

async function readVar(folder: string): Promise<RootEntry[]> {
  const above = await look(join(folder, 'var'));
  if (above?.isDirectory() !== true) return [];
  requireOwnFolder(folder, '/var', above);
  const entries: RootEntry[] = [];
  for (const name of shownFoldersOfVar) {
    const found = await look(join(folder, 'var', name));
    if (found?.isDirectory() === true) entries.push({ kind: 'folder', path: `/var/${name}` });
  }
  return entries;
}

function look(path: string): Promise<Stats | undefined> {
  return lstat(path).catch(() => undefined);
}

/** Whoever may write there could put a link in a folder's place between this look and the mount. */
function requireOwnFolder(folder: string, path: string, found: Stats | undefined): void {
  if (found === undefined) throw unusable(folder, `${path} is missing`);
  if (!found.isDirectory()) throw unusable(folder, `${path} is no folder`);
  const isOurs = found.uid === 0 || found.uid === process.geteuid?.();
  if (!isOurs) throw unusable(folder, `${path} belongs to another user (${found.uid})`);
  if ((found.mode & writableByOthers) !== 0) {
    throw unusable(folder, `${path} may be written by others than its owner`);
  }
}

export function unusable(folder: string, why: string, cause?: unknown): SandboxError {
  const message = `Cannot use "${folder}" as the root of a sandbox: ${why}`;
  return new SandboxError('RootUnusable', message, { cause });
}
