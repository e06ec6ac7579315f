import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ProfileName } from '@strongroom/contracts';

/** A studio's own origin: the trust boundary between a browser, the control plane and an agent. */
export interface StudioGateway {
  /** `profileName`: whose origin was asked for, from the Host header. Answers every request itself. */
  handleRequest(profileName: ProfileName, request: IncomingMessage, response: ServerResponse): void;
  handleUpgrade(
    profileName: ProfileName,
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
  ): void;
  /** Decides anew for everything that is open, now and not at the next turn. */
  review(): Promise<void>;
  close(): Promise<void>;
}
