import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { EndpointLimits } from './endpoint.ts';

/**
 * Ends a connection whose requests come too slowly (Slowloris). Node.js has such deadlines too, but
 * enforces them only in a server that listens, and these are handed their connections.
 */
export class RequestDeadlines {
  readonly #stream: Socket;
  readonly #limits: EndpointLimits;
  #timer: NodeJS.Timeout | undefined;

  constructor(stream: Socket, limits: EndpointLimits) {
    this.#stream = stream;
    this.#limits = limits;
    stream.setTimeout(limits.idleMilliseconds, () => stream.destroy());
    stream.once('close', () => this.#disarm());
    this.#arm(limits.headMilliseconds);
  }

  /** The head of a request is here. */
  began(request: IncomingMessage, response: ServerResponse): void {
    this.#arm(this.#limits.bodyMilliseconds);
    request.once('end', () => this.#disarm());
    response.once('close', () => {
      if (!this.#stream.destroyed) this.#arm(this.#limits.headMilliseconds);
    });
  }

  #arm(milliseconds: number): void {
    this.#disarm();
    this.#timer = setTimeout(() => this.#stream.destroy(), milliseconds);
  }

  #disarm(): void {
    clearTimeout(this.#timer);
  }
}
