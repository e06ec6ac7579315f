import type { S3Connection, S3Service } from '@strongroom/object-store';
import { networkAddresses } from '../network/addresses.ts';
import type { Endpoint } from '../network/endpoints/endpoint.ts';
import type { StudioOnNetwork } from '../network/studio-connection.ts';
import { s3HostNames } from './s3-host-names.ts';

const hourMilliseconds = 60 * 60 * 1000;

/** What `aws:SourceVpce` says of what comes through a studio's network. */
export function s3EndpointId(accountId: string): string {
  return `vpce-s3-${accountId}`;
}

/** S3 inside the studios' networks, under its own names. */
export function s3Endpoint(options: {
  readonly service: S3Service;
  readonly region: string;
  readonly accountId: string;
}): Endpoint {
  const { service, region, accountId } = options;
  const connectionOf = (studio: StudioOnNetwork): S3Connection => ({
    ...{ secureTransport: true, sourceVpce: s3EndpointId(accountId) },
    ...{ sourceIp: studio.address, who: { kind: 'studio', studio } satisfies WhoConnects },
  });
  return {
    service: 's3',
    address: networkAddresses.endpoints.s3,
    hostNames: s3HostNames(region).endpoint,
    handle: (request, response, studio) => service.handle(request, response, connectionOf(studio)),
    handleContinue: (request, response, studio) =>
      service.handleContinue(request, response, connectionOf(studio)),
    // A body may be 5 GiB; one that does not move is cut by the idle deadline.
    limits: { bodyMilliseconds: 12 * hourMilliseconds },
  };
}

/** From where a request comes: nothing in it says so. */
export type WhoConnects =
  | { readonly kind: 'studio'; readonly studio: StudioOnNetwork }
  | { readonly kind: 'outside' };
