import { chmod, chown, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProfileName } from '@strongroom/contracts';
import { deleteDiscarded, discard } from '../homes/discard.ts';
import type { StudioLog } from './studio-log.ts';

/** Where each studio's runtime files lie on the host. */
export interface RuntimeFolders {
  /** A new, empty folder that a studio's sandboxes share; theirs alone (0700). */
  prepare(profileName: ProfileName, hostUid: number | undefined): Promise<string>;
  discard(profileName: ProfileName): Promise<void>;
}

export async function openRuntimeFolders(
  dataFolder: string,
  log: StudioLog,
): Promise<RuntimeFolders> {
  const parent = join(dataFolder, 'run', 'studios');
  await mkdir(parent, { recursive: true, mode: 0o700 });
  await chmod(parent, 0o700);
  await deleteDiscarded(parent, log);
  return {
    async prepare(profileName, hostUid) {
      const folder = join(parent, profileName);
      await discard(folder, parent, log);
      await mkdir(folder, { mode: 0o700 });
      if (hostUid !== undefined) await chown(folder, hostUid, hostUid);
      return folder;
    },
    discard: (profileName) => discard(join(parent, profileName), parent, log),
  };
}
