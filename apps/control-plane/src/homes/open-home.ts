/** A home within reach, for one who uses it. */
export interface OpenHome {
  readonly folder: string;
  /** Settles where the home is taken away while it is used; with why, one English sentence. */
  readonly lost: Promise<string>;
  /** The last one to close takes it out of reach. */
  close(): Promise<void>;
}
