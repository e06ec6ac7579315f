import type { KernelSpec } from '../kernelspecs/kernel-spec.ts';
import { logFailure } from '../log-failure.ts';
import type { Kernel } from './kernel.ts';

export interface Preparation {
  readonly specName: string;
  readonly count: number;
  /** Another is started in the place of one that was handed over or died. */
  readonly isKept: boolean;
}

export interface PreparedKernelsOptions {
  readonly findSpec: (specName: string) => Promise<KernelSpec | undefined>;
  readonly launch: (specName: string) => Promise<Kernel>;
}

interface Prepared {
  readonly kernel: Kernel;
  /** What it was started from. */
  readonly origin: string;
}

/** Kernels started ahead of need, and nobody's yet: in no list, and no reason to keep a studio awake. */
export class PreparedKernels {
  readonly #options: PreparedKernelsOptions;
  readonly #preparations = new Map<string, Preparation>();
  readonly #waiting = new Map<string, Promise<Prepared | undefined>[]>();

  constructor(options: PreparedKernelsOptions) {
    this.#options = options;
  }

  prepare(preparation: Preparation): void {
    const { specName, count } = preparation;
    this.#preparations.set(specName, preparation);
    const waiting = this.#waiting.get(specName) ?? [];
    this.#waiting.set(specName, waiting);
    while (waiting.length < count) waiting.push(this.#start(specName));
  }

  /**
   * One that lives, where there is one. Where `adapt` throws, so does this, and the kernel is ready still,
   * unless it has ended.
   */
  async take(
    specName: string,
    adapt: (kernel: Kernel) => Promise<void> = async () => {},
  ): Promise<Kernel | undefined> {
    for (;;) {
      const next = this.#waiting.get(specName)?.shift();
      if (next === undefined) return undefined;
      const prepared = await next;
      if (prepared !== undefined && !prepared.kernel.isGone) {
        await this.#adapt(specName, { prepared, adapt });
        this.#replace(specName);
        return prepared.kernel;
      }
      this.#replace(specName);
      if (prepared === undefined) return undefined;
      // It may be about to start itself again, and nobody would know of it.
      endInBackground(prepared.kernel);
    }
  }

  async #adapt(
    specName: string,
    wish: { prepared: Prepared; adapt: (kernel: Kernel) => Promise<void> },
  ): Promise<void> {
    const { prepared, adapt } = wish;
    try {
      await adapt(prepared.kernel);
    } catch (error) {
      await this.#putBack(specName, prepared);
      throw error;
    }
  }

  /** The images may have changed while it was in no list. */
  async #putBack(specName: string, prepared: Prepared): Promise<void> {
    const origin = originOf(await this.#options.findSpec(specName));
    const waiting = this.#waiting.get(specName);
    const isWanted = waiting !== undefined && origin === prepared.origin;
    if (isWanted && !prepared.kernel.isGone) {
      waiting.unshift(Promise.resolve(prepared));
      return;
    }
    endInBackground(prepared.kernel);
    this.#replace(specName);
  }

  /** The images have changed: ends those that would be started from something else now. */
  async renew(): Promise<void> {
    for (const [specName, waiting] of this.#waiting) {
      const origin = originOf(await this.#options.findSpec(specName));
      for (const entry of [...waiting]) {
        const prepared = await entry;
        const index = waiting.indexOf(entry);
        // Handed over meanwhile.
        if (index < 0 || prepared?.origin === origin) continue;
        waiting.splice(index, 1);
        this.#replace(specName);
        await prepared?.kernel.shutDown();
      }
    }
  }

  async close(): Promise<void> {
    this.#preparations.clear();
    const waiting = [...this.#waiting.values()].flat();
    this.#waiting.clear();
    for (const entry of waiting) await (await entry)?.kernel.abandon();
  }

  /** Behind what was asked for: who takes one does not wait for the next. */
  #replace(specName: string): void {
    setImmediate(() => {
      const preparation = this.#preparations.get(specName);
      if (preparation?.isKept === true) this.prepare(preparation);
    });
  }

  async #start(specName: string): Promise<Prepared | undefined> {
    try {
      const origin = originOf(await this.#options.findSpec(specName));
      return { kernel: await this.#options.launch(specName), origin };
    } catch (error) {
      logFailure(`Cannot prepare a kernel of "${specName}"`, error);
      return undefined;
    }
  }
}

function endInBackground(kernel: Kernel): void {
  kernel.shutDown().catch((error: unknown) => logFailure('Cannot end a kernel', error));
}

function originOf(spec: KernelSpec | undefined): string {
  return JSON.stringify([spec?.imageName, spec?.argv, spec?.environment, spec?.interruptMode]);
}
