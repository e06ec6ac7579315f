import { chown, lstat, mkdir } from 'node:fs/promises';
import type { HostSetup } from '../host-setup.ts';
import { changeOwner } from './change-owner.ts';
import { copyFolder, syncFolder } from './copy-folder.ts';
import type { VolumeDriver } from './volume-driver.ts';
import { VolumeError } from './volume-error.ts';

/** Folders as they are, for hosts whose operator accepts that homes are not encrypted. */
export function openPlainDriver(setup: HostSetup): VolumeDriver {
  const { volumeTools } = setup;
  return {
    name: 'plain',
    isEncrypted: false,
    mountFolder: undefined,
    async create({ folder, hostUid }) {
      await mkdir(folder, { mode: 0o700 });
      if (hostUid !== undefined) await chown(folder, hostUid, hostUid);
      await syncFolder(volumeTools, folder);
    },
    async mount({ folder, hostUid }) {
      await requireFolder(folder);
      await changeOwner(volumeTools, folder, hostUid);
      let end: () => void = () => undefined;
      const ended = new Promise<void>((resolve) => {
        end = resolve;
      });
      const close = async () => end();
      return { folder, ended, unmount: close, cutOff: close };
    },
    copy: (folder, target) => copyFolder(volumeTools, folder, target),
    close: async () => undefined,
  };
}

/** @throws {VolumeError} `VolumeDamaged` */
async function requireFolder(folder: string): Promise<void> {
  const isThere = await lstat(folder).catch(() => undefined);
  if (isThere !== undefined) return;
  throw new VolumeError('VolumeDamaged', `Cannot open "${folder}": it is not there`);
}
