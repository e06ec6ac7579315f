import type { FileHandle } from 'node:fs/promises';
import { lstat, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AgentError } from '../http/agent-error.ts';
import { openTemporary, sealTemporary, syncFolder } from './atomic-write.ts';
import { type ContentModel, describeEntry } from './content-model.ts';
import { nativePath } from './file-name.ts';
import type { HomeFolder } from './home-folder.ts';
import { writeFully } from './pour-file.ts';
import { findWriteTarget, type Saved, type WriteTarget } from './save-content.ts';

const lastChunk = -1;
const abandonedAfterMilliseconds = 15 * 60 * 1000;
const maximumUploads = 32;

interface Upload {
  readonly target: WriteTarget;
  readonly temporaryPath: string;
  readonly handle: FileHandle;
  nextChunk: number;
  timer: NodeJS.Timeout;
}

export interface Chunk {
  readonly apiPath: string;
  /** 1, 2, …, and -1 for the last. */
  readonly number: number;
  readonly bytes: Buffer;
}

/**
 * Large files arrive in numbered chunks (Jupyter server's large file manager) and go straight to a
 * temporary file beside the target. Only the last chunk puts it in place, so that an upload that
 * breaks off leaves the file that was there.
 */
export class ChunkedUploads {
  readonly #home: HomeFolder;
  readonly #uploads = new Map<string, Upload>();

  constructor(home: HomeFolder) {
    this.#home = home;
  }

  async add(chunk: Chunk): Promise<Saved> {
    const apiPath = this.#home.normalize(chunk.apiPath);
    const upload = chunk.number === 1 ? await this.#begin(apiPath) : this.#expect(apiPath, chunk);
    clearTimeout(upload.timer);
    try {
      await writeFully(upload.handle, chunk.bytes);
      upload.nextChunk += 1;
      if (chunk.number === lastChunk) return await this.#finish(apiPath, upload);
    } catch (error) {
      await this.#abandon(apiPath);
      throw error;
    }
    upload.timer = this.#startTimer(apiPath);
    return { model: await describeUnfinished(apiPath, upload), isNew: false };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#uploads.keys()].map((apiPath) => this.#abandon(apiPath)));
  }

  async #begin(apiPath: string): Promise<Upload> {
    await this.#abandon(apiPath);
    if (this.#uploads.size >= maximumUploads) {
      throw new AgentError(
        'Unavailable',
        'Too many uploads run at once. Try again when one has ended',
      );
    }
    const target = await findWriteTarget(this.#home, apiPath);
    const { path: temporaryPath, handle } = await openTemporary(target.path);
    const upload = {
      target,
      temporaryPath,
      handle,
      nextChunk: 1,
      timer: this.#startTimer(apiPath),
    };
    this.#uploads.set(apiPath, upload);
    return upload;
  }

  #expect(apiPath: string, chunk: Chunk): Upload {
    const upload = this.#uploads.get(apiPath);
    if (upload === undefined) {
      throw new AgentError(
        'InvalidRequest',
        `The upload of "${apiPath}" was interrupted. Start it again`,
      );
    }
    if (chunk.number !== lastChunk && chunk.number !== upload.nextChunk) {
      throw new AgentError(
        'InvalidRequest',
        `Chunk ${chunk.number} of "${apiPath}" came where ${upload.nextChunk} was expected. Start the upload again`,
      );
    }
    return upload;
  }

  async #finish(apiPath: string, upload: Upload): Promise<Saved> {
    const { target, temporaryPath, handle } = upload;
    await sealTemporary(handle, target.mode);
    await rename(nativePath(temporaryPath), nativePath(target.path));
    this.#uploads.delete(apiPath);
    await handle.close();
    await syncFolder(dirname(target.path));
    const stats = await lstat(nativePath(target.path));
    return { model: describeEntry(apiPath, stats, 'file'), isNew: target.mode === undefined };
  }

  async #abandon(apiPath: string): Promise<void> {
    const upload = this.#uploads.get(apiPath);
    if (upload === undefined) return;
    this.#uploads.delete(apiPath);
    clearTimeout(upload.timer);
    await upload.handle.close();
    await unlink(nativePath(upload.temporaryPath)).catch(() => {});
  }

  #startTimer(apiPath: string): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.#abandon(apiPath).catch(() => {});
    }, abandonedAfterMilliseconds);
    return timer.unref();
  }
}

async function describeUnfinished(apiPath: string, upload: Upload): Promise<ContentModel> {
  return describeEntry(apiPath, await upload.handle.stat(), 'file');
}
