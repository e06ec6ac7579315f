import { chmod, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createFile, readText } from '../config/file-on-disk.ts';
import type { StudioLog } from '../studios/studio-log.ts';
import { deleteDiscarded } from './discard.ts';
import { filesName } from './home-place.ts';

const layoutName = '.layout';
const currentLayout = '2\n';
/** Homes on their way from the first layout to this one. */
const movingName = '.moving';

/**
 * The folder of all homes. In the first layout a home's folder was its files; now it holds them, so
 * that a secret and snapshots have a place beside. A kill in the middle is gone on from.
 */
export async function openHomesFolder(dataFolder: string, log: StudioLog): Promise<string> {
  const homes = join(dataFolder, 'homes');
  await mkdir(homes, { recursive: true, mode: 0o700 });
  await chmod(homes, 0o700);
  await deleteDiscarded(homes, log);
  const moving = join(homes, movingName);
  const layout = join(homes, layoutName);
  if ((await readText(layout)) === undefined) {
    await mkdir(moving, { recursive: true, mode: 0o700 });
    for (const name of await visibleNames(homes)) {
      const folder = join(moving, name);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await rename(join(homes, name), join(folder, filesName));
    }
    // From here on a visible folder is one of this layout.
    await createFile(layout, currentLayout);
  }
  for (const name of await visibleNames(moving))
    await rename(join(moving, name), join(homes, name));
  await rm(moving, { recursive: true, force: true });
  return homes;
}

async function visibleNames(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  // A file system of its own brings that one along.
  return names.filter((name) => !name.startsWith('.') && name !== 'lost+found');
}
