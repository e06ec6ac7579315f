import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import findMyWay from 'find-my-way';

/** One HTTP request with its answer and what the route's path captured (percent-decoded). */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly parameters: Readonly<Record<string, string | undefined>>;
  readonly url: URL;
}

export type Handler = (exchange: Exchange) => Promise<void> | void;

export interface Upgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
  readonly parameters: Readonly<Record<string, string | undefined>>;
  readonly url: URL;
}

export type UpgradeHandler = (upgrade: Upgrade) => void;

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The agent's routes: HTTP by method and path, WebSocket upgrades by path. Paths are find-my-way's. */
export class Router {
  readonly #routes = findMyWay({ maxParamLength: 4096, ignoreTrailingSlash: true });
  readonly #upgrades = findMyWay({ maxParamLength: 4096, ignoreTrailingSlash: true });

  on(method: Method, path: string, handler: Handler): void {
    this.#routes.on(method, path, () => {}, handler);
  }

  onUpgrade(path: string, handler: UpgradeHandler): void {
    this.#upgrades.on('GET', path, () => {}, handler);
  }

  find(
    method: string,
    path: string,
  ): { handler: Handler; parameters: Exchange['parameters'] } | undefined {
    const match = this.#routes.find(method as Method, path);
    return match ? { handler: match.store as Handler, parameters: match.params } : undefined;
  }

  findUpgrade(
    path: string,
  ): { handler: UpgradeHandler; parameters: Upgrade['parameters'] } | undefined {
    const match = this.#upgrades.find('GET', path);
    return match ? { handler: match.store as UpgradeHandler, parameters: match.params } : undefined;
  }
}
