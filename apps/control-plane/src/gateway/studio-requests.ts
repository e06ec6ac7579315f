import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type EgressNow,
  type ProfileName,
  StrongroomError,
  type Studio,
} from '@strongroom/contracts';
import { refuseCrossSite } from '../http/cross-site.ts';
import type { Origins } from '../http/origins.ts';
import { setHeaders } from '../http/security-headers.ts';
import type { Person } from '../identity/person.ts';
import type { StudioLog } from '../studios/studio-log.ts';
import type { Studios } from '../studios/studios.ts';
import { preferredLanguage } from './accept-language.ts';
import { askAgent } from './agent-connection.ts';
import { answerJson, answerRedirect, answerRefusal, isLookedAt, sendText } from './answer.ts';
import { readStudioCookie, studioCookie } from './cookies.ts';
import type { Entrance, Entry } from './entrance.ts';
import { labAddress } from './lab-address.ts';
import type { LabBundle } from './lab-bundle.ts';
import { type AgentTimeouts, hasBody, passRequest } from './pass-request.ts';
import { invalidRequest, nothingHere, type Refusals } from './refusal.ts';
import { parseRequestTarget, type RequestTarget } from './request-target.ts';
import { changingMethods, isPage, routeOf, type StudioRoute, withoutReading } from './routes.ts';
import { agentPolicy, dataPolicy, labPolicy, studioHeaders } from './security-headers.ts';
import type { SessionTouches } from './session-touches.ts';
import type { StudioBuckets } from './studio-buckets.ts';
import type { StudioComputeRoutes } from './studio-compute.ts';
import type { StudioCostRoute } from './studio-cost.ts';
import type { StudioJobs } from './studio-jobs.ts';
import type { StudioSessions } from './studio-sessions.ts';
import type { StudioShares } from './studio-shares.ts';

export interface StudioRequestsOptions {
  readonly studios: Pick<Studios, 'visit' | 'redeemPresignedUrl'>;
  readonly studioSessions: StudioSessions;
  readonly entrance: Entrance;
  readonly refusals: Refusals;
  readonly touches: SessionTouches;
  readonly bundle: LabBundle;
  readonly buckets: StudioBuckets;
  readonly shares: StudioShares;
  readonly compute: StudioComputeRoutes;
  readonly cost: StudioCostRoute;
  readonly jobs: StudioJobs;
  readonly egressNow: (owner: Person) => EgressNow;
  readonly origins: Origins;
  readonly domainName: string;
  readonly log: StudioLog;
  readonly timeouts: AgentTimeouts;
}

interface Exchange {
  readonly profileName: ProfileName;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);
const readingMethods: ReadonlySet<string> = new Set(['GET', 'HEAD']);
/** A kernel on a GPU may have to wait for its turn; whoever asked for it decides how long they do. */
const kernelStarts = /^\/api\/(?:sessions|kernels)(?:\/[^/]+(?:\/restart)?)?$/;
const kernelStartMilliseconds = 24 * 60 * 60 * 1000;

/** Every HTTP request of a studio's origin. */
export class StudioRequests {
  readonly #options: StudioRequestsOptions;

  constructor(options: StudioRequestsOptions) {
    this.#options = options;
  }

  handle(profileName: ProfileName, request: IncomingMessage, response: ServerResponse): void {
    // Without a listener a late error of a socket would end the whole control plane.
    response.on('error', () => response.destroy());
    request.on('error', () => undefined);
    const exchange = { profileName, request, response };
    this.#answer(exchange).catch((error: unknown) => this.#refuse(exchange, error));
  }

  async #answer(exchange: Exchange): Promise<void> {
    const { profileName, request, response } = exchange;
    const method = request.method ?? '';
    const target = parseRequestTarget(request.url);
    if (target === undefined) throw invalidRequest('This address cannot be read');
    if (!methods.has(method)) throw invalidRequest('This method is not known here');
    const route = routeOf(target.path);
    refuseCrossSite({
      ...{ method, headers: request.headers, origin: this.#options.origins.studio(profileName) },
      isPage: route !== undefined && isPage(route),
    });
    if (route !== undefined && !isAnswered(route, method)) {
      throw invalidRequest('This address does not answer to this method');
    }
    if (route?.kind === 'exchange') return this.#exchange(exchange, target);

    const token = readStudioCookie(request.headers.cookie);
    const cut = () => void response.destroy();
    const { remoteAddress } = request.socket;
    const attempt = { profileName, token, remoteAddress };
    const entry = await this.#options.entrance.enter('request', attempt, cut);
    try {
      if (route === undefined) throw nothingHere();
      await this.#answerRoute(exchange, route, { entry, target });
    } finally {
      entry.leave();
    }
  }

  async #answerRoute(
    exchange: Exchange,
    route: Exclude<StudioRoute, { kind: 'exchange' }>,
    { entry, target }: { readonly entry: Entry; readonly target: RequestTarget },
  ): Promise<void> {
    const { origins, bundle } = this.#options;
    const { request, response } = exchange;
    switch (route.kind) {
      case 'home':
        return answerRedirect(response, '/lab', origins);
      case 'studio':
        return answerJson(response, this.#describe(entry), origins);
      case 'egress':
        return answerJson(response, this.#options.egressNow(entry.person), origins);
      case 'buckets':
      case 'bucket-folder':
      case 'bucket-object':
        if (!readingMethods.has(request.method ?? '')) this.#options.touches.touch(entry.sessionId);
        return this.#options.buckets.answer(route, { request, response, entry, target });
      case 'share-choices':
      case 'share-check':
      case 'shares':
      case 'share-versions':
      case 'share-revoke':
      case 'share-extend':
        if (!readingMethods.has(request.method ?? '')) this.#options.touches.touch(entry.sessionId);
        return this.#options.shares.answer(route, { request, response, entry, target });
      case 'compute':
      case 'compute-apps':
      case 'image-icon':
      case 'compute-app':
      case 'compute-keep-running':
        if (!readingMethods.has(request.method ?? '')) this.#options.touches.touch(entry.sessionId);
        return this.#options.compute.answer(route, { request, response, entry });
      case 'jobs':
      case 'job':
      case 'job-log':
      case 'job-cancel':
      case 'job-schedules':
      case 'job-schedule':
        if (!readingMethods.has(request.method ?? '')) this.#options.touches.touch(entry.sessionId);
        return this.#options.jobs.answer(route, { request, response, entry, target });
      case 'cost':
        return this.#options.cost.answer({ request, response, entry });
      case 'bundle':
        setHeaders(response, studioHeaders(dataPolicy, origins));
        return bundle.send(route.file, request, response);
      case 'lab':
        return this.#answerLab(exchange, route, entry);
      case 'agent':
        return this.#passToAgent(exchange, route, { entry, target });
    }
  }

  /** Spends a presigned URL and gives the browser this origin's cookie. */
  async #exchange({ profileName, request, response }: Exchange, target: RequestTarget) {
    const { studios, studioSessions, origins, log } = this.#options;
    if (request.method !== 'GET') throw invalidRequest('This address can only be opened');
    const [token = '', ...others] = target.query.getAll('token');
    if (others.length > 0 || !/^[\w-]{43}$/.test(token)) {
      throw new StrongroomError('PresignedUrlInvalid', 'This link does not open this studio');
    }
    const { remoteAddress } = request.socket;
    const { sessionId } = await studios.redeemPresignedUrl(token, profileName);
    const cookieToken = await studioSessions.begin(profileName, sessionId, remoteAddress);
    log.info({ profileName, sessionId }, 'Studio session began');
    response.setHeader('set-cookie', studioCookie(cookieToken));
    answerRedirect(response, labAddress(target.query.get('open')), origins);
  }

  #answerLab(
    { profileName, response }: Exchange,
    { page }: Extract<StudioRoute, { kind: 'lab' }>,
    { person, visitor, sessionId }: Entry,
  ): void {
    const { studios, touches, bundle, origins, log } = this.#options;
    touches.touch(sessionId);
    // The studio starts while the browser loads the page; who needs its answer waits for it.
    studios.visit(person, 'page').then(
      (visit) => visit.leave(),
      (error: unknown) => log.debug({ profileName, err: error }, 'No studio behind the page yet'),
    );
    const webSocketOrigin = origins.studioWebSocket(profileName);
    setHeaders(response, studioHeaders(labPolicy({ webSocketOrigin }), origins));
    const html = bundle.page(page, { language: visitor.language, webSocketOrigin });
    sendText(response, 200, 'text/html', html);
  }

  async #passToAgent(
    { profileName, request, response }: Exchange,
    { area }: Extract<StudioRoute, { kind: 'agent' }>,
    { entry, target }: { readonly entry: Entry; readonly target: RequestTarget },
  ): Promise<void> {
    const { studios, touches, origins, timeouts } = this.#options;
    const isReading = readingMethods.has(request.method ?? '');
    if (!isReading) touches.touch(entry.sessionId);
    const webSocketOrigin = origins.studioWebSocket(profileName);
    const policy = agentPolicy(area, { webSocketOrigin, hasTls: origins.hasTls });
    const ownOrigin = origins.studio(profileName);
    const isRepeatable = () => !hasBody(request) && isReading && !response.destroyed;
    await askAgent({ studios, person: entry.person, isRepeatable }, async (connection) => {
      // Gone, or cut, while the studio started.
      if (response.destroyed) return connection.close();
      setHeaders(response, studioHeaders(policy, origins));
      const isKernelStart =
        /^(?:POST|PATCH)$/.test(request.method ?? '') && kernelStarts.test(target.path);
      await passRequest({
        ...{ request, response, connection, target: target.raw, ownOrigin },
        timeouts: isKernelStart
          ? { ...timeouts, answerMilliseconds: kernelStartMilliseconds }
          : timeouts,
      });
    });
  }

  #describe({ person, visitor }: Entry): Studio {
    const { origins, domainName } = this.#options;
    return {
      profileName: person.profileName,
      displayName: person.displayName,
      domainName,
      consoleUrl: origins.console,
      language: visitor.language,
    };
  }

  #refuse({ profileName, request, response }: Exchange, error: unknown): void {
    const { origins, log, refusals } = this.#options;
    const path = (request.url ?? '').split('?', 1)[0]?.slice(0, 200);
    const refusal = refusals.of(error, { profileName, method: request.method, path });
    const shown = {
      isPage: isLookedAt(request),
      language: preferredLanguage(request.headers['accept-language']),
      consoleUrl: `${origins.console}/launch/${profileName}`,
    };
    try {
      answerRefusal(response, refusal, shown, origins);
    } catch (failure) {
      log.error({ profileName, err: failure }, 'Cannot refuse a request');
      response.destroy();
    }
  }
}

function isAnswered({ kind }: StudioRoute, method: string): boolean {
  if (kind === 'agent') return true;
  if (readingMethods.has(method)) return !withoutReading.has(kind);
  return changingMethods[kind]?.includes(method) ?? false;
}
