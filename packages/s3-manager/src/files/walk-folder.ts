import type { Dirent } from 'node:fs';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { KeyFilter } from '../keys/key-filter.ts';
import { isUnfinishedName } from './unfinished-file.ts';

/** A file below the folder. */
export interface LocalFile {
  /** Relative to the folder, with slashes. */
  readonly key: string;
  /** With links resolved, so that it can be opened without following any. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedAt: Date;
}

/** Something below the folder that is left alone, and why. */
export interface IgnoredEntry {
  readonly key: string;
  readonly reason: 'link-out-of-folder' | 'link-to-folder' | 'not-a-file' | 'name-not-utf8';
}

/**
 * Every file below the folder that the filter takes. A link is followed only to a file in the same
 * folder: whoever can write there could otherwise have any file of this account uploaded.
 */
export async function walkFolder(
  folder: string,
  filter: KeyFilter,
): Promise<{ readonly files: LocalFile[]; readonly ignored: IgnoredEntry[] }> {
  const root = await realpath(folder);
  const files: LocalFile[] = [];
  const ignored: IgnoredEntry[] = [];

  const visit = async (path: string, prefix: string): Promise<void> => {
    for (const entry of await readdir(path, { withFileTypes: true })) {
      const key = `${prefix}${entry.name}`;
      if (entry.isDirectory()) {
        await visit(join(path, entry.name), `${key}/`);
        continue;
      }
      if (!filter(key) || isUnfinishedName(entry.name)) continue;
      const found = await look(root, path, entry);
      // Gone since the folder was read.
      if (found === undefined) continue;
      if (typeof found === 'string') ignored.push({ key, reason: found });
      else files.push({ key, ...found });
    }
  };
  await visit(root, '');
  return { files, ignored };
}

async function look(
  root: string,
  folder: string,
  entry: Dirent,
): Promise<Omit<LocalFile, 'key'> | IgnoredEntry['reason'] | undefined> {
  // What Node.js puts in the place of bytes that are no UTF-8: neither a key nor a path.
  if (entry.name.includes('\ufffd')) return 'name-not-utf8';
  const path = join(folder, entry.name);
  if (!entry.isSymbolicLink()) {
    if (!entry.isFile()) return 'not-a-file';
    const status = await lstat(path).catch(missing);
    return status && { path, sizeBytes: status.size, modifiedAt: status.mtime };
  }
  const target = await realpath(path).catch(missing);
  if (target === undefined || !target.startsWith(root.endsWith(sep) ? root : `${root}${sep}`)) {
    return 'link-out-of-folder';
  }
  const status = await stat(target);
  if (status.isDirectory()) return 'link-to-folder';
  if (!status.isFile()) return 'not-a-file';
  return { path: target, sizeBytes: status.size, modifiedAt: status.mtime };
}

function missing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ELOOP') return undefined;
  throw error;
}
