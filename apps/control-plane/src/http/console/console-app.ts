import type { IncomingMessage, ServerResponse } from 'node:http';
import { StrongroomError } from '@strongroom/contracts';
import {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
} from 'fastify';
import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import type { IdentityEventMap, IdentityEvents } from '../../identity/identity-events.ts';
import type { Sessions } from '../../identity/sessions.ts';
import { newReference } from '../../studios/reference.ts';
import { toErrorReply } from '../error-reply.ts';
import { consoleContentSecurityPolicy, setHeaders } from '../security-headers.ts';
import { addAuditRoutes } from './audit-routes.ts';
import { addBucketRoutes } from './bucket-routes.ts';
import { addBucketShareRoutes } from './bucket-share-routes.ts';
import { addComputeRoutes } from './compute-routes.ts';
import type { ConsoleServices, PortalServices } from './console-services.ts';
import { addCostRoutes } from './cost-routes.ts';
import { addEgressRoutes } from './egress-routes.ts';
import { addFlowRoutes } from './flow-routes.ts';
import { addGuard, type DeclaredRoutes } from './guard.ts';
import { addHomeFileRoutes } from './home-file-routes.ts';
import { addImageRoutes } from './image-routes.ts';
import { addJobRoutes } from './job-routes.ts';
import { addKeyRoutes } from './key-routes.ts';
import { addObjectRoutes } from './object-routes.ts';
import { OpenRequests } from './open-requests.ts';
import { addPageRoutes } from './page-routes.ts';
import { addPersonalTokenRoutes } from './personal-token-routes.ts';
import { addPolicyRoutes } from './policy-routes.ts';
import { addPortalComputeRoutes } from './portal-compute-routes.ts';
import { addProfileRoutes } from './profile-routes.ts';
import { RefusedRequestLog } from './refused-request-log.ts';
import { addRepositoryContentRoutes } from './repository-content-routes.ts';
import { addRepositoryRoutes } from './repository-routes.ts';
import { addSessionRoutes } from './session-routes.ts';
import { addShareRoutes } from './share-routes.ts';
import { addSpaceRoutes } from './space-routes.ts';
import { addStudioRoutes } from './studio-routes.ts';

export interface ConsoleAppOptions {
  readonly services: ConsoleServices | PortalServices;
  readonly sessions: Sessions;
  /** Listened to: sessionEnded, disabled, removed. */
  readonly events: IdentityEvents;
  readonly clock: Clock;
  readonly log: Logger;
  /** The console's own, for example `http://console.localhost:8080`. */
  readonly origin: string;
  /** Of the frame that renders notebooks. */
  readonly viewerOrigin: string;
  /** `apps/console/dist` */
  readonly staticFolder: string;
}

/** More than any request of the console's needs. */
const bodyLimitBytes = 32 * 1024;

export interface ConsoleApp {
  readonly routes: DeclaredRoutes;
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Decides anew for everything that is open, now and not at the next turn. */
  review(): Promise<void>;
  close(): Promise<void>;
}

/** The console's origin: its API and its pages. Listens to nothing: the dispatch hands requests over. */
export async function createConsoleApp(options: ConsoleAppOptions): Promise<ConsoleApp> {
  const { services, sessions, clock, log, origin } = options;
  const app = fastify({
    // What each request came to is written below; of the framework only its warnings are.
    loggerInstance: log.child({}, { level: 'warn' }) as FastifyBaseLogger,
    bodyLimit: bodyLimitBytes,
    genReqId: newReference,
    requestIdHeader: false,
    // Only pages and files answer HEAD: an event stream or a download has none worth the work.
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 128 },
  });

  const contentSecurityPolicy = consoleContentSecurityPolicy(options.viewerOrigin);
  app.addHook('onRequest', async (_request, reply) => {
    setHeaders(reply.raw, { 'content-security-policy': contentSecurityPolicy });
  });
  acceptJsonOnly(app);
  const refusedRequests = new RefusedRequestLog(log, clock);
  answerErrors(app, refusedRequests);
  const { people, authorize, audit } = services;
  const openRequests = new OpenRequests({ sessions, people, authorize });
  const stopFollowing = followIdentity(options.events, openRequests);
  const routes = addGuard(app, { sessions, people, audit, clock, openRequests, origin });
  addSessionRoutes(app, services);
  addProfileRoutes(app, services);
  addPolicyRoutes(app, services);
  addAuditRoutes(app, services);
  addStudioRoutes(app, services);
  addCostRoutes(app, services);
  addBucketRoutes(app, services);
  addObjectRoutes(app, services);
  addKeyRoutes(app, services);
  addShareRoutes(app, services);
  if ('egress' in services) addLocalRoutes(app, services, options.viewerOrigin);
  else addPortalRoutes(app, services);
  const { sendDocument } = addPageRoutes(app, options.staticFolder);
  answerUnknownAddresses(app, sendDocument, refusedRequests);
  await app.ready();
  return {
    routes,
    handle: (request, response) => app.routing(request, response),
    review: () => openRequests.review(),
    async close() {
      stopFollowing();
      openRequests.close();
      await app.close();
    },
  };
}

/** What there is where studios are on this machine. */
function addLocalRoutes(
  app: FastifyInstance,
  services: ConsoleServices,
  viewerOrigin: string,
): void {
  addJobRoutes(app, services);
  addEgressRoutes(app, services);
  addFlowRoutes(app, services);
  addHomeFileRoutes(app, services);
  addComputeRoutes(app, services);
  addImageRoutes(app, services);
  addRepositoryRoutes(app, services);
  addRepositoryContentRoutes(app, services, viewerOrigin);
  addPersonalTokenRoutes(app, services);
}

/** What there is where they are SageMaker's. */
function addPortalRoutes(app: FastifyInstance, services: PortalServices): void {
  addSpaceRoutes(app, services);
  addBucketShareRoutes(app, services);
  addPortalComputeRoutes(app, services);
}

/** Nothing goes on to whoever was signed out, disabled or removed. */
function followIdentity(events: IdentityEvents, openRequests: OpenRequests): () => void {
  const onSessionEnded = ({ sessionId }: IdentityEventMap['sessionEnded'][0]) =>
    openRequests.endSession(sessionId);
  const onPersonEnded = ({ profileName }: IdentityEventMap['disabled'][0]) =>
    openRequests.endPerson(profileName);
  events.on('sessionEnded', onSessionEnded);
  events.on('disabled', onPersonEnded);
  events.on('removed', onPersonEnded);
  return () => {
    events.off('sessionEnded', onSessionEnded);
    events.off('disabled', onPersonEnded);
    events.off('removed', onPersonEnded);
  };
}

/** A form of another site can send `text/plain` and form data, but no JSON. */
function acceptJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') return done(null, undefined);
    return parse(request, body as string, done);
  });
}

function answerErrors(app: FastifyInstance, refusedRequests: RefusedRequestLog): void {
  app.setErrorHandler((error, request, reply) => {
    const answer = toErrorReply(error, request.id);
    refusedRequests.write(request, error, answer.status);
    // Nothing of a half-built answer goes out with the refusal.
    for (const name of ['content-length', 'content-disposition', 'content-encoding', 'etag']) {
      void reply.removeHeader(name);
    }
    return reply
      .headers({ 'cache-control': 'no-store', ...answer.headers })
      .type('application/json; charset=utf-8')
      .code(answer.status)
      .send(answer.body);
  });
}

/** A person who mistyped an address sees the console say so; a program gets JSON. */
function answerUnknownAddresses(
  app: FastifyInstance,
  sendDocument: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>,
  refusedRequests: RefusedRequestLog,
): void {
  app.setNotFoundHandler((request, reply) => {
    const error = new StrongroomError('InvalidRequest', 'Cannot find this page', {
      remedy: 'Open the first page.',
    });
    const answer = { ...toErrorReply(error, request.id), status: 404 };
    refusedRequests.write(request, error, answer.status);
    void reply.code(answer.status);
    const isByPerson =
      request.method === 'GET' && (request.headers.accept ?? '').startsWith('text/html');
    return isByPerson ? sendDocument(request, reply) : reply.send(answer.body);
  });
}
