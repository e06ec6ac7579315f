import { lstatSync, rmSync, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { isTemporaryName } from './atomic-write.ts';
import { checkpointsFolderName } from './checkpoints.ts';
import { type ContentModel, describeEntry } from './content-model.ts';
import { nativePath } from './file-name.ts';
import { type HomeFolder, readFolder, realPathOf } from './home-folder.ts';

/** For this long at most are other requests kept waiting at a time. */
const sliceMilliseconds = 3;
const abandonedAfterMilliseconds = 24 * 60 * 60 * 1000;

/** Models of everything in a folder, without content. An entry that vanishes meanwhile is left out. */
export async function listFolder(
  home: HomeFolder,
  folder: string,
  apiPath: string,
): Promise<ContentModel[]> {
  const models: ContentModel[] = [];
  let sliceEnd = performance.now() + sliceMilliseconds;
  for (const { name } of await readFolder(folder)) {
    if (name === checkpointsFolderName) continue;
    if (isTemporaryName(name)) {
      removeAbandoned(join(folder, name));
      continue;
    }
    const described = describeListed(home, join(folder, name), joinApiPath(apiPath, name));
    const model = described instanceof Promise ? await described : described;
    if (model !== undefined) models.push(model);
    if (performance.now() < sliceEnd) continue;
    await nextTurn();
    sliceEnd = performance.now() + sliceMilliseconds;
  }
  return models;
}

export function joinApiPath(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/**
 * Stats synchronously: handing 10,000 stats to the thread pool and back costs four times what they
 * take, so they are done in short slices instead.
 */
function describeListed(
  home: HomeFolder,
  path: string,
  apiPath: string,
): ContentModel | undefined | Promise<ContentModel> {
  const stats = statListed(path);
  if (!stats?.isSymbolicLink()) return stats && describeEntry(apiPath, stats);
  return describeLink(home, { path, apiPath, stats });
}

/** A link that leads nowhere or out of the home is shown, so that it can be seen and deleted. */
async function describeLink(
  home: HomeFolder,
  link: { path: string; apiPath: string; stats: Stats },
): Promise<ContentModel> {
  const target = await linkTarget(home, link.path);
  return target === undefined
    ? describeEntry(link.apiPath, link.stats, 'file')
    : describeEntry(link.apiPath, target);
}

/** What a killed agent was writing: nobody else would ever remove it. */
function removeAbandoned(path: string): void {
  const stats = statListed(path);
  if (stats === undefined || Date.now() - stats.mtimeMs < abandonedAfterMilliseconds) return;
  rmSync(nativePath(path), { force: true });
}

function statListed(path: string): Stats | undefined {
  try {
    return lstatSync(nativePath(path), { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

async function linkTarget(home: HomeFolder, path: string): Promise<Stats | undefined> {
  try {
    return home.contains(await realPathOf(path)) ? await stat(nativePath(path)) : undefined;
  } catch {
    return undefined;
  }
}
