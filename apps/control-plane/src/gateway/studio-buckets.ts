import type { IncomingMessage, ServerResponse } from 'node:http';
import type { StudioBucketList, StudioFolder } from '@strongroom/contracts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { StorageAccess, StorageAsker, WriteRequest } from '../objects/storage-access.ts';
import { newReference } from '../studios/reference.ts';
import type { StudioLog } from '../studios/studio-log.ts';
import { type AnswerContext, answerJson, answerNothing } from './answer.ts';
import type { Entry } from './entrance.ts';
import { readUpload, sendObject } from './object-bodies.ts';
import { invalidRequest } from './refusal.ts';
import type { RequestTarget } from './request-target.ts';
import type { StudioRoute } from './routes.ts';

export interface StudioBucketsOptions {
  readonly storage: Pick<
    StorageAccess,
    'listBuckets' | 'permissionsOn' | 'listFolder' | 'read' | 'write' | 'remove'
  >;
  readonly audit: Pick<AuditLog, 'bucketUsedByVisitor'>;
  readonly context: AnswerContext;
  readonly log: StudioLog;
}

export type BucketRoute = Extract<
  StudioRoute,
  { kind: 'buckets' | 'bucket-folder' | 'bucket-object' }
>;

interface BucketExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly entry: Entry;
  readonly target: RequestTarget;
}

const objectActions: Readonly<Record<string, string>> = {
  PUT: 's3:PutObject',
  DELETE: 's3:DeleteObject',
};

/**
 * The buckets in Lab. Whoever sits before the page, it is the studio that asks: what is decided is what
 * its notebooks may do, with the owner's execution role and through the S3 endpoint.
 */
export class StudioBuckets {
  readonly #options: StudioBucketsOptions;

  constructor(options: StudioBucketsOptions) {
    this.#options = options;
  }

  async answer(route: BucketRoute, exchange: BucketExchange): Promise<void> {
    const { person } = exchange.entry;
    const acting = { kind: 'execution-role', profileName: person.profileName } as const;
    const asker: StorageAsker = { acting, from: 'studio' };
    switch (route.kind) {
      case 'buckets':
        return this.#list(asker, exchange);
      case 'bucket-folder':
        return this.#listFolder(asker, route.bucket, exchange);
      case 'bucket-object':
        return this.#object(asker, route.bucket, exchange);
    }
  }

  async #list(asker: StorageAsker, exchange: BucketExchange): Promise<void> {
    const { storage, context } = this.#options;
    await this.#note(exchange, { action: 's3:ListAllMyBuckets' });
    const infos = await storage.listBuckets(asker);
    const buckets = infos.map(async (info) => {
      // All of them may be listed.
      const { mayRead, mayWrite, mayDelete } = await storage.permissionsOn(asker, info);
      const bucket = info.bucket as StudioBucketList['buckets'][number]['bucket'];
      return { bucket, mayRead, mayWrite, mayDelete };
    });
    const list: StudioBucketList = { buckets: await Promise.all(buckets) };
    answerJson(exchange.response, list, context);
  }

  async #listFolder(asker: StorageAsker, bucket: string, exchange: BucketExchange): Promise<void> {
    const { storage, context } = this.#options;
    const { query } = exchange.target;
    const prefix = query.get('prefix') ?? '';
    const continuationToken = query.get('continuationToken');
    await this.#note(exchange, { action: 's3:ListBucket', bucket, key: prefix });
    const page = await storage.listFolder(asker, {
      ...{ bucket, prefix },
      ...(continuationToken === null ? {} : { continuationToken }),
    });
    const folder: StudioFolder = {
      folders: [...page.commonPrefixes],
      objects: page.objects.map(({ key, sizeBytes, lastModified }) => ({
        ...{ key, sizeBytes, modifiedAt: lastModified.toISOString() },
      })),
      continuationToken: page.nextContinuationToken ?? null,
    };
    answerJson(exchange.response, folder, context);
  }

  async #object(asker: StorageAsker, bucket: string, exchange: BucketExchange): Promise<void> {
    const { storage, context, log } = this.#options;
    const { request, response, target } = exchange;
    const place = { bucket, key: oneKey(target.query) };
    const action = objectActions[request.method ?? ''] ?? 's3:GetObject';
    // Before anything is done: a body that cannot be read is not an act.
    const upload = action === 's3:PutObject' ? readUpload(request) : undefined;
    await this.#note(exchange, { action, ...place });
    if (upload !== undefined) return this.#write(asker, { ...place, ...upload }, exchange);
    if (action === 's3:DeleteObject') {
      await storage.remove(asker, place);
      return answerNothing(response, context);
    }
    const found = await storage.read(asker, place);
    await sendObject({ found, request, response, context, log });
  }

  async #write(asker: StorageAsker, written: WriteRequest, { request, response }: BucketExchange) {
    const { storage, context, log } = this.#options;
    try {
      await storage.write(asker, written);
    } catch (error) {
      // What a refusal left unread is passed over, so that the browser gets to hear it.
      request.resume();
      if (!response.destroyed) throw error;
      const { bucket, key } = written;
      return log.info({ bucket, key, err: error }, 'An upload broke off');
    }
    answerNothing(response, context);
  }

  /** A visitor acts as the owner, so who it was is written down before it is done. */
  async #note(
    { request, entry }: BucketExchange,
    fields: { readonly action: string; readonly bucket?: string; readonly key?: string },
  ): Promise<void> {
    const { audit, log } = this.#options;
    const { person, visitor } = entry;
    const { profileName } = visitor;
    const who = { owner: person.profileName, profileName };
    log.info({ event: 'bucket-request', ...who, ...fields }, 'Bucket request');
    if (profileName === person.profileName) return;
    const { remoteAddress } = request.socket;
    const actor = { profileName, remoteAddress, reference: newReference() };
    await audit.bucketUsedByVisitor(actor, person.profileName, fields);
  }
}

function oneKey(query: URLSearchParams): string {
  const [key = '', ...others] = query.getAll('key');
  if (key === '' || others.length > 0) throw invalidRequest('This address names no object');
  return key;
}
