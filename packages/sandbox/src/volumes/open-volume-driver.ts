import type { HostSetup } from '../host-setup.ts';
import type { SandboxLog } from '../sandbox-host.ts';
import type { VolumeDriver } from './volume-driver.ts';
import { openGocryptfsDriver } from './volume-gocryptfs.ts';
import { openPlainDriver } from './volume-plain.ts';

export interface VolumeDriverOptions {
  readonly setup: HostSetup;
  readonly name: VolumeDriver['name'];
  /** Where volumes are mounted; of this driver alone. What an earlier process left there is unmounted. */
  readonly mountFolder: string;
  readonly log: SandboxLog;
}

/** @throws {VolumeError} */
export async function openVolumeDriver(options: VolumeDriverOptions): Promise<VolumeDriver> {
  const { setup, name, mountFolder, log } = options;
  switch (name) {
    case 'gocryptfs':
      return openGocryptfsDriver({ setup, mountFolder, log });
    case 'plain':
      return openPlainDriver(setup);
  }
}
