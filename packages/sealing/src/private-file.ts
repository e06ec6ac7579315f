import { randomUUID } from 'node:crypto';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
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
  const draft = `${path}.${randomUUID()}.draft`;
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
 * @throws {KeyError} `KeyUnavailableException` when others than the owner may read or write it
 */
export async function readPrivateFile(path: string): Promise<Buffer | undefined> {
  try {
    const { mode } = await stat(path);
    if ((mode & everyoneElse) !== 0) {
      throw new KeyError(
        'KeyUnavailableException',
        `Cannot read "${path}": others than its owner may (mode ${(mode & 0o777).toString(8)}). ` +
          'Find out who did, then take their rights away: chmod 600',
      );
    }
    return await readFile(path);
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
