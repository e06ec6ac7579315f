import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { newReference } from '../../studios/reference.ts';
import type { StudioLog } from '../../studios/studio-log.ts';
import type { StudioOnNetwork } from '../studio-connection.ts';
import type { EndpointLimits, HandleEndpointRequest } from './endpoint.ts';
import { hostNameMatches } from './host-name-matches.ts';
import { RequestDeadlines } from './request-deadlines.ts';

export interface HttpServiceOptions {
  readonly service: string;
  readonly hostNames: readonly string[];
  /** What a `Host` may end in besides the name. */
  readonly port: number;
  readonly handle: HandleEndpointRequest;
  readonly handleContinue?: HandleEndpointRequest | undefined;
  readonly limits: EndpointLimits;
  readonly log: StudioLog;
}

interface Caller {
  readonly studio: StudioOnNetwork;
  readonly deadlines: RequestDeadlines;
}

/**
 * HTTP/1.1 on connections that somebody else accepted.
 *
 * INVARIANT: who asks is known from the connection. No header is read for it, `X-Forwarded-*` and
 * `Forwarded` included.
 */
export class HttpService {
  readonly #options: HttpServiceOptions;
  readonly #server: Server;
  readonly #callers = new WeakMap<Socket, Caller>();

  constructor(options: HttpServiceOptions) {
    this.#options = options;
    this.#server = createServer(
      // Deadlines are ours; see RequestDeadlines.
      { maxHeaderSize: options.limits.headBytes, headersTimeout: 0, requestTimeout: 0 },
      (request, response) => void this.#answer(request, response, options.handle),
    );
    const { handleContinue } = options;
    if (handleContinue !== undefined) {
      this.#server.on('checkContinue', (request, response) => {
        void this.#answer(request, response, handleContinue);
      });
    }
    // A program that has sent its request may end its half and wait for the answer.
    Object.assign(this.#server, { httpAllowHalfOpen: true });
    this.#server.keepAliveTimeout = options.limits.headMilliseconds;
    this.#server.timeout = options.limits.idleMilliseconds;
  }

  serve(stream: Socket, studio: StudioOnNetwork): void {
    const deadlines = new RequestDeadlines(stream, this.#options.limits);
    this.#callers.set(stream, { studio, deadlines });
    this.#server.emit('connection', stream);
    stream.resume();
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
    handle: HandleEndpointRequest,
  ): Promise<void> {
    const caller = this.#callers.get(request.socket);
    if (caller === undefined) {
      request.socket.destroy();
      return;
    }
    caller.deadlines.began(request, response);
    response.setHeader('cache-control', 'no-store');
    const refusedStatus = this.#refuse(request);
    if (refusedStatus !== undefined) {
      response.writeHead(refusedStatus, { connection: 'close' }).end();
      return;
    }
    try {
      await handle(request, response, caller.studio);
    } catch (error) {
      // Of a program that went away in the middle there is nothing to tell.
      if (!request.socket.destroyed) this.#fail(error, response);
    }
  }

  /** RFC 9112, section 3.2: one Host, and one of ours; 421: RFC 9110, section 15.5.20. */
  #refuse(request: IncomingMessage): 400 | 421 | undefined {
    const hosts = valuesOf(request, 'host');
    if (hosts.length !== 1 || request.url?.startsWith('/') !== true) return 400;
    const { hostNames, port } = this.#options;
    const host = hosts[0]?.toLowerCase() ?? '';
    const suffix = `:${port}`;
    const name = host.endsWith(suffix) ? host.slice(0, -suffix.length) : host;
    return hostNameMatches(name, hostNames) ? undefined : 421;
  }

  #fail(error: unknown, response: ServerResponse): void {
    const reference = newReference();
    const { service, log } = this.#options;
    log.error({ err: error, reference, service }, 'An endpoint failed');
    if (response.headersSent) response.destroy();
    else response.writeHead(500, { connection: 'close' }).end(`Internal error ${reference}\n`);
  }
}

/** As they came: Node.js keeps only one of some headers. */
function valuesOf({ rawHeaders }: IncomingMessage, name: string): string[] {
  return rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === name);
}
