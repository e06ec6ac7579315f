import type { IncomingMessage, ServerResponse } from 'node:http';
import { type AppId, appIdSchema, type StudioApps } from '@strongroom/contracts';
import type { AuditLog } from '../audit/audit-log.ts';
import { appNotFound, type Compute } from '../compute/compute.ts';
import { setHeaders } from '../http/security-headers.ts';
import { accessDenied } from '../policies/access-denied.ts';
import type { Authorize } from '../policies/access-request.ts';
import { newReference } from '../studios/reference.ts';
import { type AnswerContext, answerJson, answerNothing } from './answer.ts';
import type { Entry } from './entrance.ts';
import type { StudioRoute } from './routes.ts';
import { dataPolicy, studioHeaders } from './security-headers.ts';

export interface StudioComputeOptions {
  readonly compute: Pick<
    Compute,
    'offersFor' | 'imageIconFor' | 'appsOf' | 'find' | 'stop' | 'keepRunning'
  >;
  readonly authorize: Authorize;
  readonly audit: Pick<AuditLog, 'accessDenied' | 'appStopped' | 'appKeptRunning'>;
  readonly context: AnswerContext;
}

export type ComputeRoute = Extract<
  StudioRoute,
  { kind: 'compute' | 'image-icon' | 'compute-apps' | 'compute-app' | 'compute-keep-running' }
>;

interface ComputeExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly entry: Entry;
}

/**
 * Sizes, apps and their use, in Lab. Whoever was let into the studio sees what runs in it; ending it and
 * keeping it running are decided for the person who sits before the page, so that a visitor of the owner's
 * team does neither.
 */
export class StudioComputeRoutes {
  readonly #options: StudioComputeOptions;

  constructor(options: StudioComputeOptions) {
    this.#options = options;
  }

  async answer(route: ComputeRoute, exchange: ComputeExchange): Promise<void> {
    const { compute, context } = this.#options;
    const { response, entry } = exchange;
    const { person } = entry;
    switch (route.kind) {
      case 'compute':
        return answerJson(response, await compute.offersFor(person), context);
      case 'image-icon': {
        const icon = await compute.imageIconFor(person, route.imageName);
        setHeaders(response, { ...studioHeaders(dataPolicy, context), ...icon.headers });
        response.writeHead(200, { 'content-length': icon.bytes.length }).end(icon.bytes);
        return;
      }
      case 'compute-apps': {
        const answer: StudioApps = { apps: await compute.appsOf(person.profileName) };
        return answerJson(response, answer, context);
      }
      case 'compute-app':
        return this.#stop(appIdSchema.parse(route.appId), exchange);
      case 'compute-keep-running':
        return this.#keepRunning(appIdSchema.parse(route.appId), exchange);
    }
  }

  async #stop(appId: AppId, exchange: ComputeExchange): Promise<void> {
    const { compute, audit, context } = this.#options;
    const { profileName } = exchange.entry.person;
    const actor = await this.#require('sagemaker:DeleteApp', appId, exchange);
    exchange.request.resume();
    // The browser may be gone before all of it is: it is ended all the same.
    await compute.stop(profileName, appId);
    await audit.appStopped(actor, profileName, appId);
    answerNothing(exchange.response, context);
  }

  async #keepRunning(appId: AppId, exchange: ComputeExchange): Promise<void> {
    const { compute, audit, context } = this.#options;
    const { profileName } = exchange.entry.person;
    // Who may start it may keep it.
    const actor = await this.#require('sagemaker:CreateApp', appId, exchange);
    exchange.request.resume();
    if (compute.find(profileName, appId) === undefined) throw appNotFound();
    await audit.appKeptRunning(actor, profileName, appId);
    compute.keepRunning(profileName, appId);
    answerNothing(exchange.response, context);
  }

  /**
   * Policies may speak of the app's type and name. Who may not act is not told which apps there are.
   *
   * @throws {StrongroomError} `AccessDenied`
   */
  async #require(
    action: 'sagemaker:DeleteApp' | 'sagemaker:CreateApp',
    appId: AppId,
    { request, entry }: ComputeExchange,
  ) {
    const { compute, authorize, audit } = this.#options;
    const { person, visitor } = entry;
    const { profileName: resource } = person;
    const found = compute.find(resource, appId);
    const decision = authorize({
      ...{ principal: visitor, action, resource },
      ...(found === undefined ? {} : { app: found }),
    });
    const { remoteAddress } = request.socket;
    const actor = { profileName: visitor.profileName, remoteAddress, reference: newReference() };
    if (decision.allowed) return actor;
    await audit.accessDenied(actor, { action, resource }, decision);
    throw accessDenied(decision, { action, profileName: resource });
  }
}
