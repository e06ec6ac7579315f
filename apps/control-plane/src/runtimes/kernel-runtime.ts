import type { Sentence } from '@strongroom/contracts';
import type { RunningSandbox, SandboxExit, SandboxSpec } from '@strongroom/sandbox';
import type { InstanceTypeSettings } from '../studios/domain-settings.ts';

/** What a kernel app is started with, wherever it runs. */
export interface KernelLaunch {
  readonly spec: SandboxSpec;
  readonly size: InstanceTypeSettings;
  /** On this host: the folder of the studio's connection files and kernel sockets. */
  readonly runtimeFolder: string;
  /** Aborted where nobody wants the kernel any more. */
  readonly signal: AbortSignal;
}

export interface KernelExit extends SandboxExit {
  /** What took the kernel away from outside it, in words for the person; absent where nothing did. */
  readonly cause?: Sentence;
}

/** A kernel's sandbox, here or on another machine. */
export interface RunningKernel
  extends Pick<
    RunningSandbox,
    'stdout' | 'stderr' | 'signalMain' | 'usage' | 'processes' | 'changeLimits'
  > {
  /** Never rejects. */
  readonly exited: Promise<KernelExit>;
  stop(options: { graceMilliseconds: number }): Promise<KernelExit>;
}

/** What starts kernel apps: this host, or a cluster. Studios' own servers always run on this host. */
export interface KernelRuntime {
  /** Resolves when the kernel's command is about to run. */
  launch(launch: KernelLaunch): Promise<RunningKernel>;
}

/** Kernels beside the control plane. */
export function localRuntime(host: {
  launch(spec: SandboxSpec): Promise<RunningSandbox>;
}): KernelRuntime {
  return { launch: ({ spec }) => host.launch(spec) };
}
