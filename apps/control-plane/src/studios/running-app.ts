import type { AppId, AppStage, AppType, KernelId, ProfileName } from '@strongroom/contracts';
import type { RunningSandbox } from '@strongroom/sandbox';
import type { Gpu } from '../compute/gpus/gpu.ts';

/** One app that runs, starts, waits or ends, as it is at this moment. */
export interface RunningApp {
  readonly appId: AppId;
  readonly appType: AppType;
  readonly appName: string;
  readonly profileName: ProfileName;
  /** Null for a studio's own server. */
  readonly kernelId: KernelId | null;
  readonly imageName: string;
  /** Of what it was started on; null for the host's own programs and for a folder. */
  readonly imageDigest: string | null;
  readonly instanceType: string;
  readonly stage: AppStage;
  /** From 1, where it is `queued`. */
  readonly queuePosition: number | null;
  /** When it began to take what its type has; while it is `queued`, when it was asked for. */
  readonly startedAt: Date;
  readonly memoryLimitBytes: number;
  readonly cpuLimit: number;
  readonly gpus: readonly Gpu[];
  /** Undefined until it runs. */
  readonly sandbox: Pick<RunningSandbox, 'usage' | 'processes'> | undefined;
  /**
   * When a kernel last ran a cell by the agent's word, in milliseconds of `performance.now()`: now, while it
   * does. The agent may lie: that keeps or ends kernels of its own studio and nothing else.
   */
  readonly lastBusyAt?: number | undefined;
}
