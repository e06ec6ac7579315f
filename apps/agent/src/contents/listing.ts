import type { Stats } from 'node:fs';
import { lstat, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isTemporaryName } from './atomic-write.ts';
import { checkpointsFolderName } from './checkpoints.ts';
import { type ContentModel, describeEntry } from './content-model.ts';
import { nativePath } from './file-name.ts';
import { type HomeFolder, readFolder, realPathOf } from './home-folder.ts';

const parallelStats = 32;

/** Models of everything in a folder, without content. An entry that vanishes meanwhile is left out. */
export async function listFolder(
  home: HomeFolder,
  folder: string,
  apiPath: string,
): Promise<ContentModel[]> {
  const names = (await readFolder(folder))
    .map(({ name }) => name)
    .filter((name) => !isTemporaryName(name) && name !== checkpointsFolderName);
  const models: (ContentModel | undefined)[] = new Array(names.length);
  let next = 0;
  async function work(): Promise<void> {
    for (let index = next++; index < names.length; index = next++) {
      const name = names[index] ?? '';
      models[index] = await describeListed(home, join(folder, name), joinApiPath(apiPath, name));
    }
  }
  await Promise.all(Array.from({ length: parallelStats }, work));
  return models.filter((model) => model !== undefined);
}

export function joinApiPath(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

async function describeListed(
  home: HomeFolder,
  path: string,
  apiPath: string,
): Promise<ContentModel | undefined> {
  const stats = await lstat(nativePath(path)).catch(() => undefined);
  if (stats === undefined) return undefined;
  if (!stats.isSymbolicLink()) return describeEntry(apiPath, stats);
  const target = await linkTarget(home, path);
  // A link that leads nowhere or out of the home is shown, so that it can be seen and deleted.
  return describeEntry(apiPath, target ?? stats, target ? undefined : 'file');
}

async function linkTarget(home: HomeFolder, path: string): Promise<Stats | undefined> {
  try {
    return home.contains(await realPathOf(path)) ? await stat(nativePath(path)) : undefined;
  } catch {
    return undefined;
  }
}
