import type { AppId, AppStage, KernelId } from '@strongroom/contracts';
import type { GpuLease, GpuPool } from '../compute/gpus/gpu-pool.ts';
import type { Person } from '../identity/person.ts';
import type { ImageGround } from '../images/image-ground.ts';
import type { RunningKernel } from '../runtimes/kernel-runtime.ts';
import type { AppEnding } from './app-ending.ts';
import { limitsOf } from './app-limits.ts';
import type { InstanceTypeSettings } from './domain-settings.ts';
import type { RunningApp } from './running-app.ts';

/** A kernel as policies know it. */
export interface KernelReference {
  readonly appName: string;
  readonly instanceType: string;
  readonly imageName: string;
}

/** One kernel of a studio, from the moment it is asked for until nothing of it is left. */
export interface KernelApp extends KernelReference {
  readonly appId: AppId;
  readonly kernelId: KernelId;
  readonly size: InstanceTypeSettings;
  readonly image: ImageGround;
  stage: AppStage;
  startedAt: Date;
  lease: GpuLease | undefined;
  /** Takes it out of the queue. */
  readonly cancelled: AbortController;
  /** By the agent's word. */
  isBusy: boolean;
  lastBusyAt: number | undefined;
  /** Settles when its sandbox runs, or could not. */
  launched: Promise<RunningKernel>;
  sandbox: RunningKernel | undefined;
  /** Settles when it has ended and that is recorded. */
  finished: Promise<void>;
  /** Where it was not its own doing. */
  ending: AppEnding | undefined;
}

/** As it is shown, metered and reviewed. */
export function describeKernelApp(
  kernel: KernelApp,
  { profileName }: Pick<Person, 'profileName'>,
  gpuPool: Pick<GpuPool, 'positionOf'>,
): RunningApp {
  const { appId, appName, kernelId, imageName, instanceType, startedAt, sandbox } = kernel;
  const limits = limitsOf(kernel.size);
  const queuePosition = gpuPool.positionOf(appId) ?? null;
  return {
    ...{ appId, appType: 'KernelGateway', appName, profileName, kernelId, imageName },
    ...{ imageDigest: kernel.image.digest, instanceType, startedAt, queuePosition, sandbox },
    stage: kernel.ending === undefined ? kernel.stage : 'ending',
    memoryLimitBytes: limits.memoryBytes,
    cpuLimit: limits.cpuCount,
    gpus: kernel.lease?.gpus ?? [],
    lastBusyAt: kernel.isBusy ? performance.now() : kernel.lastBusyAt,
  };
}
