import { join } from 'node:path';
import type { ProfileName } from '@strongroom/contracts';
import {
  type CopyProgress,
  type MountedVolume,
  type Volume,
  type VolumeDriver,
  VolumeError,
} from '@strongroom/sandbox';
import type { StudioLog } from '../studios/studio-log.ts';
import { discard } from './discard.ts';
import { filesName, type HomePlace, volumeName } from './home-place.ts';
import { HomeReach } from './home-reach.ts';
import type { HomeSecrets } from './home-secrets.ts';
import { exists, makeVolume } from './make-volume.ts';
import { readSecret } from './secret-file.ts';

export interface HomeMountsOptions {
  /** `openHomesFolder` answers it. */
  readonly folder: string;
  readonly driver: VolumeDriver;
  readonly secrets: HomeSecrets;
  readonly quotaBytes: number | undefined;
  /** Copies what nobody uses, and reads it back (`copyVerified`). */
  copy(options: {
    readonly source: string;
    readonly target: string;
    readonly hostUid: number | undefined;
    onProgress(progress: CopyProgress): void;
  }): Promise<void>;
  readonly log: StudioLog;
  /** Files of an earlier version are encrypted now. */
  onEncrypted(profileName: ProfileName): void;
}

export interface HomeOwner {
  readonly profileName: ProfileName;
  /** `undefined` where the host is rootless. */
  readonly hostUid: number | undefined;
}

/** A copy of a home's volume, in a folder beside it. */
export interface HomeCopy extends HomeOwner {
  readonly folder: string;
  /** Names its mount point. */
  readonly name: string;
}

/** Makes homes and takes them within reach; whoever calls sees to it that no two do so at once. */
export class HomeMounts {
  readonly #options: HomeMountsOptions;

  constructor(options: HomeMountsOptions) {
    this.#options = options;
  }

  /** @throws {VolumeError | HomeSecretError} */
  async mount(place: HomePlace, { profileName, hostUid }: HomeOwner): Promise<HomeReach> {
    const { driver, secrets, quotaBytes } = this.#options;
    await this.#refuseEncrypted(place);
    const folder = driver.isEncrypted ? place.volume : place.files;
    const volume: Volume = { name: profileName, folder, hostUid, quotaBytes };
    await makeVolume({ driver, secrets, place, volume, profileName });
    const { secret, wrapped } = await this.#openSecret(profileName, folder);
    const mounted = await driver.mount(volume, secret);
    secret.fill(0);
    try {
      if (driver.isEncrypted) await this.#encryptFiles(place, { profileName, hostUid }, mounted);
    } catch (error) {
      await mounted.unmount();
      throw error;
    }
    return new HomeReach(mounted, wrapped);
  }

  /** To be read only. @throws {VolumeError | HomeSecretError} */
  async mountCopy({ profileName, hostUid, name, folder }: HomeCopy): Promise<HomeReach> {
    const { driver } = this.#options;
    const copied = join(folder, driver.isEncrypted ? volumeName : filesName);
    const { secret, wrapped } = await this.#openSecret(profileName, copied);
    const volume = { name, folder: copied, hostUid, quotaBytes: undefined };
    const mounted = await driver.mount(volume, secret, { isReadOnly: true });
    secret.fill(0);
    return new HomeReach(mounted, wrapped);
  }

  async #openSecret(profileName: ProfileName, folder: string) {
    const { driver, secrets } = this.#options;
    if (!driver.isEncrypted) return { secret: Buffer.alloc(0), wrapped: undefined };
    const wrapped = await readSecret(folder);
    return { secret: await secrets.open(profileName, wrapped), wrapped };
  }

  /**
   * Files that an earlier version left as they are. INVARIANT: while they are there they are the home,
   * and what is in the volume is a copy that nobody has used.
   */
  async #encryptFiles(
    place: HomePlace,
    { profileName, hostUid }: HomeOwner,
    mounted: MountedVolume,
  ): Promise<void> {
    const { log, folder, copy, onEncrypted } = this.#options;
    if (!(await exists(place.files))) return;
    log.info({ profileName }, 'Encrypting a home of an earlier version');
    await copy({
      ...{ source: place.files, target: mounted.folder, hostUid },
      onProgress: (progress) => log.info({ profileName, ...progress }, 'Encrypting a home'),
    });
    await discard(place.files, folder, log);
    log.info({ profileName }, 'Encrypted a home');
    onEncrypted(profileName);
  }

  /** An empty home in the place of an encrypted one would look like a loss. */
  async #refuseEncrypted(place: HomePlace): Promise<void> {
    if (this.#options.driver.isEncrypted || (await exists(place.files))) return;
    if (!(await exists(place.volume))) return;
    throw new VolumeError(
      'VolumeUnavailable',
      `Cannot open "${place.volume}": it is encrypted, and this machine cannot decrypt homes`,
    );
  }
}
