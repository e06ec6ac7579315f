import { randomUUID } from 'node:crypto';
import { v1WebSocketProtocol } from '@strongroom/jupyter-protocol';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Upgrade } from '../http/router.ts';
import { refuseUpgrade } from '../http/server.ts';
import { ClientLink } from './client-link.ts';
import type { Kernels } from './kernels.ts';

/** The largest message of a client: a file given to an upload widget travels in one. */
const maximumMessageBytes = 128 * 1024 * 1024;
const pingMilliseconds = 30_000;
const maximumSessionIdLength = 256;

/** `WS /api/kernels/<id>/channels?session_id=…`. */
export class KernelWebSockets {
  readonly #kernels: Kernels;
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: maximumMessageBytes,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(v1WebSocketProtocol) ? v1WebSocketProtocol : false),
  });
  readonly #silent = new WeakSet<WebSocket>();
  readonly #pings = setInterval(() => this.#ping(), pingMilliseconds);

  constructor(kernels: Kernels) {
    this.#kernels = kernels;
    this.#pings.unref();
  }

  upgrade({ request, socket, head, parameters, url }: Upgrade): void {
    const kernel = this.#kernels.find(parameters.kernelId ?? '');
    if (kernel === undefined) {
      refuseUpgrade(socket, '404 Not Found');
      return;
    }
    if (kernel.isDead) {
      refuseUpgrade(socket, '410 Gone');
      return;
    }
    const sessionId = url.searchParams.get('session_id') || randomUUID();
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('pong', () => this.#silent.delete(webSocket));
      kernel.connect(
        sessionId.slice(0, maximumSessionIdLength),
        (events) => new ClientLink(webSocket, events),
      );
    });
  }

  close(): void {
    clearInterval(this.#pings);
    this.#server.close();
  }

  /** A client whose network is gone says nothing: without this its WebSocket would stay for hours. */
  #ping(): void {
    for (const webSocket of this.#server.clients) {
      if (this.#silent.has(webSocket)) {
        webSocket.terminate();
        continue;
      }
      this.#silent.add(webSocket);
      webSocket.ping();
    }
  }
}
