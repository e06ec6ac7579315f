import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { StrongroomError } from '@strongroom/contracts';
import type { StudioGateway } from '../gateway/studio-gateway.ts';
import { repositoriesPath } from '../repositories/http/git-target.ts';
import { newReference } from '../studios/reference.ts';
import { toErrorReply } from './error-reply.ts';
import { requestedHost } from './host-name.ts';
import type { Origins } from './origins.ts';
import { sendError } from './plain-reply.ts';
import { securityHeaders, setHeaders } from './security-headers.ts';

export interface DispatchTargets {
  readonly origins: Origins;
  readonly handleConsole: (request: IncomingMessage, response: ServerResponse) => void;
  readonly handleViewer: (request: IncomingMessage, response: ServerResponse) => void;
  /** Git from outside the studios, on the console's host. */
  readonly handleGit?: (request: IncomingMessage, response: ServerResponse) => void;
  /** Where studios are on this machine. */
  readonly gateway?: StudioGateway;
  /** A refusal that no origin of ours gave. */
  readonly onRefused: (refusal: {
    reference: string;
    host: string | undefined;
    status: number;
  }) => void;
}

/** Sends each request of the one listener to the origin that its `Host` header names. */
export class Dispatch {
  readonly #targets: DispatchTargets;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(targets: DispatchTargets) {
    this.#targets = targets;
    this.#headers = securityHeaders(targets.origins.hasTls);
  }

  readonly handleRequest = (request: IncomingMessage, response: ServerResponse): void => {
    const { origins, gateway, handleConsole, handleViewer, handleGit } = this.#targets;
    setHeaders(response, this.#headers);
    const host = requestedHost(request.headers.host, origins);
    if (host.kind === 'console' && handleGit && request.url?.startsWith(repositoriesPath)) {
      handleGit(request, response);
      return;
    }
    if (host.kind === 'console') {
      handleConsole(request, response);
      return;
    }
    if (host.kind === 'viewer') {
      handleViewer(request, response);
      return;
    }
    if (host.kind === 'studio' && gateway) {
      gateway.handleRequest(host.profileName, request, response);
      return;
    }
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (host.kind === 'bare' && isRead) {
      // Always to the console's first page: nothing of the request decides where.
      response.writeHead(307, { location: `${origins.console}/`, 'content-length': 0 }).end();
      return;
    }
    const reference = newReference();
    this.#targets.onRefused({ reference, host: request.headers.host, status: 421 });
    sendError(response, misdirected(origins, reference));
  };

  /** Only studios have WebSockets. */
  readonly handleUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const { origins, gateway } = this.#targets;
    const host = requestedHost(request.headers.host, origins);
    if (host.kind === 'studio' && gateway) {
      gateway.handleUpgrade(host.profileName, request, socket, head);
      return;
    }
    const reference = newReference();
    const status = host.kind === 'console' || host.kind === 'viewer' ? 400 : 421;
    this.#targets.onRefused({ reference, host: request.headers.host, status });
    refuseSocket(socket, status, this.#headers);
  };
}

/** RFC 9110, section 15.5.20: 421 Misdirected Request. */
function misdirected(origins: Origins, reference: string) {
  const error = new StrongroomError(
    'InvalidRequest',
    'Cannot answer: this server has no such host name',
    { remedy: `Open ${origins.console}/.` },
  );
  return { ...toErrorReply(error, reference), status: 421 };
}

/** An answer on a bare socket, where no response object exists. */
export function refuseSocket(
  socket: Duplex,
  status: number,
  headers: Readonly<Record<string, string>>,
): void {
  socket.on('error', () => socket.destroy());
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const reasons: Readonly<Record<number, string>> = {
    400: 'Bad Request',
    408: 'Request Timeout',
    421: 'Misdirected Request',
    431: 'Request Header Fields Too Large',
  };
  socket.end(
    `HTTP/1.1 ${status} ${reasons[status] ?? 'Bad Request'}\r\n${lines.join('')}Connection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}
