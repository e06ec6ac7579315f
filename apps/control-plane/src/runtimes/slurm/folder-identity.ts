import { stat, statfs } from 'node:fs/promises';

/**
 * Tells whether two hosts see one folder: the kind of its file system and its inode. A home that is not
 * mounted on the other host is another folder there, and nobody's files are to be written into that.
 */
export async function folderIdentity(path: string): Promise<string> {
  const [{ ino }, { type }] = await Promise.all([
    stat(path, { bigint: true }),
    statfs(path, { bigint: true }),
  ]);
  return `${type}:${ino}`;
}
