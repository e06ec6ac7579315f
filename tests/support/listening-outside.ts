import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server of somebody else on this machine that remembers whatever reaches it. */
export interface ListeningOutside {
  readonly origin: string;
  /** Nothing but connections is expected on this one. */
  readonly quietOrigin: string;
  readonly stunAddress: string;
  /** Paths, in the order in which they came; `connection` and `stun` for what has none. */
  readonly heard: readonly string[];
  /** Resolves when all of these have been heard. */
  hear(paths: readonly string[]): Promise<void>;
  /** What a path answers from now on. */
  serve(path: string, html: string): void;
  close(): Promise<void>;
}

export async function listenOutside(): Promise<ListeningOutside> {
  const heard: string[] = [];
  const pages = new Map<string, string>();
  const waiting = new Set<() => void>();
  const remember = (what: string) => {
    heard.push(what);
    for (const look of waiting) look();
  };
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    remember(path);
    response.writeHead(200, {
      'content-type': 'text/html',
      'access-control-allow-origin': '*',
    });
    response.end(pages.get(path) ?? '');
  });
  server.on('upgrade', (request, socket) => {
    remember(request.url ?? '');
    socket.destroy();
  });
  const quiet = createServer().on('connection', () => remember('connection'));
  const stun = createSocket('udp4').on('message', () => remember('stun'));
  server.listen(0, '127.0.0.1');
  quiet.listen(0, '127.0.0.1');
  stun.bind(0, '127.0.0.1');
  await Promise.all([once(server, 'listening'), once(quiet, 'listening'), once(stun, 'listening')]);
  const portOf = (address: AddressInfo | string | null) => (address as AddressInfo).port;
  return {
    origin: `http://outside.localhost:${portOf(server.address())}`,
    quietOrigin: `http://quiet.localhost:${portOf(quiet.address())}`,
    stunAddress: `127.0.0.1:${portOf(stun.address())}`,
    heard,
    hear: (paths) =>
      new Promise((resolve) => {
        const look = () => {
          if (!paths.every((path) => heard.includes(path))) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    serve: (path, html) => void pages.set(path, html),
    async close() {
      for (const each of [server, quiet]) {
        each.closeAllConnections();
        each.close();
      }
      stun.close();
    },
  };
}
