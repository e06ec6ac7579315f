import type { KernelId, Sentence, StartKernelRequest } from '@strongroom/contracts';
import type { Clock } from '../clock.ts';
import type { Gpus } from '../compute/gpus/gpus.ts';
import type { KernelRuntime, KernelExit as RuntimeExit } from '../runtimes/kernel-runtime.ts';
import type { AppStore } from './app-store.ts';
import type { InstanceTypeSettings, StudioDomain } from './domain-settings.ts';
import type { KernelReference } from './kernel-app.ts';
import type { KernelDenialRule, StudioImages } from './kernel-request.ts';
import type { ProgramFolders, StudioGround } from './sandbox-specs.ts';
import type { StudioLog } from './studio-log.ts';

interface KernelExit extends RuntimeExit {
  readonly kernelId: KernelId;
  readonly memoryLimitBytes: number;
  readonly stoppedByPerson: boolean;
  readonly reason: Sentence | null;
}

export interface KernelAppsOptions {
  readonly ground: StudioGround;
  readonly programs: ProgramFolders;
  readonly domain: StudioDomain;
  readonly images: StudioImages;
  readonly runtime: KernelRuntime;
  readonly gpus: Gpus;
  readonly apps: AppStore;
  readonly clock: Clock;
  readonly log: StudioLog;
  /** @throws {StrongroomError} `AccessDenied` */
  requireKernel(kernel: KernelReference): Promise<void>;
  /** What it costs may be more than is left. @throws {StrongroomError} `BudgetReached` */
  requireMeans(kernel: KernelReference): Promise<void>;
  /** Before an allowed kernel is started. @throws {StrongroomError} `AuditUnavailable` */
  recordKernel(request: StartKernelRequest): Promise<void>;
  /** Before a kernel that no policy was asked about is refused. @throws {StrongroomError} `AuditUnavailable` */
  recordDenial(rule: KernelDenialRule): Promise<void>;
  /** In words for the person: what to do about a kernel that had too little memory. */
  explainOutOfMemory(size: InstanceTypeSettings): Promise<Sentence>;
  onExit(exit: KernelExit): void;
}
