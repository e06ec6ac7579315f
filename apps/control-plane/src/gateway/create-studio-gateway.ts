import type { EgressNow } from '@strongroom/contracts';
import type { Clock } from '../clock.ts';
import type { Origins } from '../http/origins.ts';
import type { IdentityEventMap, IdentityEvents } from '../identity/identity-events.ts';
import type { People } from '../identity/people.ts';
import type { Person } from '../identity/person.ts';
import type { Sessions } from '../identity/sessions.ts';
import type { Authorize } from '../policies/access-request.ts';
import type { State } from '../state/database.ts';
import type { StudioLog } from '../studios/studio-log.ts';
import type { Studios } from '../studios/studios.ts';
import { Entrance } from './entrance.ts';
import { openLabBundle } from './lab-bundle.ts';
import type { AgentTimeouts } from './pass-request.ts';
import { Refusals } from './refusal.ts';
import { SessionTouches } from './session-touches.ts';
import { StudioBuckets, type StudioBucketsOptions } from './studio-buckets.ts';
import { type StudioComputeOptions, StudioComputeRoutes } from './studio-compute.ts';
import { type StudioCostOptions, StudioCostRoute } from './studio-cost.ts';
import type { StudioGateway } from './studio-gateway.ts';
import { StudioRequests } from './studio-requests.ts';
import { type GatewayAudit, StudioSessions } from './studio-sessions.ts';
import { StudioShares, type StudioSharesOptions } from './studio-shares.ts';
import { StudioWebSockets } from './studio-web-sockets.ts';

export interface StudioGatewayOptions {
  readonly state: State;
  readonly studios: Pick<Studios, 'visit' | 'redeemPresignedUrl'>;
  readonly people: Pick<People, 'find'>;
  readonly sessions: Pick<Sessions, 'personOf' | 'touch'>;
  /** Listened to: sessionEnded, disabled, removed. */
  readonly events: IdentityEvents;
  readonly authorize: Authorize;
  readonly audit: GatewayAudit &
    StudioBucketsOptions['audit'] &
    StudioComputeOptions['audit'] & { readonly shares: StudioSharesOptions['audit'] };
  /** What the owner's studio reaches outside at this moment. */
  readonly egressNow: (owner: Person) => EgressNow;
  readonly storage: StudioBucketsOptions['storage'];
  readonly compute: StudioComputeOptions['compute'];
  readonly costs: StudioCostOptions['costs'];
  readonly sharing: Pick<StudioSharesOptions, 'shares' | 'writer'>;
  readonly origins: Origins;
  readonly domainName: string;
  readonly clock: Clock;
  readonly log: StudioLog;
  /** `apps/lab/dist`, absolute. */
  readonly labFolder: string;
  readonly timeouts?: Partial<AgentTimeouts>;
}

const defaultTimeouts: AgentTimeouts = { answerMilliseconds: 180_000, stallMilliseconds: 120_000 };

export async function createStudioGateway(options: StudioGatewayOptions): Promise<StudioGateway> {
  const { studios, origins, domainName, log, events } = options;
  const studioSessions = new StudioSessions(options);
  const entrance = new Entrance(studioSessions, options.audit, log);
  const touches = new SessionTouches(options.sessions, log);
  const refusals = new Refusals(log, options.clock);
  const bundle = await openLabBundle(options.labFolder);
  const { storage, audit } = options;
  const buckets = new StudioBuckets({ storage, audit, context: origins, log });
  const shares = new StudioShares({
    ...{ ...options.sharing, studios, audit: audit.shares, context: origins },
  });
  const { compute: computing, authorize } = options;
  const compute = new StudioComputeRoutes({
    compute: computing,
    authorize,
    audit,
    context: origins,
  });
  const cost = new StudioCostRoute({ costs: options.costs, authorize, audit, context: origins });
  const requests = new StudioRequests({
    ...{ studios, studioSessions, entrance, refusals, touches, bundle, buckets, shares, compute },
    ...{ cost, origins, domainName, log },
    egressNow: options.egressNow,
    timeouts: { ...defaultTimeouts, ...options.timeouts },
  });
  const webSockets = new StudioWebSockets({ studios, entrance, refusals, touches, origins });

  const onSessionEnded = ({ sessionId }: IdentityEventMap['sessionEnded'][0]) => {
    touches.forget(sessionId);
    entrance.endSession(sessionId).catch((error: unknown) => {
      log.error({ sessionId, err: error }, 'Cannot end the studio sessions of a console session');
    });
  };
  const onPersonEnded = ({ profileName }: IdentityEventMap['disabled'][0]) => {
    entrance.endStudio(profileName);
  };
  events.on('sessionEnded', onSessionEnded);
  events.on('disabled', onPersonEnded);
  events.on('removed', onPersonEnded);

  return {
    handleRequest: (profileName, request, response) =>
      requests.handle(profileName, request, response),
    handleUpgrade: (profileName, request, socket, head) =>
      webSockets.handle({ profileName, request, socket, head }),
    review: () => entrance.review(),
    async close() {
      events.off('sessionEnded', onSessionEnded);
      events.off('disabled', onPersonEnded);
      events.off('removed', onPersonEnded);
      entrance.close();
    },
  };
}
