import { mkdir, realpath } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { S3ManagerError } from '../errors/s3-manager-error.ts';

/**
 * Makes the folder of a file below `root`, which is resolved already, and refuses one that a link
 * leads out of it: a link that was there before must not carry a download elsewhere.
 *
 * @returns the path of the file with the links of its folders resolved
 * @throws S3ManagerError `UnsafeKey`
 */
export async function folderWithin(root: string, relativePath: string): Promise<string> {
  const folder = dirname(join(root, relativePath));
  await requireWithin(root, await nearestFolder(folder), relativePath);
  await mkdir(folder, { recursive: true });
  return await requireWithin(root, await realpath(folder), relativePath);
}

async function requireWithin(root: string, folder: string, relativePath: string): Promise<string> {
  const below = root.endsWith(sep) ? root : `${root}${sep}`;
  if (folder === root || folder.startsWith(below)) return folder;
  const state = 'a link leads out of the folder';
  throw new S3ManagerError('UnsafeKey', `Cannot save "${relativePath}": ${state}`);
}

/** The nearest that is there, resolved. */
async function nearestFolder(folder: string): Promise<string> {
  for (let at = folder; ; at = dirname(at)) {
    try {
      return await realpath(at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || at === dirname(at)) throw error;
    }
  }
}
