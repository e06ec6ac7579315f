/**
 * One studio's network namespace: `lo` only, and every address routed to it, so that every
 * destination is answered (or refused at once) inside.
 */
export interface StudioNetwork {
  /** The process that keeps the namespace alive; its `/proc/<pid>/ns/{user,net}` are joined. */
  readonly holderPid: number;
  /** Settles when the holder ends, for whatever reason. */
  readonly ended: Promise<void>;
  /** Ends the holder. The namespace itself goes with the last sandbox in it. */
  close(): Promise<void>;
}
