import { logFailure } from '../log-failure.ts';
import type { Kernel } from './kernel.ts';

export interface Preparation {
  readonly specName: string;
  readonly count: number;
  /** Another is started in the place of one that was handed over or died. */
  readonly isKept: boolean;
}

/** Kernels started ahead of need, and nobody's yet: in no list, and no reason to keep a studio awake. */
export class PreparedKernels {
  readonly #launch: (specName: string) => Promise<Kernel>;
  readonly #preparations = new Map<string, Preparation>();
  readonly #waiting = new Map<string, Promise<Kernel | undefined>[]>();

  constructor(launch: (specName: string) => Promise<Kernel>) {
    this.#launch = launch;
  }

  prepare(preparation: Preparation): void {
    const { specName, count } = preparation;
    this.#preparations.set(specName, preparation);
    const waiting = this.#waiting.get(specName) ?? [];
    this.#waiting.set(specName, waiting);
    while (waiting.length < count) waiting.push(this.#start(specName));
  }

  /** One that lives, where there is one. */
  async take(specName: string): Promise<Kernel | undefined> {
    for (;;) {
      const next = this.#waiting.get(specName)?.shift();
      if (next === undefined) return undefined;
      const kernel = await next;
      if (this.#preparations.get(specName)?.isKept === true) this.#replace(specName);
      if (kernel?.isDead === false) return kernel;
      if (kernel === undefined) return undefined;
    }
  }

  /** What they were started from has changed. */
  async renew(): Promise<void> {
    const old = this.#takeAll();
    for (const preparation of this.#preparations.values()) {
      if (preparation.isKept) this.prepare(preparation);
    }
    for (const kernel of await old) await kernel.shutDown();
  }

  async close(): Promise<void> {
    this.#preparations.clear();
    for (const kernel of await this.#takeAll()) await kernel.abandon();
  }

  /** Behind what was asked for: who takes one does not wait for the next. */
  #replace(specName: string): void {
    const preparation = this.#preparations.get(specName);
    if (preparation !== undefined) setImmediate(() => this.prepare(preparation));
  }

  async #start(specName: string): Promise<Kernel | undefined> {
    try {
      return await this.#launch(specName);
    } catch (error) {
      logFailure(`Cannot prepare a kernel of "${specName}"`, error);
      return undefined;
    }
  }

  async #takeAll(): Promise<Kernel[]> {
    const waiting = [...this.#waiting.values()].flat();
    this.#waiting.clear();
    return (await Promise.all(waiting)).filter((kernel) => kernel !== undefined);
  }
}
