import { randomBytes } from 'node:crypto';
import { open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** `undefined` where there is no such file. */
export async function readText(path: string): Promise<string | undefined> {
  try {
    const bytes = await readFile(path);
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    if (error instanceof TypeError) throw new Error('it is not UTF-8 text');
    throw error;
  }
}

/** Names people and host names, so it is for its owner alone until they decide otherwise. */
export async function createFile(path: string, text: string): Promise<void> {
  await writeDurably(path, text, 0o600);
  await syncFolder(dirname(path));
}

/**
 * Replaces the whole file or nothing of it, through a crash too (write beside it, fsync, rename,
 * fsync of the folder). Mode and owner stay; a link to the file stays a link.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const target = await realpath(path);
  const { mode, uid, gid } = await stat(target);
  // A rename would succeed on a file that its owner made read-only.
  if ((mode & 0o222) === 0) throw new Error('it is read-only');
  const temporary = `${target}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await writeDurably(temporary, text, mode & 0o777, { uid, gid });
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(target));
}

async function writeDurably(
  path: string,
  text: string,
  mode: number,
  owner?: { uid: number; gid: number },
): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    // Past the umask, which applies to what `open` is given.
    await file.chmod(mode);
    const { uid, gid } = await file.stat();
    if (owner && (owner.uid !== uid || owner.gid !== gid)) await file.chown(owner.uid, owner.gid);
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
