import type { Server } from 'node:net';
import type { StudioNetwork } from './network/studio-network.ts';

/** What a sandbox may use of the host, in total for all its processes. */
export interface SandboxLimits {
  /** Memory and swap together, including files in `/tmp` and `/dev/shm`. */
  readonly memoryBytes: number;
  /** Processor time per time, for example 0.5 or 2. */
  readonly cpuCount: number;
  /**
   * What it gets where all want more than there is, in proportion to the shares of the others. Absent:
   * `cpuCount`, so that what has more processors gets more of a full machine as well.
   */
  readonly cpuShare?: number;
  /** Processes and threads. */
  readonly processCount: number;
  /** Open descriptors of each process. */
  readonly openFileCount: number;
  /** Size of the private `/tmp`. */
  readonly temporaryFolderBytes: number;
  /** Size of the private `/dev/shm`. */
  readonly sharedMemoryBytes: number;
}

/** Those that can be changed while it runs. */
export type ChangeableLimits = Pick<
  SandboxLimits,
  'memoryBytes' | 'cpuCount' | 'cpuShare' | 'processCount'
>;

export interface SandboxMount {
  /** Absolute, on the host; a file or a folder that exists. */
  readonly source: string;
  /** Absolute, inside the sandbox. */
  readonly target: string;
  readonly mode: 'read-only' | 'read-write';
}

/** A device file of the host: inside, this uid may do with it what its mode allows. */
export interface SandboxDevice {
  /** Absolute, on the host. */
  readonly source: string;
  /** Inside; a GPU's or its driver's name below `/dev`. */
  readonly target: string;
}

/** Where the programs in the sandbox come from; read-only in any case. */
export type SandboxRoot =
  /** The host's own `/usr`. */
  | { readonly kind: 'host' }
  /** A root file system with a `/bin/sh`, such as debootstrap makes. `folder`: absolute, no link. */
  | { readonly kind: 'folder'; readonly folder: string };

export interface SandboxSpec {
  /** Names the control group; lower-case letters, digits and hyphens. Unique among running sandboxes. */
  readonly appId: string;
  /** For the log only. */
  readonly label: string;
  /** The uid that the sandbox is to the host. `undefined` exactly when the host set-up is rootless. */
  readonly hostUid: number | undefined;
  readonly root: SandboxRoot;
  /** Absolute path of a program inside the sandbox, or a name found in its `PATH`, and arguments. */
  readonly command: readonly [string, ...string[]] | readonly string[];
  readonly workingDirectory: string;
  /** The whole environment of the command. `PATH` and `HOME` are not added. */
  readonly environment: Readonly<Record<string, string>>;
  /** The person's name inside: uid and gid 1000. */
  readonly userName: string;
  /** Absolute, inside the sandbox; what `/etc/passwd` says. Mount it, or it does not exist. */
  readonly homeFolder: string;
  readonly mounts: readonly SandboxMount[];
  /** Beside what every program needs (`/dev/null` …), which is always there. */
  readonly devices?: readonly SandboxDevice[];
  /** `isolated`: an empty network namespace of its own. */
  readonly network: StudioNetwork | 'isolated';
  readonly limits: SandboxLimits;
  /**
   * Descriptors 3, 4, … inside. A listening server is shared as it is (close the caller's copy
   * afterwards); `duplex` makes a stream socket pair, whose other end is `RunningSandbox.duplex`.
   */
  readonly descriptors: readonly (Server | 'duplex')[];
}
