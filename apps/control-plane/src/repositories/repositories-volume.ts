import { setMaxListeners } from 'node:events';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StrongroomError } from '@strongroom/contracts';
import {
  type MountedVolume,
  type Volume,
  type VolumeDriver,
  VolumeError,
} from '@strongroom/sandbox';
import { syncFolder } from '../config/file-on-disk.ts';
import { exists } from '../homes/make-volume.ts';
import { readSecret, writeSecret } from '../homes/secret-file.ts';
import { SerialQueue } from '../serial-queue.ts';
import type { StudioLog } from '../studios/studio-log.ts';
import type { VolumeSecret } from './volume-secret.ts';

export interface RepositoriesVolumeOptions {
  /** `<dataFolder>/repositories` */
  readonly folder: string;
  /** The one of the homes: what it mounts, sandboxes of people let go of. */
  readonly driver: VolumeDriver;
  readonly secret: VolumeSecret;
  readonly hostUid: number | undefined;
  readonly quotaBytes: number | undefined;
  readonly log: StudioLog;
}

export interface OpenVolume {
  readonly folder: string;
  /** Aborted when nothing in it can be reached any more. */
  readonly lost: AbortSignal;
}

interface Mounted {
  readonly volume: MountedVolume;
  readonly wrapped: Buffer | undefined;
  readonly lost: AbortController;
}

/** No profile's name begins with a hyphen, so no home is mounted at this place. */
const volumeName = '-repositories';

/** The one volume that all repositories lie in: mounted at the first use, until its key is disabled. */
export class RepositoriesVolume {
  readonly #options: RepositoriesVolumeOptions;
  readonly #queue = new SerialQueue();
  readonly #stopListening: () => void;
  #mounted: Mounted | undefined;
  #isClosed = false;

  constructor(options: RepositoriesVolumeOptions) {
    this.#options = options;
    this.#stopListening = options.secret.onChanged(() => this.#review());
  }

  /**
   * `prepare` is called each time that the volume is mounted, before anybody uses it.
   *
   * @throws {StrongroomError} `KeyUnavailable`, `RepositoryUnavailable`
   */
  open(prepare: (folder: string) => Promise<void>): Promise<OpenVolume> {
    const known = this.#mounted;
    if (known !== undefined) return Promise.resolve(opened(known));
    return this.#queue.run(async () => {
      if (this.#isClosed) throw unavailable('this installation stops');
      const mounted = this.#mounted ?? (await this.#mount(prepare));
      return opened(mounted);
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stopListening();
    await this.#queue.run(async () => {
      const mounted = this.#mounted;
      this.#mounted = undefined;
      mounted?.lost.abort();
      await mounted?.volume.unmount();
    });
  }

  async #mount(prepare: (folder: string) => Promise<void>): Promise<Mounted> {
    const { driver, secret: secrets, log } = this.#options;
    try {
      const volume = this.#place();
      await this.#make(volume);
      const wrapped = driver.isEncrypted ? await readSecret(volume.folder) : undefined;
      const secret = wrapped === undefined ? Buffer.alloc(0) : await secrets.open(wrapped);
      const mounted = { volume: await driver.mount(volume, secret), wrapped };
      secret.fill(0);
      await prepare(mounted.volume.folder).catch(async (error: unknown) => {
        await mounted.volume.unmount();
        throw error;
      });
      const lost = new AbortController();
      // Each Git at work listens.
      setMaxListeners(0, lost.signal);
      return this.#follow({ ...mounted, lost });
    } catch (error) {
      if (error instanceof StrongroomError) throw error;
      log.error({ err: error }, 'Cannot open the volume of the repositories');
      throw unavailable('their volume could not be opened', error);
    }
  }

  #follow(mounted: Mounted): Mounted {
    this.#mounted = mounted;
    void mounted.volume.ended.then(() => this.#lose(mounted, 'It could not be reached any more'));
    // It may have been disabled while the volume was mounted.
    this.#review();
    return mounted;
  }

  #review(): void {
    const mounted = this.#mounted;
    if (mounted?.wrapped === undefined) return;
    if (!this.#options.secret.isUsable(mounted.wrapped))
      this.#lose(mounted, 'Its key was disabled');
  }

  /** Now: whoever uses it is told, and reads nothing more. */
  #lose(mounted: Mounted, reason: string): void {
    if (this.#mounted !== mounted) return;
    this.#mounted = undefined;
    mounted.lost.abort();
    const { log } = this.#options;
    log.warn({ reason }, 'The volume of the repositories was taken away');
    const cutOff = mounted.volume.cutOff();
    this.#queue
      .run(() => cutOff)
      .catch((error: unknown) => log.error({ err: error }, 'Cannot unmount the repositories'));
  }

  #place(): Volume {
    const { folder, driver, hostUid, quotaBytes } = this.#options;
    const name = driver.isEncrypted ? 'volume' : 'files';
    return { name: volumeName, folder: join(folder, name), hostUid, quotaBytes };
  }

  /** It gets its name when all of it is on the disk, so one that lacks a part is damaged. */
  async #make(volume: Volume): Promise<void> {
    if (await exists(volume.folder)) return;
    const { folder, driver, secret: secrets } = this.#options;
    await this.#refuseOther();
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const partial = { ...volume, folder: `${volume.folder}.partial` };
    await rm(partial.folder, { recursive: true, force: true });
    if (driver.isEncrypted) {
      const { secret, wrapped } = await secrets.create();
      await driver.create(partial, secret);
      secret.fill(0);
      await writeSecret(partial.folder, wrapped);
    } else {
      await driver.create(partial, Buffer.alloc(0));
    }
    await rename(partial.folder, volume.folder);
    await syncFolder(folder);
  }

  /** An empty volume in the place of one that this machine opens no more would look like a loss. */
  async #refuseOther(): Promise<void> {
    const { folder, driver } = this.#options;
    const other = join(folder, driver.isEncrypted ? 'files' : 'volume');
    if (!(await exists(other))) return;
    throw new VolumeError(
      'VolumeUnavailable',
      `Cannot open the repositories: "${other}" is there, which this machine now would keep in another way`,
    );
  }
}

function opened({ volume, lost }: Mounted): OpenVolume {
  return { folder: volume.folder, lost: lost.signal };
}

function unavailable(why: string, cause?: unknown): StrongroomError {
  return new StrongroomError('RepositoryUnavailable', `Cannot open the repositories: ${why}`, {
    remedy: 'Give an administrator the reference.',
    cause,
  });
}
