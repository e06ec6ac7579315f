import { createHash } from 'node:crypto';
import { lstat, mkdir } from 'node:fs/promises';
import { AgentError } from '../http/agent-error.ts';
import { systemErrorCode } from '../http/system-error.ts';
import type { InTurn } from '../in-turn.ts';
import { replaceFile, syncFolder } from './atomic-write.ts';
import type { Checkpoints } from './checkpoints.ts';
import { type ContentModel, describeEntry, isWritable, withHash } from './content-model.ts';
import { nativePath } from './file-name.ts';
import type { HomeFolder } from './home-folder.ts';
import { serializeNotebook } from './notebook.ts';
import { isObject } from './notebook-shape.ts';
import type { NotebookTrust } from './notebook-trust.ts';
import { findNotebookFault } from './notebook-validation.ts';
import { notRegular } from './open-file.ts';
import { writeFully } from './pour-file.ts';

export interface SaveRequest {
  readonly apiPath: string;
  readonly type: 'directory' | 'file' | 'notebook';
  readonly format: string | undefined;
  readonly content: unknown;
}

export interface Saved {
  readonly model: ContentModel;
  readonly isNew: boolean;
}

/** `PUT /api/contents/<path>`: writes the whole file, or creates the folder. */
export class ContentSaver {
  readonly #home: HomeFolder;
  readonly #checkpoints: Checkpoints;
  readonly #trust: NotebookTrust;
  readonly #writes: InTurn;

  constructor(options: {
    home: HomeFolder;
    checkpoints: Checkpoints;
    trust: NotebookTrust;
    writes: InTurn;
  }) {
    this.#home = options.home;
    this.#checkpoints = options.checkpoints;
    this.#trust = options.trust;
    this.#writes = options.writes;
  }

  async save(request: SaveRequest): Promise<Saved> {
    if (request.type === 'directory') return await this.#createFolder(request.apiPath);
    const { bytes, message } = encodeContent(request);
    const target = await findWriteTarget(this.#home, request.apiPath);
    await this.#writes.run(target.path, () =>
      replaceFile(target.path, target.mode, (handle) => writeFully(handle, bytes)),
    );
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (request.type === 'notebook') await this.#afterNotebook(request, sha256);
    const apiPath = this.#home.normalize(request.apiPath);
    const model = describeEntry(apiPath, await lstat(nativePath(target.path)), request.type);
    return {
      model: { ...withHash(model, sha256), ...(message !== undefined && { message }) },
      isNew: target.mode === undefined,
    };
  }

  /** The save is done and durable: neither trust nor a checkpoint may turn it into a failure. */
  async #afterNotebook(request: SaveRequest, sha256: string): Promise<void> {
    try {
      if (isObject(request.content)) await this.#trust.remember(request.content, sha256);
      // Jupyter: one checkpoint should always exist for a notebook.
      const checkpoints = await this.#checkpoints.list(request.apiPath);
      if (checkpoints.length === 0) await this.#checkpoints.create(request.apiPath);
    } catch (error) {
      if (systemErrorCode(error) === undefined) throw error;
    }
  }

  async #createFolder(apiPath: string): Promise<Saved> {
    const entry = await this.#home.entry(apiPath);
    let isNew = true;
    try {
      await mkdir(nativePath(entry.path));
      await syncFolder(entry.folder);
    } catch (error) {
      if (systemErrorCode(error) !== 'EEXIST') throw error;
      isNew = false;
    }
    const stats = await lstat(nativePath(isNew ? entry.path : await this.#home.resolve(apiPath)));
    if (!stats.isDirectory()) {
      throw new AgentError('Conflict', `"${entry.apiPath}" exists already and is not a folder`);
    }
    return { model: describeEntry(entry.apiPath, stats, 'directory'), isNew };
  }
}

export interface WriteTarget {
  readonly path: string;
  /** Of the file that will be replaced; `undefined` where there is none. */
  readonly mode: number | undefined;
}

/** Refuses what a rename over it would silently replace: a folder, a device, a read-only file. */
export async function findWriteTarget(home: HomeFolder, apiPath: string): Promise<WriteTarget> {
  const { path, stats } = await home.writeTarget(apiPath);
  if (stats === undefined) return { path, mode: undefined };
  if (stats.isDirectory()) throw new AgentError('Conflict', `"${apiPath}" is a folder`);
  if (!stats.isFile()) throw notRegular(apiPath);
  if (!isWritable(stats)) throw new AgentError('Refused', `"${apiPath}" is read-only`);
  return { path, mode: stats.mode };
}

function encodeContent(request: SaveRequest): { bytes: Buffer; message?: string | undefined } {
  const { content, type } = request;
  if (type === 'notebook') {
    if (!isObject(content)) {
      throw new AgentError('InvalidRequest', 'The content of a notebook must be a JSON object');
    }
    return { bytes: Buffer.from(serializeNotebook(content)), message: findNotebookFault(content) };
  }
  return { bytes: decodeFileContent(content, request.format) };
}

const base64Pattern = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;

/** The bytes of a `file` model's content. Throws `InvalidRequest`. */
export function decodeFileContent(content: unknown, format: string | undefined): Buffer {
  // Browsers encode an empty file as "data:", which leaves Lab without any base64 text.
  if (content === undefined && format === 'base64') return Buffer.alloc(0);
  if (typeof content !== 'string') {
    throw new AgentError('InvalidRequest', 'The content of a file must be text');
  }
  if (format === 'text' || format === undefined) return Buffer.from(content, 'utf8');
  if (format !== 'base64') {
    throw new AgentError('InvalidRequest', `Unknown format "${format}": use "text" or "base64"`);
  }
  if (!base64Pattern.test(content)) {
    throw new AgentError('InvalidRequest', 'The content is not valid base64');
  }
  return Buffer.from(content, 'base64');
}
