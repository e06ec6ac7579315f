import { timingSafeEqual } from 'node:crypto';
import { StrongroomError } from '@strongroom/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { Clock } from '../../clock.ts';
import { addressKey } from '../../identity/client-address.ts';
import type { People } from '../../identity/people.ts';
import type { Sessions } from '../../identity/sessions.ts';
import { TokenBuckets } from '../../identity/token-buckets.ts';
import { isSafeMethod, refuseCrossSite } from '../cross-site.ts';
import { actorOf, type Caller, type RouteAccess, requireCaller } from './caller.ts';
import type { OpenRequests } from './open-requests.ts';
import { readSessionToken } from './session-cookie.ts';

export interface GuardOptions {
  readonly sessions: Sessions;
  readonly people: People;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly openRequests: OpenRequests;
  /** The console's own. */
  readonly origin: string;
}

const csrfHeader = 'x-strongroom-csrf';
/** Of requests without a session, from one address. */
const anonymousRate = { capacity: 200, refillSeconds: 0.2 };
/** Of requests that another origin's page sent, from one address: each costs a line of evidence. */
const crossSiteRate = { capacity: 60, refillSeconds: 1 };
/** A path may be as long as all headers together. */
const maximumPathCharacters = 200;

/** Every route of the application, as `GET /api/session`, with the access it declares. */
export type DeclaredRoutes = ReadonlyMap<string, RouteAccess>;

/** What every request passes before its route sees it, and every route has to declare. */
export function addGuard(app: FastifyInstance, options: GuardOptions): DeclaredRoutes {
  const { sessions, people, audit, clock, origin, openRequests } = options;
  const anonymousRequests = new TokenBuckets(anonymousRate, clock);
  const crossSiteRequests = new TokenBuckets(crossSiteRate, clock);

  app.decorateRequest('caller', undefined);
  app.decorateRequest('questions');
  app.decorateRequest('furtherQuestions');
  const declared = new Map<string, RouteAccess>();
  app.addHook('onRoute', ({ method, url, config }) => {
    if (config?.access === undefined) throw new Error(`The route ${url} declares no access`);
    for (const each of [method].flat()) declared.set(`${each} ${url}`, config.access);
  });

  app.addHook('onRequest', async (request, reply) => {
    request.questions = [];
    request.furtherQuestions = [];
    const { method, headers } = request;
    const { access = 'ready', isPage = false, isPolled = false } = request.routeOptions.config;
    try {
      refuseCrossSite({ method, headers, origin, isPage });
    } catch (error) {
      limit(crossSiteRequests, request);
      const path = pathOf(request).slice(0, maximumPathCharacters);
      const why = (error as Error).message;
      await audit.crossSiteRequestRefused(actorOf(request), { method, path, why });
      throw error;
    }
    // Files of the console are the same for everybody.
    if (!pathOf(request).startsWith('/api/')) return;
    request.caller = await admit(request, reply);
    if (request.caller && !isPolled) await sessions.touch(request.caller.session.sessionId);
    if (request.caller === undefined) limit(anonymousRequests, request);
    requireAccess(request, access);
    if (!isSafeMethod(method) && request.caller) requireCsrfToken(request, request.caller);
  });
  return declared;

  /**
   * INVARIANT: from the decision who calls to the entry among what is open nothing else runs, so
   * whatever is let in can be cut. What changes something is done at once or not at all, and its
   * answer goes out also where it ended the caller's own session.
   */
  async function admit(request: FastifyRequest, reply: FastifyReply): Promise<Caller | undefined> {
    for (;;) {
      const { revocationCount } = openRequests;
      const caller = await findCaller(request);
      if (revocationCount !== openRequests.revocationCount) continue;
      const { isUpload = false } = request.routeOptions.config;
      if (caller === undefined || !(isSafeMethod(request.method) || isUpload)) return caller;
      const { raw } = reply;
      // What is written after the cut is lost, and must not end the process.
      raw.on('error', () => raw.destroy());
      const leave = openRequests.enter({
        sessionId: caller.session.sessionId,
        profileName: caller.person.profileName,
        questions: request.questions,
        furtherQuestions: request.furtherQuestions,
        cut: () => void raw.destroy(),
      });
      raw.once('close', leave);
      return caller;
    }
  }

  async function findCaller({ headers }: FastifyRequest): Promise<Caller | undefined> {
    const token = readSessionToken(headers.cookie);
    const session = token === undefined ? undefined : await sessions.find(token);
    if (session === undefined) return undefined;
    const person = await people.find(session.profileName);
    if (person === undefined) return undefined;
    return { person, session };
  }
}

/** @throws {StrongroomError} `TooManyRequests` */
function limit(buckets: TokenBuckets, { socket }: FastifyRequest): void {
  const key = addressKey(socket.remoteAddress);
  const retryAfterSeconds = buckets.waitSeconds(key);
  if (retryAfterSeconds > 0) {
    throw new StrongroomError('TooManyRequests', 'Cannot answer: too many requests', {
      remedy: 'Try again in a moment.',
      values: { retryAfterSeconds },
    });
  }
  buckets.spend(key);
}

function requireAccess(request: FastifyRequest, access: RouteAccess): void {
  if (access === 'anybody') return;
  const { session } = requireCaller(request);
  if (access === 'signed-in' || !session.mustChangePassword) return;
  throw new StrongroomError(
    'PasswordChangeRequired',
    'Cannot do this yet: your one-time password has to be changed first',
    { remedy: 'Choose a password of your own.' },
  );
}

/** Beside the origin check: a page that could send requests as this origin still lacks the token. */
function requireCsrfToken({ headers }: FastifyRequest, { session }: Caller): void {
  const sent = Buffer.from(String(headers[csrfHeader] ?? ''));
  const expected = Buffer.from(session.csrfToken);
  if (sent.length === expected.length && timingSafeEqual(sent, expected)) return;
  throw new StrongroomError(
    'CrossSiteRequest',
    `Cannot accept this request: its ${csrfHeader} header is not this session's`,
    { remedy: 'Load the page again.' },
  );
}

/** Without the query, which may hold what is nobody else's business. */
function pathOf({ url }: FastifyRequest): string {
  return url.split('?', 1)[0] ?? url;
}
