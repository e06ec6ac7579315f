import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { S3Connection, S3Service } from '@strongroom/object-store';
import type { EndpointCertificate } from '../network/certificates/endpoint-certificate.ts';
import { plainAddress } from '../network/plain-address.ts';
import { StartError } from '../start-error.ts';
import type { WhoConnects } from './s3-endpoint.ts';

export interface OuterEndpoint {
  /** `https://localhost:<port>`, for tools on this machine. */
  readonly url: string;
  close(): Promise<void>;
}

/** Such as SDKs send them, with metadata and a presigned URL's query. */
const headBytes = 32 * 1024;
const headersTimeoutMilliseconds = 30_000;

/**
 * S3 for tools outside the studios: path style, TLS under the domain's authority, and credentials
 * that were made for outside.
 *
 * @throws {StartError} `CannotListen`
 */
export async function openOuterEndpoint(options: {
  readonly listen: { readonly address: string; readonly port: number };
  readonly certificate: EndpointCertificate;
  readonly service: S3Service;
}): Promise<OuterEndpoint> {
  const { listen, certificate, service } = options;
  const server = createServer({
    maxHeaderSize: headBytes,
    minVersion: 'TLSv1.2',
    // Renewed in its place, so it is asked for at each handshake.
    SNICallback: (_name, callback) => callback(null, certificate.secureContext),
    ...certificate.pem,
  });
  server.headersTimeout = headersTimeoutMilliseconds;
  // A body may take as long as it moves; the service cuts one that does not.
  server.requestTimeout = 0;
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    void service.handle(request, response, connectionOf(request));
  });
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    void service.handleContinue(request, response, connectionOf(request));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(listen.port, listen.address, resolve);
  }).catch((error: unknown) => {
    const place = `${listen.address}:${listen.port}`;
    const message = `Cannot listen for S3 on ${place}: ${(error as Error).message}; change objects.listen in the domain file, or leave it out`;
    throw new StartError('CannotListen', message, { cause: error });
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://localhost:${port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function connectionOf({ socket }: IncomingMessage): S3Connection {
  return {
    ...{ secureTransport: true, sourceIp: plainAddress(socket.remoteAddress ?? '') },
    who: { kind: 'outside' } satisfies WhoConnects,
  };
}
