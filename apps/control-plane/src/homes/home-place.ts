import { join } from 'node:path';
import type { ProfileName } from '@strongroom/contracts';

/** Where what belongs to one home lies, in a folder that the control plane alone may enter. */
export interface HomePlace {
  readonly folder: string;
  /** The encrypted volume, with the wrapped secret in it. */
  readonly volume: string;
  /** Files as they are: of an earlier version, or where homes are not encrypted. */
  readonly files: string;
  readonly snapshots: string;
}

export function homePlace(homesFolder: string, profileName: ProfileName): HomePlace {
  const folder = join(homesFolder, profileName);
  return {
    folder,
    volume: join(folder, volumeName),
    files: join(folder, filesName),
    snapshots: join(folder, 'snapshots'),
  };
}

export const volumeName = 'volume';
export const filesName = 'files';
