import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { KeyError } from './keys/key-error.ts';

/** Only the owner may read or write it. */
const ownerOnly = 0o600;
const everyoneElse = 0o077;

/**
 * The file is the old one or the new one, also after a power cut: written beside it, synced, renamed,
 * and the folder synced, because a rename is the folder's data.
 */
export async function replacePrivateFile(path: string, content: string | Buffer): Promise<void> {
  const draft = `${path}.draft`;
  // A crash may have left one. It has keys in it, so it does not stay beside the next one.
  await rm(draft, { force: true });
  try {
    const file = await open(draft, 'wx', ownerOnly);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/**
 * `undefined` where there is none.
 *
 * @throws {KeyError} `KeyUnavailableException` when others than this process's user may read or write it
 */
export async function readPrivateFile(path: string): Promise<Buffer | undefined> {
  const file = await openIfThere(path);
  if (file === undefined) return undefined;
  try {
    // Of the opened file, so that what is checked is what is read.
    const { mode, uid } = await file.stat();
    if ((mode & everyoneElse) === 0 && uid === process.getuid?.()) return await file.readFile();
    throw new KeyError(
      'KeyUnavailableException',
      `Cannot read "${path}": others may (owner ${uid}, mode ${(mode & 0o777).toString(8)}). ` +
        'Find out who did, then make it this user’s own: chmod 600',
    );
  } finally {
    await file.close();
  }
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
