import { access, mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ProfileName } from '@strongroom/contracts';
import type { Volume, VolumeDriver } from '@strongroom/sandbox';
import { syncFolder } from '../config/file-on-disk.ts';
import type { HomePlace } from './home-place.ts';
import type { HomeSecrets } from './home-secrets.ts';
import { writeSecret } from './secret-file.ts';

/**
 * The home's volume, made where there is none. It gets its name when all of it is on the disk, so a
 * folder of that name that lacks a part is damaged and never half made.
 */
export async function makeVolume(options: {
  readonly driver: VolumeDriver;
  readonly secrets: HomeSecrets;
  readonly place: HomePlace;
  readonly volume: Volume;
  readonly profileName: ProfileName;
}): Promise<void> {
  const { driver, secrets, place, volume, profileName } = options;
  if (await exists(volume.folder)) return;
  await mkdir(place.folder, { recursive: true, mode: 0o700 });
  const partial = { ...volume, folder: `${volume.folder}.partial` };
  await rm(partial.folder, { recursive: true, force: true });
  if (driver.isEncrypted) {
    const { secret, wrapped } = await secrets.create(profileName);
    const contents = (await exists(place.files)) ? place.files : undefined;
    await driver.create(partial, secret, { contents });
    secret.fill(0);
    await writeSecret(partial.folder, wrapped);
  } else {
    await driver.create(partial, Buffer.alloc(0));
  }
  await rename(partial.folder, volume.folder);
  await syncFolder(place.folder);
  await syncFolder(dirname(place.folder));
}

export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
