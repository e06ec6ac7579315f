import type { SandboxUsage } from '../running-sandbox.ts';
import type { ChangeableLimits, SandboxLimits } from '../sandbox-spec.ts';

/** The processes of one sandbox, limited and counted together. */
export interface Cgroup {
  /** A process that writes `0` into each of these has joined. */
  readonly joinFiles: readonly string[];
  usage(): Promise<SandboxUsage>;
  /** Where it fails some may have changed. @throws {SandboxError} `LimitUnavailable` */
  changeLimits(limits: ChangeableLimits): Promise<void>;
  /** The host's numbers of the processes in it. */
  processIds(): Promise<readonly number[]>;
  /** How often the kernel killed a process here because the memory limit was reached. */
  outOfMemoryKillCount(): Promise<number>;
  /** SIGKILL to everything in it, children of children too; how many processes that were. */
  kill(): Promise<number>;
  /** Kills what is left and removes the group. */
  remove(): Promise<void>;
}

/** The control groups of one installation. */
export interface CgroupDriver {
  /** @throws {SandboxError} `LimitUnavailable` */
  create(name: string, limits: SandboxLimits): Promise<Cgroup>;
  /** Every group that exists under this installation's name, whoever made it. */
  existing(): Promise<readonly Cgroup[]>;
  /** Removes the installation's own folders once they are empty. */
  close(): Promise<void>;
}

/**
 * The launcher's own processes in a sandbox: the waiting unshare, bwrap outside, and bwrap as process
 * 1 inside. They are not the person's, so they do not count against the person's limit.
 */
export const launcherProcessCount = 3;
