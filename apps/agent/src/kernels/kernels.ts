import { randomUUID } from 'node:crypto';
import type { KernelId } from '@strongroom/contracts';
import type { MessageFrames } from '@strongroom/jupyter-protocol';
import { AgentError } from '../http/agent-error.ts';
import { formatKernelEnvironment } from '../kernelspecs/kernel-spec.ts';
import type { KernelSpecs } from '../kernelspecs/kernel-specs.ts';
import { logFailure } from '../log-failure.ts';
import { removeLeftConnectionFiles } from './connection-files.ts';
import { Kernel } from './kernel.ts';
import { kernelIdOf } from './kernel-id.ts';
import type { KernelDependencies, KernelRun } from './kernel-options.ts';
import { KernelProcess } from './kernel-process.ts';
import { type Preparation, PreparedKernels } from './prepared-kernels.ts';

export interface KernelsOptions extends KernelDependencies {
  readonly specs: KernelSpecs;
  readonly homeFolder: string;
  /** What a kernel runs on where nobody chose. */
  readonly instanceType: string;
  /** What a kernel's environment begins with, for specs that refer to it. */
  readonly inherited: Readonly<Record<string, string>>;
  /** Told whenever the number of kernels may have changed. */
  readonly onChange: () => void;
}

export interface KernelStart {
  /** The default kernel spec where absent. */
  readonly specName?: string | undefined;
  /** The domain's default where absent. */
  readonly instanceType?: string | undefined;
  /** Absolute, inside the home. */
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** False: refused where it would have to wait for a GPU. */
  readonly mayQueue?: boolean | undefined;
}

/** The studio's kernels. */
export class Kernels {
  readonly #options: KernelsOptions;
  readonly #kernels = new Map<string, Kernel>();
  readonly #prepared: PreparedKernels;
  #cleared: Promise<void> | undefined;

  constructor(options: KernelsOptions) {
    this.#options = options;
    const workingDirectory = options.homeFolder;
    this.#prepared = new PreparedKernels({
      findSpec: (specName) => options.specs.find(specName),
      launch: (specName) => this.#launch(specName, { workingDirectory, environment: {} }),
    });
  }

  get count(): number {
    return this.#kernels.size;
  }

  get connectionCount(): number {
    return this.list().reduce((sum, kernel) => sum + kernel.connectionCount, 0);
  }

  list(): Kernel[] {
    return [...this.#kernels.values()];
  }

  busyIds(): KernelId[] {
    return this.list().flatMap(({ id, isBusy }) => (isBusy ? [id] : []));
  }

  find(id: string): Kernel | undefined {
    return this.#kernels.get(id);
  }

  /** Throws `NotFound`. */
  require(id: string): Kernel {
    const kernel = this.#kernels.get(id);
    if (kernel === undefined) throw new AgentError('NotFound', `No such kernel: "${id}"`);
    return kernel;
  }

  /** Throws `NotFound` for an unknown spec and the control plane's refusal. */
  async start(start: KernelStart): Promise<Kernel> {
    const specName = start.specName ?? (await this.#options.specs.defaultName());
    const kernel =
      (await this.#takePrepared(specName, start)) ?? (await this.#launch(specName, start));
    this.#kernels.set(kernel.id, kernel);
    this.#options.onChange();
    return kernel;
  }

  /** Starts kernels that the next notebooks in the home's top folder get without waiting. */
  prepare(preparation: Preparation): void {
    this.#prepared.prepare(preparation);
  }

  /** The images have changed: what is prepared is of the ones before. */
  async renewPrepared(): Promise<void> {
    await this.#prepared.renew();
  }

  async shutDown(id: string): Promise<void> {
    const kernel = this.require(id);
    this.#kernels.delete(id);
    try {
      await kernel.shutDown();
    } finally {
      this.#options.onChange();
    }
  }

  /** Leaves all kernels to the control plane. */
  async close(): Promise<void> {
    const kernels = this.list();
    this.#kernels.clear();
    await Promise.all([this.#prepared.close(), ...kernels.map((kernel) => kernel.abandon())]);
  }

  async #takePrepared(specName: string, start: KernelStart): Promise<Kernel | undefined> {
    const { homeFolder, instanceType, specs } = this.#options;
    if (start.workingDirectory !== homeFolder) return undefined;
    const wanted = start.instanceType ?? instanceType;
    if (wanted === instanceType) return await this.#prepared.take(specName);
    // Its environment is that of the default type, and is changed from within.
    if ((await specs.find(specName))?.language !== 'python') return undefined;
    try {
      return await this.#prepared.take(specName, (kernel) => kernel.resize(wanted));
    } catch (error) {
      const code = error instanceof AgentError ? error.controlPlaneCode : undefined;
      if (code === 'KernelNotResizable') return undefined;
      // It would refuse a start with the same words.
      if (code !== undefined) throw error;
      logFailure('Cannot hand over a kernel on another instance type', error);
      return undefined;
    }
  }

  async #launch(specName: string, start: KernelStart): Promise<Kernel> {
    await this.#clear();
    const run = await this.findRun({ ...start, specName });
    const { kernelId } = run.request;
    // A restart has nothing to fall back to: it waits.
    const findRun = (instanceType: string) =>
      this.findRun({ ...start, specName, instanceType, mayQueue: undefined }, kernelId);
    return await Kernel.start({ ...this.#options, run, findRun });
  }

  /** Throws `NotFound` for an unknown spec. */
  async findRun(start: KernelStart, kernelId = kernelIdOf(randomUUID())): Promise<KernelRun> {
    const { specs, instanceType, inherited } = this.#options;
    const specName = start.specName ?? (await specs.defaultName());
    const spec = await specs.find(specName);
    if (spec === undefined) {
      throw new AgentError('NotFound', `No such kernel spec: "${specName}"`);
    }
    return {
      spec,
      request: {
        kernelId,
        imageName: spec.imageName,
        instanceType: start.instanceType ?? instanceType,
        environment: { ...formatKernelEnvironment(spec, inherited), ...start.environment },
        workingDirectory: start.workingDirectory,
        ...(start.mayQueue === false && { mayQueue: false }),
      },
    };
  }

  /** A kernel of nobody's pages, in no list. Throws the control plane's refusal. */
  async startProcess(
    run: KernelRun,
    onOutput: (frames: MessageFrames) => void,
  ): Promise<KernelProcess> {
    await this.#clear();
    const { host, runtimeFolder, times } = this.#options;
    return await KernelProcess.start({
      ...{ host, runtimeFolder, times, ...run, onOutput },
      onOutputLost: () => {},
      onOutputRecovered: () => {},
    });
  }

  async #clear(): Promise<void> {
    this.#cleared ??= removeLeftConnectionFiles(this.#options.runtimeFolder);
    await this.#cleared;
  }
}
