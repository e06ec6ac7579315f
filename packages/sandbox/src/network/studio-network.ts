import type { Socket as DatagramSocket } from 'node:dgram';
import type { Server } from 'node:net';

export interface ListeningPorts {
  readonly tcp: readonly number[];
  readonly udp: readonly number[];
}

/**
 * Sockets inside a studio's network that belong to this process, on every address of both families.
 * A connection's `localAddress` is what was tried; which listener accepted it says whose it is.
 */
export interface StudioListeners {
  /** By port. Connections arrive paused, and each half of them is ended by itself. */
  readonly tcp: ReadonlyMap<number, Server>;
  readonly udp: ReadonlyMap<number, DatagramSocket>;
  /** Connections that were accepted stay. */
  close(): void;
}

/**
 * One studio's network namespace: `lo` only, and every address routed to it, so that every
 * destination is answered (or refused at once) inside.
 */
export interface StudioNetwork {
  /** The process that keeps the namespace alive; its `/proc/<pid>/ns/{user,net}` are joined. */
  readonly holderPid: number;
  /** Settles when the holder ends, for whatever reason. */
  readonly ended: Promise<void>;
  /**
   * May be called again for further ports.
   *
   * @throws {SandboxError} `NetworkUnavailable`
   */
  listen(ports: ListeningPorts): Promise<StudioListeners>;
  /** Ends the holder. The namespace itself goes with the last sandbox in it. */
  close(): Promise<void>;
}
