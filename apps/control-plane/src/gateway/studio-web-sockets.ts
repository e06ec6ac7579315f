import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ProfileName } from '@strongroom/contracts';
import { refuseCrossSite } from '../http/cross-site.ts';
import type { Origins } from '../http/origins.ts';
import type { Studios } from '../studios/studios.ts';
import { askAgent } from './agent-connection.ts';
import { refuseUpgrade } from './answer.ts';
import { readStudioCookie } from './cookies.ts';
import type { Entrance } from './entrance.ts';
import { isWebSocketHandshake, passWebSocket } from './pass-web-socket.ts';
import { invalidRequest, nothingHere, type Refusals } from './refusal.ts';
import { parseRequestTarget } from './request-target.ts';
import { isWebSocketPath } from './routes.ts';
import { dataPolicy, studioHeaders } from './security-headers.ts';
import type { SessionTouches } from './session-touches.ts';

export interface StudioWebSocketsOptions {
  readonly studios: Pick<Studios, 'visit'>;
  readonly entrance: Entrance;
  readonly refusals: Refusals;
  readonly touches: SessionTouches;
  readonly origins: Origins;
}

interface Upgrade {
  readonly profileName: ProfileName;
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
}

const handshakeMilliseconds = 30_000;
/** A browser that vanished without a word is noticed by the operating system. */
const keepAliveMilliseconds = 30_000;

/** Every WebSocket of a studio's origin. */
export class StudioWebSockets {
  readonly #options: StudioWebSocketsOptions;

  constructor(options: StudioWebSocketsOptions) {
    this.#options = options;
  }

  handle(upgrade: Upgrade): void {
    const { profileName, request, socket } = upgrade;
    socket.on('error', () => socket.destroy());
    if (socket instanceof Socket) {
      socket.setTimeout(0);
      socket.setNoDelay(true);
      socket.setKeepAlive(true, keepAliveMilliseconds);
    }
    this.#open(upgrade).catch((error: unknown) => {
      const { refusals, origins } = this.#options;
      const path = (request.url ?? '').split('?', 1)[0]?.slice(0, 200);
      const refusal = refusals.of(error, { profileName, method: 'WebSocket', path });
      refuseUpgrade(socket, refusal, origins);
    });
  }

  async #open({ profileName, request, socket, head }: Upgrade): Promise<void> {
    const { entrance, touches, origins, studios } = this.#options;
    const target = parseRequestTarget(request.url);
    if (target === undefined) throw invalidRequest('This address cannot be read');
    if (!isWebSocketHandshake(request)) throw invalidRequest('This is not a WebSocket handshake');
    // A handshake is a GET that can do everything: judged as strictly as what changes something.
    refuseCrossSite({
      ...{ method: 'WebSocket', headers: request.headers, isPage: false },
      origin: origins.studio(profileName),
    });
    const token = readStudioCookie(request.headers.cookie);
    const cut = () => void socket.destroy();
    const { remoteAddress } = request.socket;
    const attempt = { profileName, token, remoteAddress };
    const entry = await entrance.enter('webSocket', attempt, cut);
    socket.once('close', entry.leave);
    if (!isWebSocketPath(target.path)) throw nothingHere();
    const isRepeatable = () => !socket.destroyed;
    await askAgent({ studios, person: entry.person, isRepeatable }, async (connection) => {
      if (socket.destroyed) return connection.close();
      await passWebSocket({
        ...{ request, socket, head, connection, target: target.raw, handshakeMilliseconds },
        headers: studioHeaders(dataPolicy, origins),
        onActivity: () => touches.touch(entry.sessionId),
      });
    });
  }
}
