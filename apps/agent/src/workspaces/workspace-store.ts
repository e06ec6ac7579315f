import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from '../contents/atomic-write.ts';
import { systemErrorCode } from '../http/system-error.ts';

const extension = '.jupyterlab-workspace';

export interface Workspace {
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>> & { readonly id: string };
}

/** Lab's saved layouts, in the home where Jupyter keeps them. */
export class WorkspaceStore {
  readonly #folder: string;

  constructor(homeFolder: string) {
    this.#folder = join(homeFolder, '.jupyter', 'lab', 'workspaces');
  }

  async list(): Promise<Workspace[]> {
    const names = await readdir(this.#folder).catch(() => [] as string[]);
    const files = names.filter((name) => name.endsWith(extension)).sort();
    const loaded = await Promise.all(files.map((name) => this.#load(join(this.#folder, name))));
    return loaded.filter((workspace) => workspace !== undefined);
  }

  /**
   * An empty workspace where none is saved, and where the saved one cannot be read: that one is
   * set aside (`.broken`), because a layout must never keep a studio from opening.
   */
  async find(id: string): Promise<Workspace> {
    return (await this.#load(this.#pathOf(id))) ?? { data: {}, metadata: { id } };
  }

  async save(id: string, workspace: Workspace): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    await replaceFile(this.#pathOf(id), undefined, async (handle) => {
      await handle.writeFile(JSON.stringify(workspace));
    });
  }

  /** False where there is none. */
  async delete(id: string): Promise<boolean> {
    try {
      await unlink(this.#pathOf(id));
      return true;
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return false;
      throw error;
    }
  }

  async #load(path: string): Promise<Workspace | undefined> {
    try {
      const [text, stats] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
      const workspace = parseWorkspace(text);
      const times = {
        last_modified: stats.mtime.toISOString(),
        created: stats.ctime.toISOString(),
      };
      return { ...workspace, metadata: { ...workspace.metadata, ...times } };
    } catch (error) {
      if (systemErrorCode(error) !== 'ENOENT') await rename(path, `${path}.broken`).catch(() => {});
      return undefined;
    }
  }

  /** Readable, and unique by the hash of the whole id. */
  #pathOf(id: string): string {
    const slug = id
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 80);
    const hash = createHash('sha256').update(id).digest('hex').slice(0, 12);
    return join(this.#folder, `${slug}-${hash}${extension}`);
  }
}

/** Throws where the text is no workspace. */
export function parseWorkspace(text: string): Workspace {
  const value: unknown = JSON.parse(text);
  if (!isObject(value) || !isObject(value.data) || !isObject(value.metadata)) {
    throw new SyntaxError('A workspace has the objects "data" and "metadata"');
  }
  const { id } = value.metadata;
  if (typeof id !== 'string') throw new SyntaxError('The metadata of a workspace have an "id"');
  return { data: value.data, metadata: { ...value.metadata, id } };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
