import type { StudioOnNetwork } from '../studio-connection.ts';

/**
 * What of an attempt a record tells: the whole of one that is over; of one that is let through its
 * start, a stretch of it or its end; or many attempts alike.
 */
export type FlowPart = 'whole' | 'start' | 'middle' | 'end' | 'summary';

/** What a studio tried to reach, and what came of it. */
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
  readonly part: FlowPart;
  /** How many attempts begin with this record: the sum over records is the number of attempts. */
  readonly attemptCount: number;
  /** Since the record before, where an attempt has several. */
  readonly sentBytes: number;
  readonly receivedBytes: number;
  readonly startedAt: Date;
  readonly endedAt: Date;
}

/** Where every attempt is written down. */
export interface FlowLog {
  record(observation: FlowObservation): void;
  /** Resolves when what was recorded before is written, where it can be. */
  flush(): Promise<void>;
}
