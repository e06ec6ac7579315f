import type { Duplex, Readable } from 'node:stream';
import type { ChangeableLimits } from './sandbox-spec.ts';

export interface SandboxExit {
  /** The command's exit status; null where a signal or the launcher's end ended it. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** The kernel killed the command because the sandbox reached its memory limit. */
  readonly outOfMemory: boolean;
}

export interface SandboxUsage {
  /** What cannot be reclaimed at once: memory in use less inactive file cache. */
  readonly memoryBytes: number;
  /** Processes and threads. */
  readonly processCount: number;
  readonly cpuSeconds: number;
  /** Scheduler periods in which the processor limit held it back; 0 without control groups. */
  readonly cpuThrottledPeriodCount: number;
}

/** One process of a sandbox, without what started the sandbox itself. */
export interface SandboxProcess {
  readonly pid: number;
  readonly parentPid: number;
  /** The command that the sandbox was made for. */
  readonly isMain: boolean;
  /**
   * The kernel's function that its first thread sleeps in, such as `pipe_read` (proc(5), `/proc/<pid>/wchan`);
   * undefined where it does not sleep, or the host does not tell.
   */
  readonly sleepsIn: string | undefined;
  /**
   * Its words; empty where it has none, they cannot be read, or it is the only one and the command. It may
   * have written them itself.
   */
  readonly argv: readonly string[];
}

export interface RunningSandbox {
  readonly appId: string;
  /** Settles when every process is gone; never rejects. Its control group is removed after that. */
  readonly ended: Promise<SandboxExit>;
  /** Settles after every process is gone and the control group is removed; never rejects. */
  readonly exited: Promise<SandboxExit>;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** The caller's end of the `duplex` that is `descriptor` (3, 4, …) inside. */
  duplex(descriptor: number): Duplex;
  /** SIGTERM to the command, then, after the grace, SIGKILL to everything inside. */
  stop(options: { graceMilliseconds: number }): Promise<SandboxExit>;
  /** Sends a signal to the command itself. Does nothing once it has ended. */
  signalMain(signal: 'SIGINT' | 'SIGTERM'): void;
  usage(): Promise<SandboxUsage>;
  /**
   * Gives it other limits while it runs. Where it fails some may have changed: set those before again, or
   * end it. Absent where the host has no control groups, and limits lie in each process.
   *
   * @throws {SandboxError} `LimitUnavailable`
   */
  changeLimits?(limits: ChangeableLimits): Promise<void>;
  /** What runs in it. Absent where the host cannot look inside. */
  processes?(): Promise<readonly SandboxProcess[]>;
}
