import { mkdir, mkdtemp, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AgentError } from '../http/agent-error.ts';
import { systemErrorCode } from '../http/system-error.ts';
import {
  type ConfigurationEntry,
  formatConfiguration,
  keepHarmless,
  parseConfiguration,
} from './guarded-configuration.ts';
import { notebookAttributes, notebookSettings } from './notebook-driver.ts';
import { type RepositoryConfiguration, readConfiguration } from './repository-configuration.ts';
import type { Git } from './run-git.ts';

/** Of what working trees share (gitrepository-layout(5)); not `hooks`, `config` and `info`. */
const sharedNames = [
  ...(['objects', 'refs', 'packed-refs', 'reftable', 'logs', 'shallow', 'worktrees'] as const),
  ...(['modules', 'lfs'] as const),
];
const sharedInfoNames = ['exclude', 'grafts'];
const maximumAttributesBytes = 1024 * 1024;

export interface Guarded {
  readonly guardedFolder: string;
  readonly configuration: RepositoryConfiguration;
  readonly settings: readonly string[];
}

/**
 * Git reads `config`, `hooks` and `info/attributes` where GIT_COMMON_DIR says. It is given a folder
 * of ours, that leads to the repository's own objects and references by links, but holds a
 * configuration with nothing in it that could run a program. So a hostile key has no effect, however
 * it is called, and an honest repository with keys of other tools works.
 */
export class CommonFolders {
  readonly #git: Git;
  readonly #notebookCommand: string;
  readonly #guarded = new Map<string, { stamp: string; guarded: Promise<Guarded> }>();
  #folder: Promise<string> | undefined;
  #count = 0;

  constructor(git: Git, notebookCommand: string) {
    this.#git = git;
    this.#notebookCommand = notebookCommand;
  }

  async guard(commonFolder: string): Promise<Guarded> {
    const stamp = await stampOf(commonFolder);
    const known = this.#guarded.get(commonFolder);
    if (known?.stamp === stamp) return await known.guarded;
    const earlier = known?.guarded.catch(() => undefined);
    const guarded = this.#build(commonFolder, earlier);
    this.#guarded.set(commonFolder, { stamp, guarded });
    guarded.catch(() => this.#guarded.delete(commonFolder));
    return await guarded;
  }

  async close(): Promise<void> {
    if (this.#folder !== undefined) await rm(await this.#folder, { recursive: true, force: true });
  }

  async #build(
    commonFolder: string,
    earlier: Promise<Guarded | undefined> | undefined,
  ): Promise<Guarded> {
    const entries = await this.#readEntries(commonFolder);
    const configuration = readConfiguration(entries);
    const guardedFolder = (await earlier)?.guardedFolder ?? (await this.#link(commonFolder));
    const text = `[core]\n\tbare = false\n${formatConfiguration(keepHarmless(entries))}`;
    await replace(join(guardedFolder, 'config'), text);
    const own = await readAttributes(join(commonFolder, 'info', 'attributes'));
    // The last line that matches has the last word, over the working tree's files too.
    const attributes = `${own}\n${notebookAttributes(configuration.stripsOutputs)}`;
    await replace(join(guardedFolder, 'info', 'attributes'), attributes);
    return { guardedFolder, configuration, settings: notebookSettings(this.#notebookCommand) };
  }

  async #readEntries(commonFolder: string): Promise<ConfigurationEntry[]> {
    const entries: ConfigurationEntry[] = [];
    for (const name of ['config', 'config.worktree']) {
      const path = join(commonFolder, name);
      if ((await stampOfFile(path)) === '') continue;
      const output = await this.#git.demand('read the configuration of the repository', {
        parameters: ['config', '--file', path, '--no-includes', '--list', '-z'],
        isRead: true,
      });
      entries.push(...parseConfiguration(output));
    }
    const format = entries.find(({ key }) => key === 'extensions.objectformat')?.value;
    if (format !== undefined && format.toLowerCase() !== 'sha1') {
      throw new AgentError(
        'NotSupported',
        'Repositories with SHA-256 names are not supported here',
      );
    }
    return entries;
  }

  async #link(commonFolder: string): Promise<string> {
    this.#folder ??= mkdtemp(join(tmpdir(), 'strongroom-git-'));
    const folder = join(await this.#folder, String(this.#count++));
    await mkdir(join(folder, 'info'), { recursive: true });
    for (const name of sharedNames) await symlink(join(commonFolder, name), join(folder, name));
    for (const name of sharedInfoNames) {
      await symlink(join(commonFolder, 'info', name), join(folder, 'info', name));
    }
    return folder;
  }
}

async function stampOf(commonFolder: string): Promise<string> {
  const names = ['config', 'config.worktree', join('info', 'attributes')];
  const stamps = await Promise.all(names.map((name) => stampOfFile(join(commonFolder, name))));
  return stamps.join(' ');
}

async function stampOfFile(path: string): Promise<string> {
  try {
    const stats = await stat(path, { bigint: true });
    // What git would wait for, as it does with a pipe, is as good as not there.
    if (!stats.isFile()) return '';
    const { ino, size, mtimeNs, ctimeNs } = stats;
    return `${ino}:${size}:${mtimeNs}:${ctimeNs}`;
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return '';
  }
}

async function readAttributes(path: string): Promise<string> {
  const stats = await stat(path).catch(() => undefined);
  if (stats === undefined || !stats.isFile() || stats.size > maximumAttributesBytes) return '';
  return await readFile(path, 'utf8');
}

/** Whoever reads it meanwhile reads the old one or the new one. */
async function replace(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path);
}
