import type {
  KernelResized,
  ResizeKernelRequest,
  Sentence,
  StartKernelRequest,
} from '@strongroom/contracts';

/** How a kernel ended. */
export interface KernelExit {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly outOfMemory: boolean;
  readonly memoryLimitBytes: number;
  /** Its person (or an administrator) ended it in the console: not to be started again. */
  readonly stoppedByPerson: boolean;
  /** Why it ended and what to do: unless it ran out of memory it is not to be started again by itself. */
  readonly reason: Sentence | null;
}

/**
 * Who runs kernels: the control plane, in a sandbox of their own. The agent spawns none, it asks;
 * a refusal is an `AgentError` in words for the person.
 */
export interface KernelHost {
  /** Calls `onExit` once, however the kernel ends, and never where it throws. */
  start(request: StartKernelRequest, onExit: (exit: KernelExit) => void): Promise<void>;
  /** Gives a running kernel another instance type; where it is refused nothing has changed. */
  resize(request: ResizeKernelRequest): Promise<KernelResized>;
  /** Ends the whole sandbox. */
  stop(kernelId: StartKernelRequest['kernelId']): Promise<void>;
  /** SIGINT to the kernel's process. */
  interrupt(kernelId: StartKernelRequest['kernelId']): Promise<void>;
}
