import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { StrongroomError } from '@strongroom/contracts';
import { z } from 'zod';
import { readBody } from '../../network/endpoints/read-body.ts';
import type { GitCaller } from '../http/git-caller.ts';
import { sendGitRefusal } from '../http/git-refusal.ts';
import { repositoriesPath } from '../http/git-target.ts';
import type { Repository } from '../repository.ts';
import type { LfsStore } from './lfs-store.ts';

export interface LfsExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly caller: GitCaller;
  readonly repository: Repository;
  /** What follows `info/lfs/`, with its query. */
  readonly path: string;
}

export interface LfsServiceOptions {
  readonly store: LfsStore;
  readonly requireAllowed: (
    caller: GitCaller,
    action: string,
    repository: Repository,
  ) => Promise<void>;
  /** Where the caller reaches us. */
  readonly originOf: (from: GitCaller['from']) => string;
  readonly recordPull: (caller: GitCaller, repository: Repository) => Promise<void>;
}

const mediaType = 'application/vnd.git-lfs+json';
const maximumBatchBytes = 1024 ** 2;
const maximumObjectBytes = 20 * 1024 ** 3;
/** The credentials of a studio may be signed for this long at the least. */
const expiresInSeconds = 300;
const objectIdSchema = z.string().regex(/^[0-9a-f]{64}$/);
const batchSchema = z.object({
  operation: z.enum(['download', 'upload']),
  transfers: z.array(z.string()).optional(),
  hash_algo: z.literal('sha256').default('sha256'),
  objects: z.array(z.object({ oid: objectIdSchema, size: z.int().nonnegative() })).max(1_000),
});
type Batch = z.infer<typeof batchSchema>;

/** Git LFS: its batch API, and basic transfers (git-lfs, docs/api). */
export function createLfsService(options: LfsServiceOptions) {
  return async (exchange: LfsExchange): Promise<void> => {
    const { request, response, path, caller, repository } = exchange;
    const { method } = request;
    const objectId = /^objects\/([0-9a-f]{64})$/.exec(path)?.[1];
    if (method === 'POST' && path === 'objects/batch') return answerBatch(options, exchange);
    if (method === 'GET' && objectId !== undefined) return download(options, exchange, objectId);
    if (method === 'PUT' && objectId !== undefined) return upload(options, exchange, objectId);
    // Nobody can lock, so nothing is locked: clients ask before each push.
    const isLocks = method === 'POST' ? path === 'locks/verify' : /^locks(?:\?|$)/.test(path);
    if (isLocks && (method === 'GET' || method === 'POST')) {
      await options.requireAllowed(caller, 'codecommit:GitPull', repository);
      request.resume();
      return send(response, 200, method === 'GET' ? { locks: [] } : { ours: [], theirs: [] });
    }
    sendGitRefusal(request, response, { status: 404, text: 'There is no such address here.' });
  };
}

async function answerBatch(options: LfsServiceOptions, exchange: LfsExchange): Promise<void> {
  const { request, response, caller, repository } = exchange;
  const body = await readBody(request, maximumBatchBytes);
  const batch = parseBatch(body);
  const isUpload = batch.operation === 'upload';
  const action = isUpload ? 'codecommit:GitPush' : 'codecommit:GitPull';
  await options.requireAllowed(caller, action, repository);
  if (!isUpload) await options.recordPull(caller, repository);
  const objects = await Promise.all(
    batch.objects.map((object) => describe(options, exchange, { isUpload, object })),
  );
  send(response, 200, { transfer: 'basic', objects, hash_algo: 'sha256' });
}

function parseBatch(body: Buffer | undefined): Batch {
  try {
    return batchSchema.parse(JSON.parse((body ?? Buffer.alloc(0)).toString('utf8')));
  } catch (cause) {
    throw new StrongroomError('InvalidRequest', 'Cannot read the batch of Git LFS', { cause });
  }
}

async function describe(
  { store, originOf }: LfsServiceOptions,
  { request, caller, repository }: LfsExchange,
  { isUpload, object }: { isUpload: boolean; object: Batch['objects'][number] },
): Promise<object> {
  const { oid, size } = object;
  const known = await store.find(repository.repositoryId, oid);
  if (known === undefined && !isUpload) return failed(object, 404, 'The repository lacks it');
  if (known !== undefined && known.sizeBytes !== size) {
    return failed(object, 422, 'It has another size');
  }
  if (size > maximumObjectBytes) return failed(object, 422, 'It is too large');
  if (known !== undefined && isUpload) return { oid, size };
  const base = `${originOf(caller.from)}${repositoriesPath}${repository.name}.git`;
  const action = {
    href: `${base}/info/lfs/objects/${oid}`,
    // What this very client signed in with, so that it does not ask its person or helper again.
    header: { Authorization: request.headers.authorization ?? '' },
    expires_in: expiresInSeconds,
  };
  const actions = isUpload ? { upload: action } : { download: action };
  return { oid, size, authenticated: true, actions };
}

function failed({ oid, size }: Batch['objects'][number], code: number, message: string): object {
  return { oid, size, error: { code, message } };
}

async function download(
  { store, requireAllowed }: LfsServiceOptions,
  { response, caller, repository }: LfsExchange,
  objectId: string,
): Promise<void> {
  await requireAllowed(caller, 'codecommit:GitPull', repository);
  const { info, stream } = await store.open(repository.repositoryId, objectId);
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    'content-length': info.sizeBytes,
    'x-content-type-options': 'nosniff',
  });
  await pipeline(Readable.from(stream, { objectMode: false }), response).catch(() =>
    response.destroy(),
  );
}

async function upload(
  { store, requireAllowed }: LfsServiceOptions,
  { request, response, caller, repository }: LfsExchange,
  objectId: string,
): Promise<void> {
  await requireAllowed(caller, 'codecommit:GitPush', repository);
  const sizeBytes = Number(request.headers['content-length'] ?? Number.NaN);
  if (!Number.isSafeInteger(sizeBytes) || sizeBytes > maximumObjectBytes) {
    throw new StrongroomError('InvalidRequest', 'Cannot keep the file: its size is not given');
  }
  await store.put(repository.repositoryId, { objectId, sizeBytes }, request);
  send(response, 200, {});
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': mediaType }).end(JSON.stringify(body));
}
