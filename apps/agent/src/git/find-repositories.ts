import { join } from 'node:path';
import { type HomeFolder, readFolder } from '../contents/home-folder.ts';
import { isRoot } from './repository.ts';

const deepest = 3;
/** A home of many folders must not keep the panel waiting. */
const maximumFolders = 5_000;
const passedOver = new Set(['node_modules', '__pycache__']);

/** Working trees below the home, by path. Hidden folders (the trash, caches) are not looked into. */
export async function findRepositories(home: HomeFolder): Promise<string[]> {
  const roots: string[] = [];
  let level = [''];
  let count = 0;
  for (let depth = 0; depth <= deepest; depth += 1) {
    const next: string[] = [];
    for (const apiPath of level) {
      count += 1;
      if (count > maximumFolders) return roots.sort();
      const names = await foldersIn(home, apiPath);
      if (names.hasGit && (await isRoot(home, apiPath))) roots.push(apiPath);
      next.push(...names.folders.map((name) => (apiPath === '' ? name : `${apiPath}/${name}`)));
    }
    level = next;
  }
  return roots.sort();
}

async function foldersIn(
  home: HomeFolder,
  apiPath: string,
): Promise<{ hasGit: boolean; folders: string[] }> {
  // One that cannot be read, or went away meanwhile, holds nothing to show.
  const entries = await readFolder(join(home.root, apiPath)).catch(() => []);
  return {
    hasGit: entries.some(({ name }) => name === '.git'),
    folders: entries
      .filter(({ entry, name }) => entry.isDirectory() && !name.startsWith('.'))
      .map(({ name }) => name)
      .filter((name) => !passedOver.has(name)),
  };
}
