import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { nativePath } from './file-name.ts';

const temporaryNames = /^\.strongroom-[0-9a-f]{16}\.tmp$/;

/** Files being written: never listed. */
export function isTemporaryName(name: string): boolean {
  return temporaryNames.test(name);
}

/** A new, empty, exclusively created file beside the one it will replace (rename needs one device). */
export async function openTemporary(target: string): Promise<{ path: string; handle: FileHandle }> {
  const path = join(dirname(target), `.strongroom-${randomBytes(8).toString('hex')}.tmp`);
  return { path, handle: await open(nativePath(path), 'wx', 0o666) };
}

/**
 * Replaces `target` by what `write` puts into a temporary file. A reader sees the old file or the
 * new one, also after a crash: the data reach the disk before the rename, the rename before the
 * answer. On any failure, a full disk included, the old file is as it was.
 */
export async function replaceFile(
  target: string,
  mode: number | undefined,
  write: (handle: FileHandle) => Promise<void>,
): Promise<void> {
  const temporary = await openTemporary(target);
  try {
    try {
      await write(temporary.handle);
      await sealTemporary(temporary.handle, mode);
    } finally {
      await temporary.handle.close();
    }
    await rename(nativePath(temporary.path), nativePath(target));
  } catch (error) {
    await unlink(nativePath(temporary.path)).catch(() => {});
    throw error;
  }
  await syncFolder(dirname(target));
}

/** Gives the file the mode of the one it replaces, and its data to the disk. */
export async function sealTemporary(handle: FileHandle, mode: number | undefined): Promise<void> {
  if (mode !== undefined) await handle.chmod(mode & 0o7777);
  await handle.sync();
}

/** Makes a rename, a creation or a removal in this folder durable. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(nativePath(folder), 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Some file systems (FUSE) cannot sync a folder; the data themselves are synced.
    if (!isUnsupported(error)) throw error;
  } finally {
    await handle.close();
  }
}

function isUnsupported(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'EINVAL' || code === 'ENOSYS' || code === 'ENOTSUP';
}
