import { type Dirent, realpathSync, type Stats } from 'node:fs';
import { lstat, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { AgentError } from '../http/agent-error.ts';
import { explainSystemError, systemErrorCode } from '../http/system-error.ts';
import { decodeFileName, fileNameBytes, maximumNameBytes, nativePath } from './file-name.ts';

/** Linux's PATH_MAX, less room for the home folder's own path. */
const maximumPathBytes = 3800;
const loneSurrogate = /\p{Surrogate}/u;

/** One name in a folder of the home; it need not exist, and is not followed if it is a link. */
export interface HomeEntry {
  /** As the contents API names it: relative to the home, `/` between names, no leading `/`. */
  readonly apiPath: string;
  readonly name: string;
  /** API path of the folder it is in; '' is the home. */
  readonly parentPath: string;
  /** The real folder it is in, inside the home. */
  readonly folder: string;
  /** `folder` and `name`. */
  readonly path: string;
}

/**
 * The person's home: the only folder the contents API reaches. Every path a request names goes
 * through here, so that links and `..` lead nowhere else. The sandbox is what confines the person;
 * this keeps the API honest (no link offers another folder as if it were the person's).
 */
export class HomeFolder {
  /** Real and absolute. */
  readonly root: string;

  constructor(root: string) {
    this.root = decodeFileName(realpathSync(root, { encoding: 'buffer' }));
  }

  /** The names in an API path. Throws `InvalidPath` where no file could ever have it. */
  names(apiPath: string): string[] {
    if (apiPath.includes('\0')) throw invalidPath('A path cannot contain a NUL character');
    if (loneSurrogate.test(apiPath)) throw invalidPath('The path is not valid Unicode');
    const names = apiPath.split('/').filter((name) => name !== '');
    for (const name of names) {
      if (name === '.' || name === '..') throw invalidPath(`A path cannot contain "${name}"`);
      if (fileNameBytes(name) > maximumNameBytes) {
        throw invalidPath(`The name is too long: at most ${maximumNameBytes} bytes for one name`);
      }
    }
    if (fileNameBytes(names.join('/')) > maximumPathBytes) {
      throw invalidPath(`The path is too long: at most ${maximumPathBytes} bytes`);
    }
    return names;
  }

  normalize(apiPath: string): string {
    return this.names(apiPath).join('/');
  }

  /** Where the path really leads, links followed. Throws `NotFound`, or `Refused` outside the home. */
  async resolve(apiPath: string): Promise<string> {
    const names = this.names(apiPath);
    const path = join(this.root, ...names);
    let real: string;
    try {
      real = await realPathOf(path);
    } catch (error) {
      throw await explainUnresolved(error, path, names.join('/'));
    }
    if (!this.contains(real)) throw leadsOutside(names.join('/'));
    return real;
  }

  /** The entry the path names; its folder must exist. Throws `InvalidPath` for the home itself. */
  async entry(apiPath: string): Promise<HomeEntry> {
    const names = this.names(apiPath);
    const name = names.at(-1);
    if (name === undefined)
      throw new AgentError('InvalidPath', 'The home folder itself cannot be changed');
    const parentPath = names.slice(0, -1).join('/');
    const folder = await this.resolve(parentPath);
    return { apiPath: names.join('/'), name, parentPath, folder, path: join(folder, name) };
  }

  /**
   * Where a write to this path goes: the file itself, or what a link names, so that saving through
   * a link keeps the link. The file need not exist.
   */
  async writeTarget(apiPath: string): Promise<{ path: string; stats: Stats | undefined }> {
    const entry = await this.entry(apiPath);
    const stats = await statEntry(entry.path);
    if (!stats?.isSymbolicLink()) return { path: entry.path, stats };
    const path = await this.resolve(apiPath);
    return { path, stats: await statEntry(path) };
  }

  contains(realPath: string): boolean {
    return realPath === this.root || realPath.startsWith(this.root === '/' ? '/' : `${this.root}/`);
  }
}

export async function realPathOf(path: string): Promise<string> {
  return decodeFileName(await realpath(nativePath(path), { encoding: 'buffer' }));
}

/** lstat, or `undefined` where nothing has this name. */
export async function statEntry(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(nativePath(path));
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

export async function readFolder(path: string): Promise<{ name: string; entry: Dirent<Buffer> }[]> {
  const entries = await readdir(nativePath(path), { encoding: 'buffer', withFileTypes: true });
  return entries.map((entry) => ({ name: decodeFileName(entry.name), entry }));
}

async function explainUnresolved(error: unknown, path: string, subject: string): Promise<unknown> {
  if (systemErrorCode(error) === 'ENOENT') {
    const stats = await statEntry(path).catch(() => undefined);
    if (stats?.isSymbolicLink()) {
      return new AgentError('NotFound', `"${subject}" is a link to something that does not exist`, {
        cause: error,
      });
    }
  }
  return explainSystemError(error, subject);
}

function leadsOutside(subject: string): AgentError {
  return new AgentError('Refused', `"${subject}" is a link that leads out of your home folder`);
}

function invalidPath(message: string): AgentError {
  return new AgentError('InvalidPath', message);
}
