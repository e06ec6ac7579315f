import { randomUUID } from 'node:crypto';
import type { KernelId } from '@strongroom/contracts';
import { AgentError } from '../http/agent-error.ts';
import { formatKernelEnvironment } from '../kernelspecs/kernel-spec.ts';
import type { KernelSpecs } from '../kernelspecs/kernel-specs.ts';
import { logFailure } from '../log-failure.ts';
import { removeLeftConnectionFiles } from './connection-files.ts';
import { Kernel } from './kernel.ts';
import { kernelIdOf } from './kernel-id.ts';
import type { KernelDependencies, KernelRun } from './kernel-options.ts';

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
}

/** The studio's kernels. */
export class Kernels {
  readonly #options: KernelsOptions;
  readonly #kernels = new Map<string, Kernel>();
  /** Started ahead of need, and nobody's yet: in no list, and no reason to keep a studio awake. */
  #prepared:
    | { readonly specName: string; readonly kernel: Promise<Kernel | undefined> }
    | undefined;

  #cleared: Promise<void> | undefined;

  constructor(options: KernelsOptions) {
    this.#options = options;
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

  /** Starts a kernel that the next notebook in the home's top folder gets without waiting. */
  prepare(specName: string): void {
    if (this.#prepared !== undefined) return;
    const kernel = this.#launch(specName, {
      workingDirectory: this.#options.homeFolder,
      environment: {},
    }).catch((error: unknown) => {
      logFailure(`Cannot prepare a kernel of "${specName}"`, error);
      return undefined;
    });
    this.#prepared = { specName, kernel };
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
    const prepared = await this.#prepared?.kernel;
    const kernels = prepared === undefined ? this.list() : [...this.list(), prepared];
    this.#kernels.clear();
    await Promise.all(kernels.map((kernel) => kernel.abandon()));
  }

  async #takePrepared(specName: string, start: KernelStart): Promise<Kernel | undefined> {
    const prepared = this.#prepared;
    if (prepared?.specName !== specName) return undefined;
    if (start.workingDirectory !== this.#options.homeFolder) return undefined;
    const { instanceType } = this.#options;
    if ((start.instanceType ?? instanceType) !== instanceType) return undefined;
    this.#prepared = undefined;
    const kernel = await prepared.kernel;
    return kernel?.isDead === false ? kernel : undefined;
  }

  async #launch(specName: string, start: KernelStart): Promise<Kernel> {
    this.#cleared ??= removeLeftConnectionFiles(this.#options.runtimeFolder);
    await this.#cleared;
    const kernelId = kernelIdOf(randomUUID());
    const findRun = () => this.findRun(kernelId, specName, start);
    return await Kernel.start({ ...this.#options, run: await findRun(), findRun });
  }

  /** Throws `NotFound` for an unknown spec. */
  async findRun(kernelId: KernelId, specName: string, start: KernelStart): Promise<KernelRun> {
    const { specs, instanceType, inherited } = this.#options;
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
      },
    };
  }
}
