import { AgentError } from '../http/agent-error.ts';
import { apiPathOf } from '../http/api-path.ts';
import { readJsonObject, sendJson, sendNoContent } from '../http/json.ts';
import type { Exchange, Handler, Router } from '../http/router.ts';
import { explainSystemError } from '../http/system-error.ts';
import type { InTurn } from '../in-turn.ts';
import { Checkpoints } from './checkpoints.ts';
import { ChunkedUploads } from './chunked-uploads.ts';
import type { ContentModel, ContentType } from './content-model.ts';
import { copyContent } from './copy-content.ts';
import { createUntitled } from './create-content.ts';
import { type HomeFolder, statEntry } from './home-folder.ts';
import type { NotebookTrust } from './notebook-trust.ts';
import { maximumContentBytes, readContent } from './read-content.ts';
import { renameContent } from './rename-content.ts';
import { ContentSaver, decodeFileContent, type Saved } from './save-content.ts';
import { Trash } from './trash.ts';

const prefix = '/api/contents';
/** Base64 makes three bytes four, and JSON escapes text. */
const maximumSaveBytes = 2 * maximumContentBytes;

/** Told of the notebooks that pages read and save. */
interface NotebookWatcher {
  beforeRead(apiPath: string): Promise<void>;
  afterRead(apiPath: string): Promise<void>;
  afterSave(apiPath: string, notebook: unknown): Promise<void>;
  /** What a page is told that the file's hash is. */
  hashFor(apiPath: string, hash: string): string;
}

export interface ContentsOptions {
  readonly home: HomeFolder;
  readonly trust: NotebookTrust;
  readonly writes: InTurn;
  readonly watcher: NotebookWatcher;
}

interface Contents {
  readonly watcher: NotebookWatcher;
  readonly home: HomeFolder;
  readonly checkpoints: Checkpoints;
  readonly trust: NotebookTrust;
  readonly saver: ContentSaver;
  readonly uploads: ChunkedUploads;
  readonly trash: Trash;
}

/** The contents API of the Jupyter server. Returns what ends unfinished uploads. */
export function registerContents(
  router: Router,
  { home, trust, writes, watcher }: ContentsOptions,
): { close(): Promise<void> } {
  const checkpoints = new Checkpoints(home);
  const contents: Contents = {
    ...{ watcher, home, checkpoints, trust },
    saver: new ContentSaver({ home, checkpoints, trust, writes }),
    uploads: new ChunkedUploads(home),
    trash: new Trash(home.root),
  };
  const routes: readonly ['GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', Action][] = [
    ['GET', read],
    ['POST', create],
    ['PUT', save],
    ['PATCH', move],
    ['DELETE', remove],
  ];
  for (const [method, action] of routes) {
    const handler = handlerOf(contents, action);
    router.on(method, prefix, handler);
    router.on(method, `${prefix}/*`, handler);
  }
  return { close: () => contents.uploads.close() };
}

type Action = (contents: Contents, exchange: Exchange, apiPath: string) => Promise<void>;

function handlerOf(contents: Contents, action: Action): Handler {
  return async (exchange) => {
    const apiPath = apiPathOf(exchange, prefix);
    try {
      const isCheckpoint = await answerCheckpoint(contents, exchange, apiPath);
      if (!isCheckpoint) await action(contents, exchange, apiPath);
    } catch (error) {
      throw explainSystemError(error, apiPath);
    }
  };
}

/**
 * `<file>/checkpoints` and `<file>/checkpoints/<id>`. The same address may name an entry called
 * "checkpoints" inside a folder; only files have checkpoints, so a folder before it decides.
 */
async function answerCheckpoint(
  contents: Contents,
  exchange: Exchange,
  apiPath: string,
): Promise<boolean> {
  const match = /^(.+)\/checkpoints(?:\/([\w-]+))?$/.exec(apiPath);
  const method = exchange.request.method ?? '';
  if (match === null || !['GET', 'POST', 'DELETE'].includes(method)) return false;
  const [, filePath = '', id] = match;
  const real = await contents.home.resolve(filePath).catch(() => undefined);
  if (real !== undefined && (await statEntry(real))?.isDirectory()) return false;
  const { checkpoints } = contents;
  if (id === undefined) {
    if (method === 'GET') await sendJson(exchange, 200, await checkpoints.list(filePath));
    else if (method === 'POST') await sendJson(exchange, 201, await checkpoints.create(filePath));
    else return false;
    return true;
  }
  if (method === 'POST') await checkpoints.restore(filePath, id);
  else if (method === 'DELETE') await checkpoints.delete(filePath, id);
  else return false;
  sendNoContent(exchange);
  return true;
}

async function read(contents: Contents, exchange: Exchange, apiPath: string): Promise<void> {
  const query = exchange.url.searchParams;
  const type = query.get('type');
  const format = query.get('format');
  const withContent = readFlag(query, 'content', true);
  const isWatched = isNotebookPath(apiPath);
  if (isWatched && withContent) await contents.watcher.beforeRead(apiPath);
  const model = await readContent(contents.home, contents.trust, {
    apiPath,
    type: type === null ? undefined : contentTypeOf(type),
    // Lab's generic clients send format=json with notebooks and folders, where it means nothing else.
    format: format === 'text' || format === 'base64' ? format : undefined,
    withContent,
    withHash: readFlag(query, 'hash', false),
  });
  if (isWatched && withContent) await contents.watcher.afterRead(apiPath);
  const hash =
    model.hash !== null && isWatched && !withContent
      ? contents.watcher.hashFor(apiPath, model.hash)
      : model.hash;
  await sendModel(exchange, 200, { ...model, hash });
}

async function create(contents: Contents, exchange: Exchange, apiPath: string): Promise<void> {
  const body = await readJsonObject(exchange.request);
  if (typeof body.copy_from === 'string' && body.copy_from !== '') {
    const paths = { from: body.copy_from, toFolder: apiPath };
    await sendModel(exchange, 201, await copyContent(contents.home, paths));
    return;
  }
  const model = await createUntitled(contents.home, {
    folderPath: apiPath,
    type: typeof body.type === 'string' && body.type !== '' ? contentTypeOf(body.type) : undefined,
    extension: typeof body.ext === 'string' ? body.ext : '',
  });
  await sendModel(exchange, 201, model);
}

async function save(contents: Contents, exchange: Exchange, apiPath: string): Promise<void> {
  const body = await readJsonObject(exchange.request, { maximumBytes: maximumSaveBytes });
  if (body.copy_from !== undefined) {
    throw new AgentError('InvalidRequest', 'A copy is made with POST, not with PUT');
  }
  if (typeof body.type !== 'string') {
    throw new AgentError('InvalidRequest', 'The body must have a "type"');
  }
  const { model, isNew } = await saveBody(contents, apiPath, body);
  await sendModel(exchange, isNew ? 201 : 200, model);
}

async function saveBody(
  contents: Contents,
  apiPath: string,
  body: Readonly<Record<string, unknown>>,
): Promise<Saved> {
  const type = contentTypeOf(String(body.type));
  const format = typeof body.format === 'string' ? body.format : undefined;
  const chunk = body.chunk;
  if (chunk === undefined || chunk === null) {
    const saved = await contents.saver.save({ apiPath, type, format, content: body.content });
    if (type === 'notebook') await contents.watcher.afterSave(saved.model.path, body.content);
    return saved;
  }
  if (type !== 'file' || typeof chunk !== 'number' || !Number.isInteger(chunk) || chunk === 0) {
    throw new AgentError(
      'InvalidRequest',
      'Only a file is sent in chunks, numbered 1, 2, … and -1',
    );
  }
  const bytes = decodeFileContent(body.content, format);
  return await contents.uploads.add({ apiPath, number: chunk, bytes });
}

async function move(contents: Contents, exchange: Exchange, apiPath: string): Promise<void> {
  const body = await readJsonObject(exchange.request);
  if (typeof body.path !== 'string') {
    throw new AgentError('InvalidRequest', 'The body must have the new "path"');
  }
  const paths = { from: apiPath, to: body.path };
  await sendModel(exchange, 200, await renameContent(contents.home, contents.checkpoints, paths));
}

async function remove(contents: Contents, exchange: Exchange, apiPath: string): Promise<void> {
  const entry = await contents.home.entry(apiPath);
  await contents.trash.take(entry);
  await contents.checkpoints.forget(entry.path);
  sendNoContent(exchange);
}

async function sendModel(exchange: Exchange, status: number, model: ContentModel): Promise<void> {
  const location = `${prefix}/${model.path.split('/').map(encodeURIComponent).join('/')}`;
  await sendJson(exchange, status, model, {
    'last-modified': new Date(model.last_modified).toUTCString(),
    ...(status === 201 && { location }),
  });
}

function isNotebookPath(apiPath: string): boolean {
  return apiPath.endsWith('.ipynb');
}

/** Jupyter treats a type it does not know as a file. */
function contentTypeOf(type: string): ContentType {
  return type === 'directory' || type === 'notebook' ? type : 'file';
}

function readFlag(query: URLSearchParams, name: string, otherwise: boolean): boolean {
  const value = query.get(name);
  if (value === null) return otherwise;
  if (value === '0' || value === '1') return value === '1';
  throw new AgentError('InvalidRequest', `"${name}" must be 0 or 1, not "${value}"`);
}
