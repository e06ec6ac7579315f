import { join } from 'node:path';
import { type ProfileName, StrongroomError } from '@strongroom/contracts';
import { SerialQueue } from '../serial-queue.ts';
import { discard } from './discard.ts';
import {
  type HomeCopy,
  HomeMounts,
  type HomeMountsOptions,
  type HomeOwner,
} from './home-mounts.ts';
import { type HomePlace, homePlace, volumeName } from './home-place.ts';
import type { HomeReach } from './home-reach.ts';
import { exists } from './make-volume.ts';
import type { OpenHome } from './open-home.ts';
import { shredSecret } from './secret-file.ts';
import { snapshotFolders } from './snapshot-folders.ts';

export interface HomesOptions extends HomeMountsOptions {
  /** What was encrypted for this person can be read by nobody any more. */
  onShredded(profileName: ProfileName): void;
}

const disabledReason = 'The key of its home was disabled';
const lostReason = 'Its home could not be reached any more';

/**
 * Everybody's homes: mounted for as long as somebody uses them, and for no longer. What happens to one
 * home happens in turn; a key that is disabled waits for no turn.
 */
export class Homes {
  readonly #options: HomesOptions;
  readonly #mounts: HomeMounts;
  readonly #queues = new Map<ProfileName, SerialQueue>();
  readonly #reached = new Map<ProfileName, HomeReach>();
  readonly #copies = new Set<HomeReach>();
  readonly #stopListening: () => void;
  #isClosed = false;

  constructor(options: HomesOptions) {
    this.#options = options;
    this.#mounts = new HomeMounts(options);
    this.#stopListening = options.secrets.onChanged(() => this.#reviewSecrets());
  }

  /**
   * Mounts the home where it is not, and makes it where there is none.
   *
   * @throws {VolumeError | HomeSecretError}
   */
  open(profileName: ProfileName, hostUid: number | undefined): Promise<OpenHome> {
    return this.#inTurn(profileName, async () => {
      if (this.#isClosed) throw new StrongroomError('StudioStopped', 'The homes are closed');
      const reach = this.#reached.get(profileName) ?? (await this.#reach(profileName, hostUid));
      reach.enter();
      let isOpen = true;
      return {
        folder: reach.volume.folder,
        lost: reach.lost,
        close: async () => {
          if (!isOpen) return;
          isOpen = false;
          await this.#inTurn(profileName, () => this.#leave(profileName, reach));
        },
      };
    });
  }

  /**
   * Does something while nobody uses the home, and keeps everybody out meanwhile. The home is made
   * first where there is none, and encrypted where it is one of an earlier version.
   *
   * @throws {StrongroomError} `HomeInUse`
   */
  whileUnused<Result>(
    { profileName, hostUid }: HomeOwner,
    work: (place: HomePlace) => Promise<Result>,
  ): Promise<Result> {
    return this.#inTurn(profileName, async () => {
      if (this.#reached.has(profileName)) {
        throw new StrongroomError('HomeInUse', `The home of "${profileName}" is in use`, {
          remedy: 'Stop the studio first',
          values: { profileName },
        });
      }
      const place = this.placeOf(profileName);
      const reach = await this.#mounts.mount(place, { profileName, hostUid });
      await reach.volume.unmount();
      return work(place);
    });
  }

  /** A snapshot of a home, to be read. @throws {VolumeError | HomeSecretError} */
  async openCopy(copy: HomeCopy): Promise<OpenHome> {
    const reach = await this.#mounts.mountCopy(copy);
    this.#copies.add(reach);
    return {
      ...{ folder: reach.volume.folder, lost: reach.lost },
      close: async () => {
        this.#copies.delete(reach);
        await reach.volume.unmount();
      },
    };
  }

  /** Takes the home away at once and deletes it then; what is encrypted can be read by nobody. */
  delete(profileName: ProfileName): Promise<void> {
    const { secrets, log, folder, onShredded } = this.#options;
    this.#cutOff(profileName, 'The profile was removed');
    return this.#inTurn(profileName, async () => {
      const place = this.placeOf(profileName);
      if (!(await exists(place.folder))) return;
      const volumes = [place.folder, ...(await snapshotFolders(place))].map((parent) =>
        join(parent, volumeName),
      );
      const wasEncrypted = await exists(place.volume);
      for (const volume of volumes) await shredSecret(volume);
      await secrets.shred(profileName);
      await discard(place.folder, folder, log);
      log.info({ profileName, wasEncrypted }, 'Deleted a home');
      if (wasEncrypted) onShredded(profileName);
    });
  }

  placeOf(profileName: ProfileName): HomePlace {
    return homePlace(this.#options.folder, profileName);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stopListening();
    const closing = [...this.#queues.keys()].map((profileName) =>
      this.#inTurn(profileName, async () => {
        await this.#reached.get(profileName)?.volume.unmount();
        this.#reached.delete(profileName);
      }),
    );
    await Promise.allSettled(closing);
    await this.#options.driver.close();
  }

  async #reach(profileName: ProfileName, hostUid: number | undefined): Promise<HomeReach> {
    const reach = await this.#mounts.mount(this.placeOf(profileName), { profileName, hostUid });
    this.#reached.set(profileName, reach);
    void reach.volume.ended.then(() => this.#ended(profileName, reach));
    // It may have been disabled while the home was mounted.
    this.#reviewSecrets();
    return reach;
  }

  async #leave(profileName: ProfileName, reach: HomeReach): Promise<void> {
    reach.leave();
    if (reach.userCount > 0) return;
    if (this.#reached.get(profileName) === reach) this.#reached.delete(profileName);
    await reach.volume.unmount();
  }

  #ended(profileName: ProfileName, reach: HomeReach): void {
    if (this.#reached.get(profileName) !== reach) return;
    this.#options.log.error({ profileName }, 'A home ended while it was in use');
    this.#cutOff(profileName, lostReason);
  }

  #reviewSecrets(): void {
    const isCut = ({ wrapped }: HomeReach) =>
      wrapped !== undefined && !this.#options.secrets.isUsable(wrapped);
    for (const [profileName, reach] of this.#reached) {
      if (isCut(reach)) this.#cutOff(profileName, disabledReason);
    }
    for (const copy of this.#copies) {
      if (isCut(copy)) void copy.volume.cutOff();
    }
  }

  /** Now: whoever uses the home is told, and reads nothing more. */
  #cutOff(profileName: ProfileName, reason: string): void {
    const reach = this.#reached.get(profileName);
    if (reach === undefined) return;
    this.#reached.delete(profileName);
    reach.lose(reason);
    const cutOff = reach.volume.cutOff();
    // The next one to open it comes after that.
    this.#inTurn(profileName, () => cutOff).catch((error: unknown) =>
      this.#options.log.error({ profileName, err: error }, 'Cannot unmount a home'),
    );
    this.#options.log.warn({ profileName, reason }, 'A home was taken away');
  }

  #inTurn<Result>(profileName: ProfileName, work: () => Promise<Result>): Promise<Result> {
    let queue = this.#queues.get(profileName);
    if (queue === undefined) {
      queue = new SerialQueue();
      this.#queues.set(profileName, queue);
    }
    return queue.run(work);
  }
}
