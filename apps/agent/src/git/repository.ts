import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { nativePath } from '../contents/file-name.ts';
import { type HomeFolder, realPathOf, statEntry } from '../contents/home-folder.ts';
import { AgentError } from '../http/agent-error.ts';
import type { CommonFolders } from './common-folder.ts';
import type { RepositoryConfiguration } from './repository-configuration.ts';

const maximumPointerBytes = 16 * 1024;

/** One working tree, opened for one request. Everything in its folders may be hostile. */
export interface Repository {
  /** As the contents API names it; '' is the home. */
  readonly root: string;
  /** Real and absolute. */
  readonly workTree: string;
  /** What belongs to this working tree: HEAD, the index. Inside the home. */
  readonly gitFolder: string;
  /** What all working trees of the repository share: objects, references, the configuration. */
  readonly commonFolder: string;
  /** Our stand-in for `commonFolder`, with a harmless configuration. */
  readonly guardedFolder: string;
  readonly configuration: RepositoryConfiguration;
  /** For every git that runs in it. */
  readonly settings: readonly string[];
}

interface Place {
  readonly workTree: string;
  readonly gitFolder: string;
  readonly commonFolder: string;
}

/** The working tree with this root. Throws `NotARepository`. */
export async function openRepository(
  home: HomeFolder,
  folders: CommonFolders,
  apiPath: string,
): Promise<Repository> {
  const root = home.normalize(apiPath);
  const place = await findPlace(home, await home.resolve(root));
  if (place === undefined) {
    throw new AgentError('NotARepository', `"${root}" is not the folder of a Git repository`);
  }
  for (const path of Object.values(place)) {
    if (typeof nativePath(path) === 'string') continue;
    throw new AgentError(
      'InvalidPath',
      `Cannot use the repository in "${root}": its path is not UTF-8. Rename the folder`,
    );
  }
  return { root, ...place, ...(await folders.guard(place.commonFolder)) };
}

/** The root of the working tree that the folder is in, looking no further up than the home. */
export async function findRoot(home: HomeFolder, apiPath: string): Promise<string | null> {
  const names = home.names(apiPath);
  for (let length = names.length; length >= 0; length -= 1) {
    const root = names.slice(0, length).join('/');
    if (await isRoot(home, root)) return root;
  }
  return null;
}

export async function isRoot(home: HomeFolder, apiPath: string): Promise<boolean> {
  try {
    return (await findPlace(home, await home.resolve(apiPath))) !== undefined;
  } catch (error) {
    if (error instanceof AgentError && error.code !== 'InvalidPath') return false;
    throw error;
  }
}

async function findPlace(home: HomeFolder, workTree: string): Promise<Place | undefined> {
  const gitFolder = await realInHome(home, await pointedAt(join(workTree, '.git')));
  if (gitFolder === undefined) return undefined;
  const pointer = await readPointer(join(gitFolder, 'commondir'));
  const commonFolder = await realInHome(
    home,
    pointer === undefined ? gitFolder : resolve(gitFolder, pointer),
  );
  if (commonFolder === undefined) return undefined;
  const isComplete =
    (await isFolder(join(commonFolder, 'objects'))) &&
    (await isFolder(join(commonFolder, 'refs'))) &&
    (await statEntry(join(gitFolder, 'HEAD'))) !== undefined;
  return isComplete ? { workTree, gitFolder, commonFolder } : undefined;
}

/** `.git` is the folder, or a file that names it (gitrepository-layout(5)). */
async function pointedAt(path: string): Promise<string> {
  const pointer = await readPointer(path);
  if (pointer === undefined || !pointer.startsWith('gitdir: ')) return path;
  return resolve(dirname(path), pointer.slice('gitdir: '.length));
}

async function readPointer(path: string): Promise<string | undefined> {
  const stats = await statEntry(path);
  if (stats === undefined || !stats.isFile() || stats.size > maximumPointerBytes) return undefined;
  const text = await readFile(nativePath(path), 'utf8');
  return text.replace(/\n+$/, '');
}

async function realInHome(home: HomeFolder, path: string): Promise<string | undefined> {
  const real = await realPathOf(path).catch(() => undefined);
  if (real === undefined || !(await isFolder(real))) return undefined;
  if (home.contains(real)) return real;
  throw new AgentError('Refused', 'The repository keeps its data outside your home folder');
}

async function isFolder(path: string): Promise<boolean> {
  return await stat(nativePath(path)).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}
