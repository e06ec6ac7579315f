import { randomUUID } from 'node:crypto';
import { v1WebSocketProtocol } from '@strongroom/jupyter-protocol';
import { WebSocketServer } from 'ws';
import type { Upgrade } from '../http/router.ts';
import { refuseUpgrade } from '../http/server.ts';
import { startHeartbeat } from '../web-sockets/heartbeat.ts';
import { ClientLink } from './client-link.ts';
import type { Kernels } from './kernels.ts';

/** The largest message of a client: a file given to an upload widget travels in one. */
const maximumMessageBytes = 128 * 1024 * 1024;
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
  readonly #heartbeat = startHeartbeat(this.#server);

  constructor(kernels: Kernels) {
    this.#kernels = kernels;
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
      this.#server.emit('connection', webSocket, request);
      kernel.connect(
        sessionId.slice(0, maximumSessionIdLength),
        (events) => new ClientLink(webSocket, events),
      );
    });
  }

  close(): void {
    clearInterval(this.#heartbeat);
    this.#server.close();
  }
}
