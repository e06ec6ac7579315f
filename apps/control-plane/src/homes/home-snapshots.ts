import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type HomeSnapshot, type ProfileName, StrongroomError } from '@strongroom/contracts';
import type { VolumeDriver } from '@strongroom/sandbox';
import type { Clock } from '../clock.ts';
import { syncFolder } from '../config/file-on-disk.ts';
import type { Person } from '../identity/person.ts';
import { SerialQueue } from '../serial-queue.ts';
import type { StudioLog } from '../studios/studio-log.ts';
import { discard } from './discard.ts';
import { filesName, volumeName } from './home-place.ts';
import type { Homes } from './homes.ts';

export interface HomeSnapshotsOptions {
  readonly homes: Homes;
  /** Of all homes. */
  readonly folder: string;
  readonly driver: VolumeDriver;
  readonly hasHostUids: boolean;
  readonly clock: Clock;
  readonly log: StudioLog;
  /** Copies, in a sandbox of that person, everything that is in one folder into a new folder of the home. */
  restore(options: {
    readonly person: Person;
    readonly snapshotFolder: string;
    readonly homeFolder: string;
    readonly target: string;
  }): Promise<void>;
}

const partialSuffix = '.partial';
/** 2026-03-01T12-30-00Z-4f2a */
const snapshotIdPattern = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}Z-[0-9a-f]{4}$/;

/** Copies of homes as they were, sealed as the homes are, kept until they are deleted. */
export class HomeSnapshots {
  readonly #options: HomeSnapshotsOptions;
  readonly #acts = new SerialQueue();

  constructor(options: HomeSnapshotsOptions) {
    this.#options = options;
  }

  /** Of a home that nobody uses; who wants to use it waits. @throws {StrongroomError} `HomeInUse` */
  create(person: Person): Promise<HomeSnapshot> {
    const { homes, driver, clock } = this.#options;
    const owner = { profileName: person.profileName, hostUid: this.#hostUidOf(person) };
    return this.#acts.run(() =>
      homes.whileUnused(owner, async (place) => {
        const createdAt = clock();
        const snapshotId = newSnapshotId(createdAt);
        const folder = join(place.snapshots, snapshotId);
        const partial = `${folder}${partialSuffix}`;
        await mkdir(partial, { recursive: true, mode: 0o700 });
        try {
          const [from, name] = driver.isEncrypted
            ? [place.volume, volumeName]
            : [place.files, filesName];
          await driver.copy(from, join(partial, name));
        } catch (error) {
          await rm(partial, { recursive: true, force: true });
          throw error;
        }
        await rename(partial, folder);
        await syncFolder(place.snapshots);
        return { snapshotId, createdAt: createdAtOf(snapshotId) };
      }),
    );
  }

  /** The newest first. */
  async list(profileName: ProfileName): Promise<HomeSnapshot[]> {
    const { snapshots } = this.#options.homes.placeOf(profileName);
    const names = await readdir(snapshots).catch(() => []);
    return names
      .filter((name) => snapshotIdPattern.test(name))
      .sort()
      .reverse()
      .map((snapshotId) => ({ snapshotId, createdAt: createdAtOf(snapshotId) }));
  }

  /**
   * Puts everything of the snapshot into a new folder of the home; nothing that is there is changed.
   *
   * @throws {StrongroomError} `SnapshotNotFound`, `FileRefused`, `DiskFull`
   */
  restore(person: Person, snapshotId: string, target: string): Promise<void> {
    const { homes, restore } = this.#options;
    return this.#acts.run(async () => {
      const { profileName } = person;
      const hostUid = this.#hostUidOf(person);
      const folder = await this.#folderOf(profileName, snapshotId);
      const name = `snapshot.${randomBytes(4).toString('hex')}`;
      const copy = await homes.openCopy({ profileName, hostUid, folder, name });
      try {
        const home = await homes.open(profileName, hostUid);
        try {
          const folders = { snapshotFolder: copy.folder, homeFolder: home.folder };
          await restore({ person, target, ...folders });
        } finally {
          await home.close();
        }
      } finally {
        await copy.close();
      }
    });
  }

  /** @throws {StrongroomError} `SnapshotNotFound` */
  delete(profileName: ProfileName, snapshotId: string): Promise<void> {
    const { folder, log } = this.#options;
    return this.#acts.run(async () =>
      discard(await this.#folderOf(profileName, snapshotId), folder, log),
    );
  }

  async #folderOf(profileName: ProfileName, snapshotId: string): Promise<string> {
    const folder = join(this.#options.homes.placeOf(profileName).snapshots, snapshotId);
    const isThere =
      snapshotIdPattern.test(snapshotId) &&
      (await stat(folder).then(
        () => true,
        () => false,
      ));
    if (isThere) return folder;
    throw new StrongroomError(
      'SnapshotNotFound',
      `Cannot find the snapshot "${snapshotId}" of "${profileName}"`,
      { remedy: `strongroom homes snapshots ${profileName} lists them` },
    );
  }

  #hostUidOf({ hostUid }: Person): number | undefined {
    return this.#options.hasHostUids ? hostUid : undefined;
  }
}

function newSnapshotId(at: Date): string {
  const time = at
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-');
  return `${time}-${randomBytes(2).toString('hex')}`;
}

function createdAtOf(snapshotId: string): string {
  const [day, time = ''] = snapshotId.slice(0, '2026-03-01T12-30-00'.length).split('T');
  return `${day}T${time.replaceAll('-', ':')}Z`;
}
