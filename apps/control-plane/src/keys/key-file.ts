import { constants } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createFile, replaceFile } from '../config/file-on-disk.ts';
import { StartError } from '../start-error.ts';

const maximumBytes = 64 * 1024;

/**
 * The text of a file that holds a secret; `undefined` where there is none. A link, somebody else's
 * file and one that others may read are refused: the key in it is no secret any more, or not ours.
 *
 * @throws {StartError} `KeyFileUnusable`
 */
export async function readKeyFile(path: string): Promise<string | undefined> {
  const file = await openExisting(path);
  if (file === undefined) return undefined;
  try {
    const status = await file.stat();
    if (!status.isFile()) throw unusable(path, 'it is no file', 'move it away');
    if (status.uid !== process.getuid?.()) {
      throw unusable(path, 'it belongs to another user', `chown it to the user that starts this`);
    }
    if ((status.mode & 0o077) !== 0) {
      const mode = (status.mode & 0o777).toString(8).padStart(4, '0');
      throw unusable(
        path,
        `its mode is ${mode}, so others may have read it`,
        `if nobody else did, chmod 600 "${path}"; otherwise remove it, and a new one is made`,
      );
    }
    if (status.size > maximumBytes) throw unusable(path, 'it is too long for a key', 'restore it');
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

/** Durable, and for its owner alone; the folder too. */
export async function writeKeyFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    await createFile(path, text);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    await replaceFile(path, text);
  }
}

export function unusable(path: string, why: string, mend: string, cause?: unknown): StartError {
  return new StartError(
    'KeyFileUnusable',
    `Cannot use the key file "${path}": ${why}; ${mend}`,
    cause === undefined ? {} : { cause },
  );
}

async function openExisting(path: string): Promise<FileHandle | undefined> {
  try {
    // Nothing is followed and nothing is waited for: not a link, not a pipe.
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    if (code === 'ELOOP') throw unusable(path, 'it is a link', 'put the file itself there', error);
    throw unusable(path, (error as Error).message, 'make it readable', error);
  }
}
