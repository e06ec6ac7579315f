import { join } from 'node:path';
import { nativePath } from '../contents/file-name.ts';
import { type HomeEntry, type HomeFolder, realPathOf } from '../contents/home-folder.ts';
import { AgentError } from '../http/agent-error.ts';
import { explainSystemError } from '../http/system-error.ts';
import type { Repository } from './repository.ts';

/**
 * A path of a request, relative to the root: never one that leads out of it, or into `.git`, which
 * git itself refuses to have in a tree. A folder that holds another repository ends with a slash.
 */
export function checkFilePath(home: HomeFolder, file: string): string {
  const names = home.names(file);
  const isGitFolder = names.some((name) => name.toLowerCase() === '.git');
  if (names.length === 0 || file.startsWith('/') || isGitFolder) {
    throw new AgentError('InvalidPath', `"${file}" is not a file of the repository`);
  }
  return names.join('/');
}

/** As a parameter; git is given names that are not UTF-8 on its standard input alone. */
export function checkTextPath(home: HomeFolder, file: string): string {
  const path = checkFilePath(home, file);
  if (typeof nativePath(path) !== 'string') {
    throw new AgentError(
      'InvalidPath',
      `Cannot do this with "${path}": its name is not UTF-8. Rename it, or use git in a terminal`,
    );
  }
  return path;
}

/** The paths as `-z` and `--pathspec-file-nul` take them, each as the bytes that it has on disk. */
export function pathList(paths: Iterable<string>): Buffer {
  const end = Buffer.from([0]);
  return Buffer.concat([...paths].flatMap((path) => [Buffer.from(nativePath(path)), end]));
}

/**
 * Where the file is in the working tree. Git follows no link on the way to a file, and neither is
 * one followed here: a link to elsewhere would be written through.
 */
export async function workingEntry(
  home: HomeFolder,
  repository: Repository,
  file: string,
): Promise<HomeEntry> {
  const names = checkFilePath(home, file).split('/');
  const folder = join(repository.workTree, ...names.slice(0, -1));
  const real = await realPathOf(folder).catch((error: unknown) => {
    throw explainSystemError(error, file);
  });
  if (real !== folder) {
    throw new AgentError('Refused', `"${file}" is behind a link and no file of the repository`);
  }
  return await home.entry([repository.root, ...names].join('/'));
}
