import { readFileSync } from 'node:fs';
import { createServer, type Server, type ServerOptions } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { StartError } from '../start-error.ts';
import { startBodyDeadline } from './body-deadline.ts';
import { type Dispatch, refuseSocket } from './dispatch.ts';
import { securityHeaders } from './security-headers.ts';

export interface ListenOptions {
  readonly address: string;
  readonly port: number;
  readonly tls: { readonly certificateFile: string; readonly privateKeyFile: string } | undefined;
}

export interface Listener {
  readonly port: number;
  /** Requests are answered from now on; those that came before wait. */
  serve(dispatch: Dispatch): void;
  /** Takes no more connections, and ends those that are open. */
  close(): Promise<void>;
}

const serverOptions: ServerOptions = {
  maxHeaderSize: 32 * 1024,
  // Slow senders (Slowloris) hold a connection no longer than this.
  headersTimeout: 15_000,
  // Of a body: see `startBodyDeadline`.
  requestTimeout: 0,
  connectionsCheckingInterval: 5_000,
  keepAliveTimeout: 30_000,
  requireHostHeader: true,
};
const maximumConnectionCount = 10_000;

/**
 * Takes the port before anything else is started, since the port is part of every origin.
 *
 * @throws {StartError} `CannotListen`
 */
export async function listen(options: ListenOptions): Promise<Listener> {
  const { address, port, tls } = options;
  const server = tls ? createSecureServer(readTls(tls)) : createServer(serverOptions);
  server.maxConnections = maximumConnectionCount;
  const sockets = trackSockets(server);
  answerMalformed(server, securityHeaders(tls !== undefined));
  let startServing: (dispatch: Dispatch) => void = () => undefined;
  const served = new Promise<Dispatch>((resolve) => {
    startServing = resolve;
  });
  server.on('request', startBodyDeadline);
  server.on('request', (request, response) => {
    void served.then((dispatch) => dispatch.handleRequest(request, response));
  });
  server.on('upgrade', (request, socket, head) => {
    void served.then((dispatch) => dispatch.handleUpgrade(request, socket, head));
  });
  await start(server, address, port);
  return {
    port: (server.address() as AddressInfo).port,
    serve(dispatch) {
      server.removeAllListeners('request').removeAllListeners('upgrade');
      server.on('request', startBodyDeadline);
      server.on('request', dispatch.handleRequest);
      server.on('upgrade', dispatch.handleUpgrade);
      startServing(dispatch);
    },
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      return closed;
    },
  };
}

function readTls(tls: NonNullable<ListenOptions['tls']>) {
  return {
    ...serverOptions,
    cert: readFileSync(tls.certificateFile),
    key: readFileSync(tls.privateKeyFile),
    handshakeTimeout: 15_000,
    minVersion: 'TLSv1.2' as const,
  };
}

function start(server: Server, address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, address, port)));
    server.listen({ host: address, port, backlog: 1024 }, resolve);
  });
}

function explain(error: NodeJS.ErrnoException, address: string, port: number): StartError {
  const place = `${address}:${port}`;
  const sentences: Readonly<Record<string, string>> = {
    EADDRINUSE: `Cannot listen on ${place}: another program has this port. Stop it, or choose another port (server.listen.port in the domain file, or STRONGROOM_PORT)`,
    EACCES: `Cannot listen on ${place}: ports below 1024 need more rights. Choose another port (server.listen.port in the domain file)`,
    EADDRNOTAVAIL: `Cannot listen on ${place}: this machine has no such address. Use one of its own (server.listen.address in the domain file)`,
  };
  const message = sentences[error.code ?? ''] ?? `Cannot listen on ${place}: ${error.message}`;
  return new StartError('CannotListen', message, { cause: error });
}

/** Upgraded sockets too, which the server itself forgets. */
function trackSockets(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return sockets;
}

/** What is not HTTP at all never reaches a handler. */
function answerMalformed(server: Server, headers: Readonly<Record<string, string>>): void {
  const statuses: Readonly<Record<string, number>> = {
    HPE_HEADER_OVERFLOW: 431,
    ERR_HTTP_REQUEST_TIMEOUT: 408,
  };
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return socket.destroy();
    refuseSocket(socket, statuses[error.code ?? ''] ?? 400, headers);
  });
}
