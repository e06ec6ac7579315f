import { createHash } from 'node:crypto';
import { mkdir, rename, rmdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { AgentError } from '../http/agent-error.ts';
import { systemErrorCode } from '../http/system-error.ts';
import { replaceFile } from './atomic-write.ts';
import { fileNameBytes, maximumNameBytes, nativePath } from './file-name.ts';
import { type HomeFolder, statEntry } from './home-folder.ts';
import { openRegularFile } from './open-file.ts';
import { pourFile } from './pour-file.ts';

export const checkpointsFolderName = '.ipynb_checkpoints';
/** Jupyter's file checkpoints keep exactly one, of this id. */
const checkpointId = 'checkpoint';

export interface CheckpointModel {
  readonly id: string;
  readonly last_modified: string;
}

/** One earlier version of each file, kept beside it in a hidden folder, as Jupyter keeps it. */
export class Checkpoints {
  readonly #home: HomeFolder;

  constructor(home: HomeFolder) {
    this.#home = home;
  }

  async list(apiPath: string): Promise<CheckpointModel[]> {
    const stats = await statEntry(checkpointPath(await this.#filePath(apiPath)));
    return stats?.isFile() ? [describeCheckpoint(stats.mtime)] : [];
  }

  async create(apiPath: string): Promise<CheckpointModel> {
    const path = await this.#filePath(apiPath);
    const target = checkpointPath(path);
    const source = await openRegularFile(path, apiPath);
    try {
      await mkdir(nativePath(folderOf(target)), { recursive: true });
      await replaceFile(target, source.stats.mode, (handle) => pourFile(source.handle, handle));
    } finally {
      await source.handle.close();
    }
    const stats = await statEntry(target);
    return describeCheckpoint(stats?.mtime ?? new Date());
  }

  async restore(apiPath: string, id: string): Promise<void> {
    const path = await this.#filePath(apiPath);
    const source = await openRegularFile(checkedPath(path, id), 'the checkpoint');
    try {
      const current = await statEntry(path);
      await replaceFile(path, current?.mode, (handle) => pourFile(source.handle, handle));
    } finally {
      await source.handle.close();
    }
  }

  async delete(apiPath: string, id: string): Promise<void> {
    await unlink(nativePath(checkedPath(await this.#filePath(apiPath), id)));
  }

  /** After the file at `oldPath` (real) became `newPath` its checkpoint follows, where it has one. */
  async follow(oldPath: string, newPath: string): Promise<void> {
    const from = checkpointPath(oldPath);
    const to = checkpointPath(newPath);
    if ((await statEntry(from)) === undefined) return;
    await mkdir(nativePath(folderOf(to)), { recursive: true });
    await rename(nativePath(from), nativePath(to));
  }

  /** After the file at `path` (real) is gone nothing may restore it over a later one of its name. */
  async forget(path: string): Promise<void> {
    try {
      await unlink(nativePath(checkpointPath(path)));
      await rmdir(nativePath(folderOf(checkpointPath(path))));
    } catch (error) {
      // Other files' checkpoints are still in the folder, or there was none.
      if (systemErrorCode(error) === undefined) throw error;
    }
  }

  async #filePath(apiPath: string): Promise<string> {
    return await this.#home.resolve(apiPath);
  }
}

function checkedPath(path: string, id: string): string {
  if (id !== checkpointId) throw new AgentError('NotFound', `No such checkpoint: "${id}"`);
  return checkpointPath(path);
}

/** `notes.ipynb` → `.ipynb_checkpoints/notes-checkpoint.ipynb` */
function checkpointPath(path: string): string {
  const slash = path.lastIndexOf('/');
  const name = path.slice(slash + 1);
  const dot = name.lastIndexOf('.');
  const [stem, extension] = dot <= 0 ? [name, ''] : [name.slice(0, dot), name.slice(dot)];
  const checkpointName = `${stem}-checkpoint${extension}`;
  return join(
    path.slice(0, slash),
    checkpointsFolderName,
    fileNameBytes(checkpointName) <= maximumNameBytes
      ? checkpointName
      : `${sha256(name)}-checkpoint`,
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

function describeCheckpoint(modifiedAt: Date): CheckpointModel {
  return { id: checkpointId, last_modified: modifiedAt.toISOString() };
}
