import { access, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { HostSetup } from '../host-setup.ts';
import type { SandboxLog } from '../sandbox-host.ts';
import { changeOwner, giveTo } from './change-owner.ts';
import { CipherStores, type OpenStore } from './cipher-store.ts';
import { copyFolder, syncFolder } from './copy-folder.ts';
import { type GocryptfsProcess, initialize, startGocryptfs } from './gocryptfs-process.ts';
import { type MountGround, openMountGround } from './mount-ground.ts';
import type { MountedVolume, VolumeDriver } from './volume-driver.ts';
import { VolumeError } from './volume-error.ts';

export interface GocryptfsDriverOptions {
  readonly setup: HostSetup;
  /** Where volumes are mounted; of this driver alone. */
  readonly mountFolder: string;
  readonly log: SandboxLog;
}

const configurationName = 'gocryptfs.conf';
/** Nobody uses it any more: what keeps it is another namespace that saw the mount. */
const endMilliseconds = 1000;

/** Each file is sealed by itself, names too, in a folder that only the secret opens. */
export async function openGocryptfsDriver(options: GocryptfsDriverOptions): Promise<VolumeDriver> {
  const { setup, log } = options;
  const ground = await openMountGround(options.mountFolder, setup);
  const stores = new CipherStores({ setup, ground, log });
  const configurationOf = (folder: string) => join(folder, configurationName);
  return {
    name: 'gocryptfs',
    isEncrypted: true,
    mountFolder: ground.folder,
    async create(volume, secret, { contents } = {}) {
      await mkdir(volume.folder, { mode: 0o700 });
      const store = await stores.create(volume, contents);
      try {
        const configurationFile = configurationOf(volume.folder);
        await initialize(setup, { ...store, configurationFile }, secret);
        await giveTo(setup.volumeTools, volume.hostUid, [store.cipherFolder, configurationFile]);
        await syncFolder(setup.volumeTools, store.cipherFolder);
      } finally {
        await store.close();
      }
      await syncFolder(setup.volumeTools, volume.folder);
    },
    async mount(volume, secret, { isReadOnly = false } = {}) {
      const configurationFile = configurationOf(volume.folder);
      await requireConfiguration(configurationFile);
      const store = await stores.open(volume, { isReadOnly });
      try {
        await changeOwner(setup.volumeTools, configurationFile, volume.hostUid);
        const mountPoint = await ground.makePoint(volume.name);
        const sealing = await startGocryptfs({
          ...{ setup, secret, mountPoint, isReadOnly, hostUid: volume.hostUid },
          folders: { ...store, configurationFile },
          onDamage: () =>
            log.warn({ volume: volume.name }, 'A file of a home was changed on the disk'),
        });
        return mounted({ setup, ground, mountPoint, sealing, store });
      } catch (error) {
        await store.close();
        throw error;
      }
    },
    copy: (folder, target) => copyFolder(setup.volumeTools, folder, target),
    close: () => ground.close(),
  };
}

function mounted(parts: {
  setup: HostSetup;
  ground: MountGround;
  mountPoint: string;
  sealing: GocryptfsProcess;
  store: OpenStore;
}): MountedVolume {
  const { setup, ground, mountPoint, sealing, store } = parts;
  let closing: Promise<void> | undefined;

  async function close(): Promise<void> {
    await ground.unmount(mountPoint);
    await Promise.race([sealing.ended, setTimeout(endMilliseconds, undefined, { ref: false })]);
    sealing.kill();
    await sealing.ended;
    await store.close();
  }

  return {
    folder: mountPoint,
    ended: sealing.ended,
    unmount() {
      closing ??= syncFolder(setup.volumeTools, mountPoint)
        // Where gocryptfs is gone there is nothing left to pass on.
        .catch(() => undefined)
        .then(close);
      return closing;
    },
    cutOff() {
      sealing.kill();
      closing ??= close();
      return closing;
    },
  };
}

async function requireConfiguration(file: string): Promise<void> {
  try {
    await access(file);
  } catch (cause) {
    throw new VolumeError('VolumeDamaged', `Cannot open the volume: "${file}" is missing`, {
      cause,
    });
  }
}
