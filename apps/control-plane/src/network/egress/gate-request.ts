import type { Socket } from 'node:net';
import type { StudioConnection } from '../studio-connection.ts';
import type { ReadNamed } from './read-named.ts';
import type { GateRefusal, RefusalForm } from './refusal.ts';

export interface GateLimits {
  /** Open at once, of one studio. */
  readonly connectionCount: number;
  /** Names being looked up at once, for one studio. */
  readonly lookupCount: number;
  readonly lookupMilliseconds: number;
  readonly connectMilliseconds: number;
  /** For the first bytes that say where a connection wants to go. */
  readonly headMilliseconds: number;
}

/** Where a connection wants to go, and what is to be sent there first. */
export interface GateRequest {
  readonly name: string;
  readonly port: number;
  /** How a refusal is worded from here on. */
  readonly form: RefusalForm;
  /** Sent to the server before all that follows. */
  readonly first: Buffer;
  /** Told to the client once the server is reached; what follows is judged then. */
  readonly answerWhenReached?: (socket: Socket) => Promise<FirstBytesRead>;
}

interface RefusedRequest {
  readonly refusal: GateRefusal;
  readonly form: RefusalForm;
  /** What it named, where that was read. */
  readonly name?: string;
}

export type FirstBytesRead = { readonly first: Buffer } | RefusedRequest;

export type ReadGateRequest = (
  connection: StudioConnection,
  limits: GateLimits,
  readNamed: ReadNamed,
) => Promise<GateRequest | RefusedRequest>;
