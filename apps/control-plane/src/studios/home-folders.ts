import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ProfileName } from '@strongroom/contracts';
import type { StudioLog } from './studio-log.ts';

/** Where each person's files and each studio's runtime files lie on the host. */
export interface HomeFolders {
  /** The person's home, made at the first call; theirs alone (0700). */
  prepareHome(profileName: ProfileName, hostUid: number | undefined): Promise<string>;
  /** A new, empty folder that a studio's sandboxes share; theirs alone (0700). */
  prepareRuntimeFolder(profileName: ProfileName, hostUid: number | undefined): Promise<string>;
  /** Takes the home away at once and deletes it then. Nothing may run in the studio. */
  deleteHome(profileName: ProfileName): Promise<void>;
  discardRuntimeFolder(profileName: ProfileName): Promise<void>;
}

const discardedPrefix = '.discarded-';

export async function openHomeFolders(dataFolder: string, log: StudioLog): Promise<HomeFolders> {
  const homes = join(dataFolder, 'homes');
  const runtimes = join(dataFolder, 'run', 'studios');
  for (const folder of [homes, runtimes]) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
    await deleteDiscarded(folder, log);
  }
  return {
    async prepareHome(profileName, hostUid) {
      const home = join(homes, profileName);
      const isNew = (await mkdir(home, { recursive: true, mode: 0o700 })) !== undefined;
      if (hostUid === undefined) return home;
      if (isNew) await chown(home, hostUid, hostUid);
      else await giveHome(home, hostUid);
      return home;
    },
    async prepareRuntimeFolder(profileName, hostUid) {
      await discard(runtimes, profileName, log);
      const folder = join(runtimes, profileName);
      await mkdir(folder, { mode: 0o700 });
      if (hostUid !== undefined) await chown(folder, hostUid, hostUid);
      return folder;
    },
    deleteHome: (profileName) => discard(homes, profileName, log),
    discardRuntimeFolder: (profileName) => discard(runtimes, profileName, log),
  };
}

/**
 * Where the person has another uid than before (removed with the files kept, then added again), the
 * files get it too. Links are changed, never followed.
 */
async function giveHome(home: string, hostUid: number): Promise<void> {
  const { uid } = await lstat(home);
  if (uid === hostUid) return;
  const owner = String(hostUid);
  const options = ['--recursive', '--no-dereference', '-P', `--from=${uid}`];
  await promisify(execFile)('chown', [...options, `${owner}:${owner}`, '--', home]);
}

/**
 * Sandboxed programs wrote what is in there, perhaps a tree too deep to delete, so the name is freed
 * first and the deleting cannot fail a start.
 */
async function discard(parent: string, name: string, log: StudioLog): Promise<void> {
  const discarded = join(parent, `${discardedPrefix}${randomBytes(8).toString('hex')}`);
  try {
    await rename(join(parent, name), discarded);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  void deleteFolder(discarded, log);
}

async function deleteDiscarded(parent: string, log: StudioLog): Promise<void> {
  for (const name of await readdir(parent)) {
    if (name.startsWith(discardedPrefix)) void deleteFolder(join(parent, name), log);
  }
}

async function deleteFolder(folder: string, log: StudioLog): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true });
  } catch (error) {
    log.warn({ folder, err: error }, 'Cannot delete a discarded folder');
  }
}
