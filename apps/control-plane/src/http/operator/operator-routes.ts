import {
  type AuthorityRotation,
  type OperatorAudit,
  type OperatorMetrics,
  type OperatorStatus,
  profileNameSchema,
  rotateAuthorityRequestSchema,
  StrongroomError,
  simulationRequestSchema,
} from '@strongroom/contracts';
import type { KeyService } from '@strongroom/sealing';
import type { Actor, AuditLog } from '../../audit/audit-log.ts';
import type { Administration } from '../../identity/administration.ts';
import type { People } from '../../identity/people.ts';
import type { CaRotation } from '../../network/certificates/domain-certificates.ts';
import { describePolicies } from '../../policies/describe-policies.ts';
import type { Simulator } from '../../policies/simulate.ts';
import type { ConsoleServices } from '../console/console-services.ts';
import { parse } from '../console/parse-request.ts';
import { type HomeRouteServices, homeRoutes } from './home-routes.ts';
import { type ImageRouteServices, imageRoutes } from './image-routes.ts';
import { type JobRouteServices, jobRoutes } from './job-routes.ts';
import { keyRoutes } from './key-routes.ts';
import type { OperatorRoute } from './operator-socket.ts';
import { type StorageServices, storageRoutes } from './storage-routes.ts';

/** Wherever studios run. */
export interface CommonOperatorServices {
  readonly administration: Pick<Administration, 'createOneTimePassword'>;
  readonly people: Pick<People, 'find' | 'list'>;
  readonly audit: AuditLog;
  readonly policies: ConsoleServices['policies'];
  readonly simulator: Simulator;
  readonly status: () => Promise<OperatorStatus>;
  readonly keys: KeyService;
  readonly auditStatus: () => Promise<OperatorAudit>;
  /** In Prometheus' text format. */
  readonly metrics: () => Promise<string>;
}

/** Where they are on this machine. */
export interface OperatorServices extends CommonOperatorServices {
  readonly studios: HomeRouteServices['studios'];
  readonly snapshots: HomeRouteServices['snapshots'];
  readonly rotateAuthority: (how: { immediately: boolean }) => Promise<CaRotation>;
  readonly images: ImageRouteServices;
  readonly jobs: JobRouteServices['jobs'];
  readonly storage: StorageServices;
}

/** What the command line tool may ask of a running control plane. */
export function operatorRoutes(services: OperatorServices): OperatorRoute[] {
  return [
    ...commonRoutes(services),
    authorityRoute(services),
    ...imageRoutes(services.images, operator),
    ...jobRoutes(services, operator),
    ...keyRoutes(services.keys),
    ...storageRoutes(services.storage),
    ...homeRoutes(services, operator),
  ];
}

export function commonRoutes(services: CommonOperatorServices): OperatorRoute[] {
  const { administration, audit, people, policies, simulator, status } = services;
  return [
    { pattern: /^GET \/status$/, answer: () => status() },
    {
      pattern: /^GET \/metrics$/,
      answer: async (): Promise<OperatorMetrics> => ({ text: await services.metrics() }),
    },
    { pattern: /^GET \/audit$/, answer: () => services.auditStatus() },
    {
      pattern: /^GET \/people$/,
      answer: async () => ({
        people: (await people.list()).map(({ profileName, displayName, role, team, disabled }) => ({
          ...{ profileName, displayName, role, team, disabled },
        })),
      }),
    },
    {
      pattern: /^POST \/people\/([^/?]+)\/one-time-password$/,
      async answer({ match, reference }) {
        const [, name] = match;
        const parsed = profileNameSchema.safeParse(name);
        if (!parsed.success) {
          throw new StrongroomError('ProfileNotFound', `Cannot find the profile "${name}"`);
        }
        await audit.oneTimePasswordRequested(operator(reference), parsed.data);
        const oneTimePassword = await administration.createOneTimePassword(parsed.data);
        await audit.oneTimePasswordCreated(operator(reference), parsed.data);
        return oneTimePassword;
      },
    },
    {
      pattern: /^GET \/policies$/,
      answer: async () => describePolicies(policies),
    },
    {
      pattern: /^POST \/policies\/simulate$/,
      answer: ({ body }) => simulator.simulate(parse(body, simulationRequestSchema)),
    },
  ];
}

function authorityRoute({ audit, rotateAuthority }: OperatorServices): OperatorRoute {
  return {
    pattern: /^POST \/authority\/rotate$/,
    async answer({ body, reference }): Promise<AuthorityRotation> {
      const how = parse(body, rotateAuthorityRequestSchema);
      await audit.authorityRotationRequested(operator(reference), how.immediately);
      const { fingerprint, expiresAt, previousTrustedUntil } = await rotateAuthority(how);
      await audit.authorityRotated(operator(reference), { ...how, fingerprint });
      return {
        ...{ fingerprint, expiresAt: expiresAt.toISOString() },
        previousTrustedUntil: previousTrustedUntil?.toISOString() ?? null,
      };
    },
  };
}

function operator(reference: string): Actor {
  return { profileName: undefined, remoteAddress: 'operator-socket', reference };
}
