import { Readable } from 'node:stream';
import {
  type ShareList,
  StrongroomError,
  shareCommentIdSchema,
  shareCommentRequestSchema,
  shareCopyRequestSchema,
  shareExtensionSchema,
  shareIdSchema,
  shareListNameSchema,
} from '@strongroom/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { TokenBuckets } from '../../identity/token-buckets.ts';
import type { ShareAsker } from '../../shares/share-access.ts';
import type { ShareCopies } from '../../shares/share-copies.ts';
import { shareNotFound } from '../../shares/share-refusals.ts';
import { attachment } from './attachment-header.ts';
import { actorOf, requireCaller } from './caller.ts';
import type { CommonServices } from './console-services.ts';
import { noBodySchema, parse, parseBody } from './parse-request.ts';
import { requireAllowed } from './require-allowed.ts';

type Services = Pick<CommonServices, 'audit' | 'authorize' | 'clock' | 'people'> & {
  /** Copies only where homes are on this machine. */
  readonly shares: CommonServices['shares'] & { readonly copies?: ShareCopies };
};

const ready = { config: { access: 'ready' } } as const;
const polled = { config: { access: 'ready', isPolled: true } } as const;
const listSchema = z.strictObject({ list: shareListNameSchema });
/** Of what costs a look into a notebook or a line of evidence, by one person. */
const personalRate = { capacity: 120, refillSeconds: 0.5 };

/** Shared notebooks: lists, one share, its notebook, and what people say about it. */
export function addShareRoutes(app: FastifyInstance, services: Services): void {
  const { shares, people, clock } = services;
  const spending = new TokenBuckets(personalRate, clock);

  app.get('/api/shares', ready, async (request): Promise<ShareList> => {
    const { list } = parse(request.query, listSchema);
    const { person } =
      list === 'all'
        ? await requireAllowed(request, services, {
            ...{ action: 'strongroom:ListShares', resource: '*' },
          })
        : requireCaller(request);
    return { shares: await shares.shares.list(person, list) };
  });

  app.get('/api/shares/:shareId', polled, (request) =>
    shares.shares.details(askerOf(request), shareIdOf(request)),
  );

  app.get('/api/shares/:shareId/versions/:version/notebook', ready, async (request, reply) => {
    limit(spending, request);
    const asker = askerOf(request);
    const shareId = shareIdOf(request);
    const version = versionOf(request);
    const { share, found } = await shares.shares.readNotebook(asker, shareId, version);
    const { info, stream, signal } = found;
    request.furtherQuestions.push(async () => {
      const person = await people.find(asker.person.profileName);
      return person !== undefined && shares.shares.mayStillRead(person, shareId, version);
    });
    // What waits in buffers must not arrive once the key is disabled.
    const cut = () => void reply.raw.destroy();
    signal.addEventListener('abort', cut);
    reply.raw.once('close', () => signal.removeEventListener('abort', cut));
    return reply
      .header('content-type', 'application/json; charset=utf-8')
      .header('content-length', info.sizeBytes)
      .header('content-disposition', attachment(share.title))
      .header('content-security-policy', "sandbox; default-src 'none'")
      .header('cache-control', 'no-store')
      .send(Readable.from(stream, { objectMode: false }));
  });

  app.post('/api/shares/:shareId/revoke', ready, (request) => {
    parseBody(request.body ?? {}, noBodySchema);
    return shares.shares.revoke(askerOf(request), shareIdOf(request));
  });

  app.post('/api/shares/:shareId/extend', ready, (request) => {
    const extension = parseBody(request.body, shareExtensionSchema);
    return shares.shares.extend(askerOf(request), shareIdOf(request), extension);
  });

  app.get('/api/shares/:shareId/views', ready, async (request) => {
    return { views: await shares.shares.viewsOf(askerOf(request), shareIdOf(request)) };
  });

  const { copies } = shares;
  if (copies !== undefined) addCopyRoute(app, copies, spending);

  addCommentRoutes(app, { ...services, spending });
}

function addCopyRoute(app: FastifyInstance, copies: ShareCopies, spending: TokenBuckets): void {
  app.post('/api/shares/:shareId/copies', ready, async (request, reply) => {
    limit(spending, request);
    const { version } = parseBody(request.body, shareCopyRequestSchema);
    const asker = askerOf(request);
    const copy = await copies.copy(asker, shareIdOf(request), version);
    return reply.code(201).send(copy);
  });
}

function addCommentRoutes(
  app: FastifyInstance,
  { shares, spending }: Services & { readonly spending: TokenBuckets },
): void {
  app.get('/api/shares/:shareId/comments', polled, (request) =>
    shares.comments.list(askerOf(request), shareIdOf(request)),
  );

  app.post('/api/shares/:shareId/comments', ready, async (request, reply) => {
    limit(spending, request);
    const asked = parseBody(request.body, shareCommentRequestSchema);
    const made = await shares.comments.add(askerOf(request), shareIdOf(request), asked);
    return reply.code(201).send(made);
  });

  app.post('/api/shares/:shareId/comments/:commentId/resolve', ready, (request) => {
    limit(spending, request);
    parseBody(request.body ?? {}, noBodySchema);
    return shares.comments.setResolved(askerOf(request), commentOf(request), true);
  });

  app.post('/api/shares/:shareId/comments/:commentId/reopen', ready, (request) => {
    limit(spending, request);
    parseBody(request.body ?? {}, noBodySchema);
    return shares.comments.setResolved(askerOf(request), commentOf(request), false);
  });

  app.delete('/api/shares/:shareId/comments/:commentId', ready, async (request, reply) => {
    await shares.comments.remove(askerOf(request), commentOf(request));
    return reply.code(204).send();
  });
}

function askerOf(request: FastifyRequest): ShareAsker {
  return { person: requireCaller(request).person, actor: actorOf(request) };
}

/** An id that no share can have is a share that does not exist. @throws {StrongroomError} `ShareNotFound` */
function shareIdOf({ params }: FastifyRequest): string {
  const parsed = shareIdSchema.safeParse((params as { shareId: string }).shareId);
  if (parsed.success) return parsed.data;
  throw shareNotFound();
}

/** @throws {StrongroomError} `ShareNotFound` */
function versionOf({ params }: FastifyRequest): number {
  const { version } = params as { version: string };
  if (/^[1-9]\d{0,8}$/.test(version)) return Number(version);
  throw shareNotFound();
}

/** @throws {StrongroomError} `ShareNotFound`, `CommentNotFound` */
function commentOf(request: FastifyRequest): { shareId: string; commentId: string } {
  const shareId = shareIdOf(request);
  const parsed = shareCommentIdSchema.safeParse(
    (request.params as { commentId: string }).commentId,
  );
  if (parsed.success) return { shareId, commentId: parsed.data };
  throw new StrongroomError('CommentNotFound', 'Cannot find this comment');
}

/** @throws {StrongroomError} `TooManyRequests` */
function limit(spending: TokenBuckets, request: FastifyRequest): void {
  const { profileName } = requireCaller(request).person;
  const retryAfterSeconds = spending.waitSeconds(profileName);
  if (retryAfterSeconds > 0) {
    throw new StrongroomError('TooManyRequests', 'Cannot answer: too many requests', {
      ...{ remedy: 'Try again in a moment.', values: { retryAfterSeconds } },
    });
  }
  spending.spend(profileName);
}
