import { setImmediate } from 'node:timers/promises';
import {
  type AppId,
  type KernelId,
  type StartKernelRequest,
  StrongroomError,
} from '@strongroom/contracts';
import type { RunningSandbox, SandboxExit } from '@strongroom/sandbox';
import { AgentRequestError } from './agent-channel.ts';
import { describeKernelEnd } from './app-end.ts';
import { kernelAppName, newAppId } from './app-name.ts';
import type { AppStore } from './app-store.ts';
import type { StudioSandboxHost } from './bounded-sandbox-host.ts';
import type { StudioDomain } from './domain-settings.ts';
import { decideKernelRequest, type StudioImages } from './kernel-request.ts';
import { newReference } from './reference.ts';
import { followSandboxOutput } from './sandbox-output.ts';
import { kernelSpec, type ProgramFolders, type StudioGround } from './sandbox-specs.ts';
import { explainStartFailure } from './start-failure.ts';
import type { StudioLog } from './studio-log.ts';

interface KernelExit extends SandboxExit {
  readonly kernelId: KernelId;
  readonly memoryLimitBytes: number;
  readonly stoppedByPerson: boolean;
}

/** A kernel as policies know it. */
export interface KernelReference {
  readonly appName: string;
  readonly instanceType: string;
  readonly imageName: string;
}

export interface KernelAppsOptions {
  readonly ground: StudioGround;
  readonly programs: ProgramFolders;
  readonly domain: StudioDomain;
  readonly images: StudioImages;
  readonly sandboxHost: Pick<StudioSandboxHost, 'launch'>;
  readonly apps: AppStore;
  readonly log: StudioLog;
  /** @throws {StrongroomError} `AccessDenied` */
  requireKernel(kernel: KernelReference): Promise<void>;
  /** Before an allowed kernel is started. @throws {StrongroomError} `AuditUnavailable` */
  recordKernel(request: StartKernelRequest): Promise<void>;
  onExit(exit: KernelExit): void;
}

/** One kernel of the studio, from the moment it is asked for. */
interface KernelApp extends KernelReference {
  readonly appId: AppId;
  readonly kernelId: KernelId;
  /** Settles when its sandbox runs, or could not. */
  launched: Promise<RunningSandbox>;
  sandbox: RunningSandbox | undefined;
  /** Settles when it has ended and that is recorded. */
  finished: Promise<void>;
  /** Why it ends, where it was not its own doing. */
  endReason: string | undefined;
  stoppedByPerson: boolean;
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

  /** @throws {AgentRequestError} */
  async start(request: StartKernelRequest): Promise<void> {
    const { ground, domain, programs, images } = this.#options;
    const { size, image } = decideKernelRequest(request, ground.person.profileName, {
      ...{ domain, images },
    });
    const { imageName, instanceType } = request;
    const appId = newAppId();
    const appName = kernelAppName(imageName, instanceType, appId);
    // Before anything is recorded, and again since others may have come meanwhile.
    this.#requireRoom(request);
    await this.#requireAllowed({ appName, instanceType, imageName }, request);
    this.#requireRoom(request);
    const spec = kernelSpec({ ground, programs, appId, size, image, request });
    const kernel: KernelApp = {
      ...{ appId, appName, instanceType, imageName, kernelId: request.kernelId },
      sandbox: undefined,
      launched: this.#launch({ appId, appName }, request, spec),
      ...{ finished: Promise.resolve(), endReason: undefined, stoppedByPerson: false },
    };
    this.#kernels.set(request.kernelId, kernel);
    try {
      kernel.sandbox = await kernel.launched;
    } catch (error) {
      this.#kernels.delete(request.kernelId);
      throw error;
    }
    kernel.finished = this.#follow(kernel, kernel.sandbox, spec.limits.memoryBytes);
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

  async #requireAllowed(kernel: KernelReference, request: StartKernelRequest): Promise<void> {
    try {
      await this.#options.requireKernel(kernel);
      await this.#options.recordKernel(request);
    } catch (error) {
      if (error instanceof StrongroomError) throw new AgentRequestError(error.code, error.message);
      throw error;
    }
  }

  /** Does nothing where it has ended already. */
  async stop(kernelId: KernelId, reason: string): Promise<void> {
    const kernel = this.#kernels.get(kernelId);
    if (kernel !== undefined) await this.#end(kernel, reason);
  }

  signal(kernelId: KernelId, signal: 'SIGINT'): void {
    this.#kernels.get(kernelId)?.sandbox?.signalMain(signal);
  }

  /** False where none of these kernels is that app. */
  async stopApp(appId: AppId, reason: string): Promise<boolean> {
    const kernel = [...this.#kernels.values()].find((each) => each.appId === appId);
    if (kernel === undefined) return false;
    kernel.stoppedByPerson = true;
    await this.#end(kernel, reason);
    return true;
  }

  /** Ends each kernel that policy no longer allows. */
  async review(reason: string): Promise<void> {
    await Promise.all(
      [...this.#kernels.values()].map(async (kernel) => {
        try {
          await this.#options.requireKernel(kernel);
        } catch {
          await this.#end(kernel, reason);
        }
      }),
    );
  }

  async close(reason: string): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#kernels.values()].map((kernel) => this.#end(kernel, reason)));
  }

  sandboxes(): RunningSandbox[] {
    return [...this.#kernels.values()].flatMap(({ sandbox }) => sandbox ?? []);
  }

  async #launch(
    { appId, appName }: { readonly appId: AppId; readonly appName: string },
    request: StartKernelRequest,
    spec: ReturnType<typeof kernelSpec>,
  ): Promise<RunningSandbox> {
    const { apps, ground, sandboxHost, log } = this.#options;
    const { profileName } = ground.person;
    const { imageName, instanceType, kernelId } = request;
    try {
      await apps.add({
        ...{ appId, appType: 'KernelGateway', appName, profileName, imageName, instanceType },
      });
      const sandbox = await sandboxHost.launch(spec);
      await apps.setStatus(appId, 'InService');
      log.info({ profileName, appId, kernelId }, 'Kernel app started');
      return sandbox;
    } catch (error) {
      const reference = newReference();
      log.error({ reference, profileName, appId, err: error }, 'Cannot start a kernel app');
      const { code, message } = explainStartFailure(error);
      await apps.end(appId, 'Failed', `${message} (reference ${reference})`).catch(() => undefined);
      throw new AgentRequestError(code, message, { reference, cause: error });
    }
  }

  async #follow(
    kernel: KernelApp,
    sandbox: RunningSandbox,
    memoryLimitBytes: number,
  ): Promise<void> {
    const { log, ground, apps, onExit } = this.#options;
    const { kernelId, appId } = kernel;
    const fields = { profileName: ground.person.profileName, appId, kernelId };
    // At debug level alone: a kernel may print what is nobody's business.
    followSandboxOutput([sandbox.stdout, sandbox.stderr], log, fields);
    const exit = await sandbox.exited;
    // The answer to the start goes out first, however quickly the kernel ended.
    await setImmediate();
    this.#kernels.delete(kernelId);
    const { endReason, stoppedByPerson } = kernel;
    onExit({ ...exit, kernelId, memoryLimitBytes, stoppedByPerson });
    const isOwn = endReason === undefined;
    log[isOwn ? 'warn' : 'info']({ ...fields, ...exit }, 'Kernel app ended');
    const own = describeKernelEnd(exit, memoryLimitBytes);
    const status = isOwn ? own.status : 'Deleted';
    await apps.end(appId, status, endReason ?? own.reason).catch((error: unknown) => {
      log.error({ ...fields, err: error }, 'Cannot record the end of an app');
    });
  }

  async #end(kernel: KernelApp, reason: string): Promise<void> {
    kernel.endReason ??= reason;
    const sandbox = await kernel.launched.catch(() => undefined);
    if (sandbox === undefined) return;
    await this.#options.apps.setStatus(kernel.appId, 'Deleting').catch(() => undefined);
    await sandbox.stop({ graceMilliseconds });
    await kernel.finished;
  }
}
