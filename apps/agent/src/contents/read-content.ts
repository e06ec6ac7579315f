import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { AgentError } from '../http/agent-error.ts';
import { type ContentModel, describeEntry, typeOf, withHash } from './content-model.ts';
import { nativePath } from './file-name.ts';
import type { HomeFolder } from './home-folder.ts';
import { listFolder } from './listing.ts';
import { mimeTypeOf } from './mime-type.ts';
import { parseNotebook } from './notebook.ts';
import type { NotebookTrust } from './notebook-trust.ts';
import {
  hashFile,
  notRegular,
  type OpenedFile,
  openRegularFile,
  readWholeFile,
} from './open-file.ts';

/** Larger content is not put into a JSON answer: it would be held in memory several times. */
export const maximumContentBytes = 64 * 1024 * 1024;

export interface ReadRequest {
  readonly apiPath: string;
  readonly type: 'directory' | 'file' | 'notebook' | undefined;
  readonly format: 'text' | 'base64' | undefined;
  readonly withContent: boolean;
  readonly withHash: boolean;
}

/** `GET /api/contents/<path>` */
export async function readContent(
  home: HomeFolder,
  trust: NotebookTrust,
  request: ReadRequest,
): Promise<ContentModel> {
  const apiPath = home.normalize(request.apiPath);
  const path = await home.resolve(apiPath);
  const stats = await stat(nativePath(path));
  const name = apiPath.slice(apiPath.lastIndexOf('/') + 1);
  if (stats.isDirectory()) {
    if (request.type !== undefined && request.type !== 'directory')
      throw wrongType(apiPath, request.type);
    const model = describeEntry(apiPath, stats);
    if (!request.withContent) return model;
    return { ...model, content: await listFolder(home, path, apiPath), format: 'json' };
  }
  if (request.type === 'directory') {
    throw new AgentError('InvalidRequest', `"${apiPath}" is not a folder`);
  }
  if (!stats.isFile()) throw notRegular(apiPath);
  const type = request.type ?? typeOf(name, stats);
  const file = await openRegularFile(path, apiPath);
  try {
    return await readFile(file, { ...request, apiPath, type }, trust);
  } finally {
    await file.handle.close();
  }
}

async function readFile(
  file: OpenedFile,
  request: ReadRequest & { type: ContentModel['type'] },
  trust: NotebookTrust,
): Promise<ContentModel> {
  const { apiPath, type } = request;
  const model = describeEntry(apiPath, file.stats, type);
  if (!request.withContent) {
    return request.withHash ? withHash(model, await hashFile(file.handle)) : model;
  }
  const bytes = await readWholeFile(file, { maximumBytes: maximumContentBytes, subject: apiPath });
  const sha256 =
    request.withHash || type === 'notebook'
      ? createHash('sha256').update(bytes).digest('hex')
      : undefined;
  const hashed = request.withHash && sha256 !== undefined ? withHash(model, sha256) : model;
  if (type === 'file') return { ...hashed, ...fileContent(bytes, request), size: bytes.length };
  const { notebook, message } = parseNotebook(notebookText(bytes, apiPath), apiPath);
  if (sha256 !== undefined) await trust.mark(notebook, sha256);
  return {
    ...hashed,
    content: notebook,
    format: 'json',
    ...(message !== undefined && { message }),
  };
}

function fileContent(
  bytes: Buffer,
  request: ReadRequest,
): Pick<ContentModel, 'content' | 'format' | 'mimetype'> {
  const guessed = mimeTypeOf(request.apiPath);
  const text = request.format === 'base64' ? undefined : decodeText(bytes);
  if (text !== undefined)
    return { content: text, format: 'text', mimetype: guessed ?? 'text/plain' };
  if (request.format === 'text') {
    throw new AgentError(
      'InvalidRequest',
      `"${request.apiPath}" is not UTF-8 text and cannot be shown as text`,
    );
  }
  return {
    content: bytes.toString('base64'),
    format: 'base64',
    mimetype: guessed ?? 'application/octet-stream',
  };
}

function notebookText(bytes: Buffer, apiPath: string): string {
  const text = decodeText(bytes);
  if (text === undefined) {
    throw new AgentError(
      'InvalidNotebook',
      `Cannot open the notebook "${apiPath}": the file is not UTF-8 text`,
    );
  }
  // A byte order mark is no part of JSON (RFC 8259, section 8.1), yet editors write one.
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

const textDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeText(bytes: Buffer): string | undefined {
  try {
    return textDecoder.decode(bytes);
  } catch {
    return undefined;
  }
}

function wrongType(apiPath: string, type: string): AgentError {
  return new AgentError('InvalidRequest', `"${apiPath}" is a folder, not a ${type}`);
}
