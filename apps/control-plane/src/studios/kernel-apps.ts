import { setImmediate } from 'node:timers/promises';
import type { AppId, KernelId, Sentence, StartKernelRequest } from '@strongroom/contracts';
import type { Clock } from '../clock.ts';
import type { Gpus } from '../compute/gpus/gpus.ts';
import type {
  KernelRuntime,
  RunningKernel,
  KernelExit as RuntimeExit,
} from '../runtimes/kernel-runtime.ts';
import { AgentRequestError } from './agent-channel.ts';
import { describeKernelEnd } from './app-end.ts';
import { type AppEnding, noLongerAllowed, silentEnding } from './app-ending.ts';
import { kernelAppName, newAppId } from './app-name.ts';
import type { AppStore } from './app-store.ts';
import type { InstanceTypeSettings, StudioDomain } from './domain-settings.ts';
import { describeKernelApp, type KernelApp, type KernelReference } from './kernel-app.ts';
import {
  type KernelDenialRule,
  requireKernelRequest,
  type StudioImages,
  tellAgent,
} from './kernel-request.ts';
import { outOfMemorySentence } from './memory-ending.ts';
import { newReference } from './reference.ts';
import type { RunningApp } from './running-app.ts';
import { followSandboxOutput } from './sandbox-output.ts';
import { kernelSpec, type ProgramFolders, type StudioGround } from './sandbox-specs.ts';
import { explainStartFailure } from './start-failure.ts';
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

const maximumKernelCount = 32;
const graceMilliseconds = 500;

/** The KernelGateway apps of one studio: each kernel in a sandbox of its own. */
export class KernelApps {
  readonly #options: KernelAppsOptions;
  readonly #kernels = new Map<KernelId, KernelApp>();
  #isClosed = false;

  constructor(options: KernelAppsOptions) {
    this.#options = options;
  }

  /** Waits, where its type has GPUs and none is free. @throws {AgentRequestError} */
  async start(request: StartKernelRequest): Promise<void> {
    const { ground, domain, clock, images } = this.#options;
    const { profileName } = ground.person;
    const { size, image } = await requireKernelRequest(request, profileName, {
      ...{ domain, images },
      recordDenial: (rule) => this.#recordDenial(request, rule),
    });
    const { imageName, instanceType, kernelId } = request;
    const appId = newAppId();
    const appName = kernelAppName(imageName, instanceType, appId);
    // Before anything is recorded, and again since others may have come meanwhile.
    this.#requireRoom(request);
    await this.#requireAllowed({ appName, instanceType, imageName }, request, size);
    this.#requireRoom(request);
    const kernel: KernelApp = {
      ...{ appId, appName, instanceType, kernelId, imageName, size, image, startedAt: clock() },
      stage: (size.gpuCount ?? 0) > 0 ? 'queued' : 'starting-sandbox',
      ...{ isBusy: false, lastBusyAt: undefined },
      ...{ cancelled: new AbortController(), lease: undefined, sandbox: undefined },
      ...{ launched: unsettled, finished: Promise.resolve(), ending: undefined },
    };
    this.#kernels.set(kernelId, kernel);
    kernel.launched = this.#launch(kernel, request);
    try {
      kernel.sandbox = await kernel.launched;
    } catch (error) {
      this.#kernels.delete(kernelId);
      throw error;
    }
    kernel.stage = 'running';
    kernel.finished = this.#follow(kernel, kernel.sandbox);
  }

  #requireRoom({ kernelId }: StartKernelRequest): void {
    if (this.#isClosed) throw new AgentRequestError('StudioStopped', 'The studio is stopping');
    if (this.#kernels.has(kernelId)) {
      throw new AgentRequestError('KernelExists', 'A kernel with this id runs already');
    }
    if (this.#kernels.size >= maximumKernelCount) {
      throw new AgentRequestError(
        'TooManyKernels',
        `A studio runs at most ${maximumKernelCount} kernels. Shut one down first`,
      );
    }
  }

  async #requireAllowed(
    kernel: KernelReference,
    request: StartKernelRequest,
    size: InstanceTypeSettings,
  ): Promise<void> {
    const { gpus } = this.#options;
    try {
      gpus.requireEnough(size);
      if (request.mayQueue === false) gpus.requireFree(size);
      await this.#options.requireKernel(kernel);
      await this.#options.requireMeans(kernel);
      await this.#options.recordKernel(request);
    } catch (error) {
      tellAgent(error);
    }
  }

  async #recordDenial(request: StartKernelRequest, rule: KernelDenialRule): Promise<void> {
    const { log, ground, recordDenial } = this.#options;
    const { profileName } = ground.person;
    const { instanceType, imageName, kernelId } = request;
    log.warn({ profileName, kernelId, instanceType, imageName, rule }, 'Refused a kernel');
    await recordDenial(rule);
  }

  /** Does nothing where it has ended already. */
  async stop(kernelId: KernelId, reason: string): Promise<void> {
    const kernel = this.#kernels.get(kernelId);
    if (kernel !== undefined) await this.#end(kernel, silentEnding(reason));
  }

  signal(kernelId: KernelId, signal: 'SIGINT'): void {
    this.#kernels.get(kernelId)?.sandbox?.signalMain(signal);
  }

  /** The agent says which kernels run a cell now; what it makes up is none of these. */
  heardBusy(kernelIds: readonly KernelId[]): void {
    const busy = new Set(kernelIds);
    for (const kernel of this.#kernels.values()) {
      if (kernel.isBusy) kernel.lastBusyAt = performance.now();
      kernel.isBusy = busy.has(kernel.kernelId);
    }
  }

  /** False where none of these kernels is that app. */
  async endApp(appId: AppId, ending: AppEnding): Promise<boolean> {
    const kernel = [...this.#kernels.values()].find((each) => each.appId === appId);
    if (kernel === undefined) return false;
    await this.#end(kernel, ending);
    return true;
  }

  /** Ends each kernel that policy no longer allows. */
  async review(): Promise<void> {
    await Promise.all(
      [...this.#kernels.values()].map(async (kernel) => {
        try {
          await this.#options.requireKernel(kernel);
        } catch {
          await this.#end(kernel, noLongerAllowed);
        }
      }),
    );
  }

  async close(reason: string): Promise<void> {
    this.#isClosed = true;
    const ending = silentEnding(reason);
    await Promise.all([...this.#kernels.values()].map((kernel) => this.#end(kernel, ending)));
  }

  running(): RunningApp[] {
    const { ground, gpus } = this.#options;
    return [...this.#kernels.values()].map((kernel) =>
      describeKernelApp(kernel, ground.person, gpus.pool),
    );
  }

  async #launch(kernel: KernelApp, request: StartKernelRequest): Promise<RunningKernel> {
    const { apps, ground, runtime, log, gpus, programs } = this.#options;
    const { profileName } = ground.person;
    const { appId, appName, imageName, instanceType, kernelId, size, image } = kernel;
    try {
      await apps.add({
        ...{ appId, appType: 'KernelGateway', appName, profileName, imageName, instanceType },
      });
      if (kernel.stage === 'queued') await this.#waitForGpus(kernel, request);
      const grant = kernel.lease && gpus.grantOf(kernel.lease.gpus);
      const spec = kernelSpec({ ground, programs, appId, size, image, request, grant });
      const { runtimeFolder } = ground;
      const { signal } = kernel.cancelled;
      const sandbox = await runtime.launch({ spec, size, runtimeFolder, signal });
      try {
        await apps.setStatus(appId, 'InService');
      } catch (error) {
        // What cannot be recorded, and so not be metered, does not run.
        await sandbox.stop({ graceMilliseconds: 0 });
        throw error;
      }
      log.info({ profileName, appId, kernelId }, 'Kernel app started');
      return sandbox;
    } catch (error) {
      kernel.lease?.release();
      throw await this.#explainFailure(kernel, error);
    }
  }

  async #waitForGpus(kernel: KernelApp, { mayQueue }: StartKernelRequest): Promise<void> {
    const { gpus, ground, clock } = this.#options;
    const { appId, size, cancelled } = kernel;
    const { profileName } = ground.person;
    const wish = { appId, profileName, count: size.gpuCount ?? 0, signal: cancelled.signal };
    // Nothing runs between this and the place in the queue.
    if (mayQueue === false) gpus.requireFree(size);
    kernel.lease = await gpus.pool.acquire(wish);
    kernel.startedAt = clock();
    kernel.stage = 'starting-sandbox';
    // It may have waited for hours, and others have spent meanwhile.
    await this.#options.requireMeans(kernel);
  }

  /** What the agent is told; the end is recorded. */
  async #explainFailure(kernel: KernelApp, error: unknown): Promise<AgentRequestError> {
    const { apps, ground, log } = this.#options;
    const { appId, ending } = kernel;
    if (ending !== undefined) {
      await apps.end(appId, 'Deleted', ending.reason).catch(() => undefined);
      return new AgentRequestError('KernelCancelled', ending.told?.english ?? ending.reason);
    }
    const reference = newReference();
    const { profileName } = ground.person;
    log.error({ reference, profileName, appId, err: error }, 'Cannot start a kernel app');
    const { code, message } = explainStartFailure(error);
    await apps.end(appId, 'Failed', `${message} (reference ${reference})`).catch(() => undefined);
    return new AgentRequestError(code, message, { reference, cause: error });
  }

  async #follow(kernel: KernelApp, sandbox: RunningKernel): Promise<void> {
    const { log, ground, apps, onExit } = this.#options;
    const { kernelId, appId } = kernel;
    const memoryLimitBytes = kernel.size.memoryMebibytes * 1024 * 1024;
    const fields = { profileName: ground.person.profileName, appId, kernelId };
    // At debug level alone: a kernel may print what is nobody's business.
    followSandboxOutput([sandbox.stdout, sandbox.stderr], log, fields);
    const exit = await sandbox.exited;
    kernel.lease?.release();
    // The answer to the start goes out first, however quickly the kernel ended.
    await setImmediate();
    this.#kernels.delete(kernelId);
    const { ending } = kernel;
    const stoppedByPerson = (ending?.told ?? null) !== null;
    const reason = await this.#reasonOf(kernel, exit);
    onExit({ ...exit, kernelId, memoryLimitBytes, stoppedByPerson, reason });
    const isOwn = ending === undefined;
    log[isOwn ? 'warn' : 'info']({ ...fields, ...exit }, 'Kernel app ended');
    const own = describeKernelEnd(exit, memoryLimitBytes);
    const status = isOwn ? own.status : 'Deleted';
    await apps.end(appId, status, ending?.reason ?? own.reason).catch((error: unknown) => {
      log.error({ ...fields, err: error }, 'Cannot record the end of an app');
    });
  }

  async #reasonOf({ ending, size }: KernelApp, exit: RuntimeExit): Promise<Sentence | null> {
    if (ending !== undefined) return ending.told;
    if (exit.cause !== undefined) return exit.cause;
    if (!exit.outOfMemory) return null;
    return this.#options.explainOutOfMemory(size).catch(() => outOfMemorySentence(size, undefined));
  }

  async #end(kernel: KernelApp, ending: AppEnding): Promise<void> {
    kernel.ending ??= ending;
    kernel.cancelled.abort();
    const sandbox = await kernel.launched.catch(() => undefined);
    if (sandbox === undefined) return;
    await this.#options.apps.setStatus(kernel.appId, 'Deleting').catch(() => undefined);
    await sandbox.stop({ graceMilliseconds });
    await kernel.finished;
  }
}

/** In the moment before a launch begins. */
const unsettled = new Promise<never>(() => undefined);
