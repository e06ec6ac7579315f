import type { Socket } from 'node:net';
import type { AppId, ProfileName } from '@strongroom/contracts';

/** The studio behind a connection: known from the listener that accepted it, never from what it sent. */
export interface StudioOnNetwork {
  readonly profileName: ProfileName;
  readonly team: string;
  /** Its JupyterServer app. Kernels share its network, so their connections carry it too. */
  readonly appId: AppId;
  /** The address that flow records give this studio; no packet carries it. */
  readonly address: string;
  /** `eni-` and 17 hexadecimal digits, the same for one profile always. */
  readonly interfaceId: string;
}

/** One TCP connection that something in a studio tried, accepted inside the studio's own network. */
export interface StudioConnection {
  readonly studio: StudioOnNetwork;
  /** Nothing of it is read yet. */
  readonly socket: Socket;
  /** What was tried: IPv4 in dotted form, IPv6 in its shortest. */
  readonly destinationAddress: string;
  readonly destinationPort: number;
  /** The name our resolver gave that address for. */
  readonly resolvedName: string | undefined;
  readonly startedAt: Date;
}

/** Takes a connection over: answers, refuses and records it, and ends its socket. Never throws. */
export type HandleConnection = (connection: StudioConnection) => void;
