import type { ServerResponse } from 'node:http';
import type { ProfileName } from '@strongroom/contracts';
import type { DomainArns } from '@strongroom/domain';
import { networkAddresses } from '../../addresses.ts';
import type { StudioOnNetwork } from '../../studio-connection.ts';
import type { AuthorizeCall } from '../authorize-call.ts';
import type { Endpoint } from '../endpoint.ts';

export interface ApiEndpointOptions {
  readonly domainName: string;
  readonly arns: Pick<DomainArns, 'executionRole' | 'userProfile'>;
  readonly authorizeCall: AuthorizeCall;
  /** What may be reached outside at this moment; sent as JSON. */
  readonly describeEgress: (studio: StudioOnNetwork) => unknown;
}

export const apiHostName = 'api.strongroom.internal';

/**
 * What programs in a studio may ask about it, in JSON. Nothing is signed: the connection itself says
 * which studio asks, and it is told about itself alone.
 *
 * - `GET /v1/studio`
 * - `GET /v1/egress`
 */
export function apiEndpoint(options: ApiEndpointOptions): Endpoint {
  const routes = new Map<string, (studio: StudioOnNetwork) => unknown>([
    ['/v1/studio', ({ profileName }) => describeStudio(options, profileName)],
    ['/v1/egress', options.describeEgress],
  ]);
  return {
    service: 'api',
    address: networkAddresses.endpoints.api,
    hostNames: [apiHostName],
    async handle(request, response, studio) {
      const route = routes.get(request.url ?? '');
      if (route === undefined) return sendError(response, 404, notFound);
      if (request.method !== 'GET') {
        response.setHeader('allow', 'GET');
        return sendError(response, 405, notAllowed);
      }
      const { allowed, sentence } = await options.authorizeCall({
        ...{ profileName: studio.profileName, endpoint: 'api' },
        action: 'strongroom:DescribeStudio',
        resource: options.arns.userProfile(studio.profileName),
      });
      if (!allowed) return sendError(response, 403, { code: 'AccessDenied', sentence });
      send(response, 200, await route(studio));
    },
  };
}

function describeStudio({ domainName, arns }: ApiEndpointOptions, profileName: ProfileName) {
  return { profileName, domainName, executionRoleArn: arns.executionRole(profileName) };
}

interface ApiError {
  readonly code: string;
  readonly sentence: { readonly english: string; readonly korean: string };
}

const notFound: ApiError = {
  code: 'NotFound',
  sentence: {
    english: 'There are /v1/studio and /v1/egress.',
    korean: '/v1/studio와 /v1/egress가 있습니다.',
  },
};

const notAllowed: ApiError = {
  code: 'MethodNotAllowed',
  sentence: { english: 'Only GET is answered.', korean: 'GET 요청에만 응답합니다.' },
};

function sendError(response: ServerResponse, status: number, { code, sentence }: ApiError): void {
  const { english: message, korean: messageInKorean } = sentence;
  send(response, status, { error: { code, message, messageInKorean } });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
