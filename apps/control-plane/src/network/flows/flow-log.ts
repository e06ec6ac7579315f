import type { StudioOnNetwork } from '../studio-connection.ts';

/** One attempt of a studio to reach something, when it is over or refused. */
export interface FlowObservation {
  readonly studio: StudioOnNetwork;
  readonly protocol: 'tcp' | 'udp';
  readonly sourcePort: number;
  readonly destinationAddress: string;
  readonly destinationPort: number;
  readonly action: 'ACCEPT' | 'REJECT';
  /** What decided, for example `egress/off` or `endpoint/sts`. */
  readonly rule: string;
  /** The server name, host name or DNS question, where there was one. */
  readonly name: string | undefined;
  /** The endpoint that answered: `sts`, `api`, … */
  readonly endpoint: string | undefined;
  /** Where the egress gate really connected to. */
  readonly reachedAddress: string | undefined;
  readonly sentBytes: number;
  readonly receivedBytes: number;
  readonly startedAt: Date;
  readonly endedAt: Date;
}

/** Where every attempt is written down. */
export interface FlowLog {
  record(observation: FlowObservation): void;
}
