import { createHash, type Hash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { chmod, lchown, lstat, readdir, readlink, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { imageErrors } from './image-errors.ts';

export interface MeasuredTree {
  readonly sizeBytes: number;
  readonly entryCount: number;
  /** Of every entry's path, kind, rights, size, time and link target. */
  readonly hash: string;
}

/** No sandbox sees these of an image: a distribution's devices and mount points. */
const emptiedFolders = ['dev', 'proc', 'sys', 'run', 'tmp'];
const permissionBits = 0o7777;

/**
 * Makes an unpacked tree ours: nobody else may write in it, no program in it has more rights than who
 * starts it, and what is neither a file, a folder nor a link is gone.
 *
 * @throws {ImageError} `HasDevices`
 */
export async function settleTree(root: string): Promise<void> {
  for (const name of emptiedFolders) {
    const path = join(root, name);
    const found = await lstat(path).catch(() => undefined);
    if (found?.isDirectory() !== true) continue;
    for (const below of await readdir(path)) {
      await rm(join(path, below), { recursive: true, force: true });
    }
  }
  const [uid, gid] = [process.geteuid?.() ?? 0, process.getegid?.() ?? 0];
  await chmod(root, 0o755);
  await walk(root, '', async (path, shown, found) => {
    if (found.isBlockDevice() || found.isCharacterDevice()) throw imageErrors.hasDevices(shown);
    if (found.isFIFO() || found.isSocket()) return rm(path);
    if (found.uid !== uid || found.gid !== gid) await lchown(path, uid, gid);
    if (found.isSymbolicLink()) return;
    const mode = found.mode & permissionBits;
    const wanted = found.isDirectory() ? (mode & 0o755) | 0o700 : (mode & 0o755) | 0o400;
    // A change of owner takes set-user-id away, but not where there was none.
    if (mode !== wanted) await chmod(path, wanted);
  });
}

/** Follows no link. Two trees with one hash are the same but for the bytes in files of one size and time. */
export async function measureTree(root: string): Promise<MeasuredTree> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  let entryCount = 0;
  await walk(root, '', async (path, shown, found) => {
    entryCount += 1;
    if (found.isFile()) sizeBytes += found.size;
    const target = found.isSymbolicLink() ? await readlink(path) : '';
    describe(hash, [shown, kindOf(found), found.mode & permissionBits, found.uid, target]);
    if (found.isFile()) describe(hash, [found.size, Math.floor(found.mtimeMs)]);
  });
  return { sizeBytes, entryCount, hash: hash.digest('hex') };
}

/** In one order on every machine; a folder comes before what is in it. */
async function walk(
  root: string,
  below: string,
  visit: (path: string, shown: string, found: Stats) => Promise<void>,
): Promise<void> {
  for (const name of (await readdir(join(root, below))).sort()) {
    const shown = `${below}/${name}`;
    const path = join(root, shown);
    const found = await lstat(path);
    await visit(path, shown, found);
    if (found.isDirectory()) await walk(root, shown, visit);
  }
}

function describe(hash: Hash, fields: readonly (string | number)[]): void {
  hash.update(`${JSON.stringify(fields)}\n`);
}

function kindOf(found: Stats): string {
  if (found.isDirectory()) return 'folder';
  if (found.isSymbolicLink()) return 'link';
  return found.isFile() ? 'file' : 'other';
}
