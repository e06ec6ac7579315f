import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The two files of `/etc` that name the person; all others are the same for everyone. */
export const personFileNames = ['passwd', 'group'] as const;

export const sandboxUserId = 1000;

export interface PersonFiles {
  /** The folder with a person's files, written at the first call. */
  folderOf(person: { readonly userName: string; readonly homeFolder: string }): Promise<string>;
}

/** The host's own accounts stay unseen. */
export function openPersonFiles(folder: string): PersonFiles {
  const written = new Map<string, Promise<string>>();
  return {
    folderOf({ userName, homeFolder }) {
      const key = `${userName}:${homeFolder}`;
      const known = written.get(key);
      if (known !== undefined) return known;
      const made = write(join(folder, userName), userName, homeFolder);
      written.set(key, made);
      made.catch(() => written.delete(key));
      return made;
    },
  };
}

async function write(folder: string, userName: string, homeFolder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o755 });
  const passwd = [
    'root:x:0:0:root:/root:/usr/sbin/nologin',
    `${userName}:x:${sandboxUserId}:${sandboxUserId}::${homeFolder}:/bin/bash`,
    'nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin',
  ];
  const group = ['root:x:0:', `${userName}:x:${sandboxUserId}:`, 'nogroup:x:65534:'];
  await Promise.all([
    writeFile(join(folder, 'passwd'), `${passwd.join('\n')}\n`, { mode: 0o644 }),
    writeFile(join(folder, 'group'), `${group.join('\n')}\n`, { mode: 0o644 }),
  ]);
  return folder;
}
