import { type ISignal, Signal } from '@lumino/signaling';
import type { AppUsage } from '@strongroom/contracts';
import type { ComputeApi } from '../api/compute-api.ts';
import { ComputeError } from '../api/compute-error.ts';

const calmMilliseconds = 3_000;
/** While something starts, each second counts for who waits. */
const hurriedMilliseconds = 1_000;

export interface RunningAppsOptions {
  readonly api: Pick<ComputeApi, 'apps'>;
  /** False while nobody looks: then nothing is asked. */
  readonly isLookedAt: () => boolean;
  readonly schedule: (ask: () => void, milliseconds: number) => () => void;
  readonly now: () => number;
}

/** What runs in this studio and what it uses, asked again and again while somebody looks. */
export class RunningApps {
  readonly #options: RunningAppsOptions;
  readonly #changed = new Signal<this, void>(this);
  #apps: readonly AppUsage[] = [];
  /** The platform's clock less this computer's. */
  #aheadMilliseconds = 0;
  #watcherCount = 0;
  #cancel: (() => void) | undefined;
  #asking: Promise<void> | undefined;
  #isHurried = false;
  #isReached = true;

  constructor(options: RunningAppsOptions) {
    this.#options = options;
  }

  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  get apps(): readonly AppUsage[] {
    return this.#apps;
  }

  /** False where the last question was not answered by the platform. */
  get isReached(): boolean {
    return this.#isReached;
  }

  /** What time it is for the platform. */
  get now(): number {
    return this.#options.now() + this.#aheadMilliseconds;
  }

  ofKernel(kernelId: string | undefined): AppUsage | undefined {
    if (kernelId === undefined) return undefined;
    return this.#apps.find((app) => app.kernelId === kernelId);
  }

  /** The newest that is starting and is nobody's yet: Lab learns a kernel's id when it has started. */
  startingOn(wanted: {
    readonly imageName: string | undefined;
    readonly instanceType: string | undefined;
    readonly knownKernelIds: ReadonlySet<string>;
  }): AppUsage | undefined {
    return this.#apps
      .filter(({ kernelId, stage }) => kernelId !== null && stage !== 'ending')
      .filter(({ kernelId }) => !wanted.knownKernelIds.has(kernelId ?? ''))
      .filter(({ imageName }) => [undefined, imageName].includes(wanted.imageName))
      .filter(({ instanceType }) => [undefined, instanceType].includes(wanted.instanceType))
      .sort((one, other) => other.startedAt.localeCompare(one.startedAt))[0];
  }

  /** Asks from now on, until what it answers is called. */
  watch(): () => void {
    this.#watcherCount += 1;
    if (this.#watcherCount === 1) this.#wait(0);
    let isWatching = true;
    return () => {
      if (!isWatching) return;
      isWatching = false;
      this.#watcherCount -= 1;
      if (this.#watcherCount === 0) this.#cancel?.();
    };
  }

  /** Something is about to change, or the page is looked at again: ask now. */
  hurry(isStarting = false): void {
    this.#isHurried = isStarting;
    if (this.#watcherCount > 0) this.#wait(0);
  }

  /** Never rejects: what is not answered is asked again. */
  refresh(): Promise<void> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #ask(): Promise<void> {
    try {
      const { apps, at } = await this.#options.api.apps();
      this.#apps = apps;
      this.#aheadMilliseconds = at.getTime() - this.#options.now();
      this.#isReached = true;
    } catch (error) {
      // Lab itself says that the studio does not answer; what was known is not shown as if it were now.
      this.#apps = [];
      this.#isReached = !(error instanceof ComputeError && error.code === 'Unreachable');
    }
    this.#changed.emit();
  }

  #wait(milliseconds: number): void {
    this.#cancel?.();
    this.#cancel = this.#options.schedule(() => void this.#tick(), milliseconds);
  }

  async #tick(): Promise<void> {
    if (this.#options.isLookedAt()) await this.refresh();
    if (this.#watcherCount === 0) return;
    const isStarting = this.#apps.some(({ stage }) => stage !== 'running');
    this.#wait(isStarting || this.#isHurried ? hurriedMilliseconds : calmMilliseconds);
  }
}
