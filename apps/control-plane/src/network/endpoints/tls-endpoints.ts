import { constants } from 'node:crypto';
import type { Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import type { Clock } from '../../clock.ts';
import type { StudioLog } from '../../studios/studio-log.ts';
import type { EndpointCertificate } from '../certificates/endpoint-certificate.ts';
import type { FlowLog } from '../flows/flow-log.ts';
import type { HandleConnection, StudioConnection } from '../studio-connection.ts';
import { ConnectionCount } from './connection-count.ts';
import { recordConnection } from './connection-record.ts';
import { defaultEndpointLimits, type Endpoint } from './endpoint.ts';
import { hostNameMatches } from './host-name-matches.ts';
import { HttpService } from './http-service.ts';

export interface TlsEndpointsOptions {
  readonly endpoints: readonly Endpoint[];
  readonly certificates: { forEndpoint(hostNames: readonly string[]): EndpointCertificate };
  readonly flowLog: FlowLog;
  readonly clock: Clock;
  readonly log: StudioLog;
}

export interface TlsEndpoints {
  /** For connections to this endpoint's address, port 443. */
  handlerOf(endpoint: Endpoint): HandleConnection;
  close(): void;
}

/** The services of the platform, over TLS, inside the studios' networks. */
export function createTlsEndpoints(options: TlsEndpointsOptions): TlsEndpoints {
  const connections = new ConnectionCount();
  const handlers = new Map(
    options.endpoints.map((each) => [each, createHandler(each, connections, options)]),
  );
  return {
    handlerOf(endpoint) {
      const handler = handlers.get(endpoint);
      if (handler === undefined) throw new Error(`Cannot serve "${endpoint.service}": unknown`);
      return handler;
    },
    close: () => connections.close(),
  };
}

function createHandler(
  endpoint: Endpoint,
  connections: ConnectionCount,
  { certificates, flowLog, clock, log }: TlsEndpointsOptions,
): HandleConnection {
  const { service, hostNames, handle, handleContinue } = endpoint;
  const limits = { ...defaultEndpointLimits, ...endpoint.limits };
  const certificate = certificates.forEndpoint(hostNames);
  const http = new HttpService({
    ...{ service, hostNames, port: 443, handle, handleContinue, limits, log },
  });
  return (connection) => {
    const { socket, studio } = connection;
    socket.on('error', () => undefined);
    const record = recordConnection(connection, { service, flowLog, clock });
    if (!connections.enter(connection, limits.connectionCount)) {
      socket.destroy();
      return;
    }
    startTls(connection, {
      certificate,
      handshakeMilliseconds: limits.handshakeMilliseconds,
      onName: record.setName,
      isServed: (name) => hostNameMatches(name, hostNames),
      onSecure(stream) {
        record.accept();
        http.serve(stream, studio);
      },
    });
  };
}

interface Handshake {
  readonly certificate: EndpointCertificate;
  readonly handshakeMilliseconds: number;
  readonly onName: (name: string) => void;
  readonly isServed: (name: string) => boolean;
  readonly onSecure: (stream: TLSSocket) => void;
}

/** Has no certificate: a client that names no server gets no further. */
const secureContext = createSecureContext({
  minVersion: 'TLSv1.2',
  // A resumed session would pass the check of the name by.
  secureOptions: constants.SSL_OP_NO_TICKET | constants.SSL_OP_NO_RENEGOTIATION,
});

function startTls({ socket }: StudioConnection, handshake: Handshake): void {
  const stream = new TLSSocket(socket, {
    ...{ isServer: true, secureContext, ALPNProtocols: ['http/1.1'] },
    SNICallback(name, callback) {
      const asked = name.toLowerCase();
      handshake.onName(asked);
      if (handshake.isServed(asked)) callback(null, handshake.certificate.secureContext);
      else refuseName(socket);
    },
  });
  const timer = setTimeout(() => socket.destroy(), handshake.handshakeMilliseconds);
  stream.on('error', () => undefined);
  stream.once('close', () => socket.destroy());
  socket.once('close', () => {
    clearTimeout(timer);
    stream.destroy();
  });
  stream.once('secure', () => {
    clearTimeout(timer);
    const { servername } = stream as { servername?: string | false };
    if (typeof servername === 'string' && handshake.isServed(servername.toLowerCase())) {
      handshake.onSecure(stream);
    } else socket.destroy();
  });
}

/** Fatal, unrecognized_name (RFC 8446, section 6.2; RFC 6066, section 3): nothing is encrypted yet. */
const unrecognizedName = Buffer.from([21, 3, 3, 0, 2, 2, 112]);

/** Node.js can only cut the connection here, which would not tell the program what is wrong. */
function refuseName(socket: Socket): void {
  socket.write(unrecognizedName, () => socket.destroy());
}
