import type { IncomingMessage, ServerResponse } from 'node:http';
import type { StudioOnNetwork } from '../studio-connection.ts';
import type { EndpointCall } from './authorize-call.ts';

/** Answers one request. `studio` is whose connection it came on: nothing in the request says so. */
export type HandleEndpointRequest = (
  request: IncomingMessage,
  response: ServerResponse,
  studio: StudioOnNetwork,
) => Promise<void>;

/** A service of the platform inside the studios' networks. */
export interface Endpoint {
  readonly service: EndpointCall['endpoint'];
  readonly address: string;
  /** In lower case; may begin with `*.`, which stands for one label. */
  readonly hostNames: readonly string[];
  readonly handle: HandleEndpointRequest;
  /** Where the program waits for `100 Continue`; without it the service says so by itself. */
  readonly handleContinue?: HandleEndpointRequest;
  readonly limits?: Partial<EndpointLimits>;
}

export interface EndpointLimits {
  /** Open at once, of one studio, to all endpoints. */
  readonly connectionCount: number;
  readonly handshakeMilliseconds: number;
  /** From the first moment, or the answer before, to the end of a request's head. */
  readonly headMilliseconds: number;
  /** From there to the end of the request's body. */
  readonly bodyMilliseconds: number;
  /** Without a byte in either direction. */
  readonly idleMilliseconds: number;
  readonly headBytes: number;
}

export const defaultEndpointLimits: EndpointLimits = {
  connectionCount: 256,
  handshakeMilliseconds: 10_000,
  headMilliseconds: 30_000,
  bodyMilliseconds: 60_000,
  idleMilliseconds: 120_000,
  headBytes: 16 * 1024,
};
