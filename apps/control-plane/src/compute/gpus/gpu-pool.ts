import type { AppId, ProfileName } from '@strongroom/contracts';
import type { Gpu } from './gpu.ts';

export interface GpuHolder {
  readonly appId: AppId;
  readonly profileName: ProfileName;
}

export interface GpuWish extends GpuHolder {
  readonly count: number;
  /** Whoever no longer wants its turn aborts. */
  readonly signal: AbortSignal;
}

export interface GpuLease {
  readonly gpus: readonly Gpu[];
  /** As often as one likes; the first time counts. */
  release(): void;
}

interface Waiting extends GpuWish {
  grant(gpus: readonly Gpu[]): void;
}

/**
 * INVARIANT: a GPU belongs to one app at most, from before its sandbox is made until nothing of it is
 * left. Whoever came first is served first, also where a later and smaller wish could be met at once:
 * otherwise a wish for many would wait without end.
 */
export class GpuPool {
  readonly all: readonly Gpu[];
  readonly #holders = new Map<Gpu, GpuHolder>();
  #queue: Waiting[] = [];

  constructor(gpus: readonly Gpu[]) {
    this.all = gpus;
  }

  get freeCount(): number {
    return this.all.length - this.#holders.size;
  }

  get waitingCount(): number {
    return this.#queue.length;
  }

  holderOf(gpu: Gpu): GpuHolder | undefined {
    return this.#holders.get(gpu);
  }

  /** From 1; `undefined` where that app does not wait. */
  positionOf(appId: AppId): number | undefined {
    const index = this.#queue.findIndex((waiting) => waiting.appId === appId);
    return index < 0 ? undefined : index + 1;
  }

  /** Waits for its turn. Rejects with the reason of the signal. */
  async acquire(wish: GpuWish): Promise<GpuLease> {
    const { count, signal } = wish;
    signal.throwIfAborted();
    if (!Number.isInteger(count) || count < 1 || count > this.all.length) {
      throw new RangeError(`Cannot assign ${count} GPUs: this machine has ${this.all.length}`);
    }
    const gpus = await new Promise<readonly Gpu[]>((resolve, reject) => {
      const leave = () => {
        this.#queue = this.#queue.filter((each) => each !== waiting);
        reject(signal.reason);
        // Whoever stood behind may be served now.
        this.#serve();
      };
      const waiting: Waiting = {
        ...wish,
        grant(granted) {
          signal.removeEventListener('abort', leave);
          resolve(granted);
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#queue.push(waiting);
      this.#serve();
    });
    const lease = { gpus, release: () => this.#release(gpus, wish.appId) };
    if (!signal.aborted) return lease;
    lease.release();
    throw signal.reason;
  }

  #serve(): void {
    for (;;) {
      const [first] = this.#queue;
      if (first === undefined || first.count > this.freeCount) return;
      this.#queue.shift();
      const granted = this.all.filter((gpu) => !this.#holders.has(gpu)).slice(0, first.count);
      const { appId, profileName } = first;
      for (const gpu of granted) this.#holders.set(gpu, { appId, profileName });
      first.grant(granted);
    }
  }

  #release(gpus: readonly Gpu[], appId: AppId): void {
    for (const gpu of gpus) {
      if (this.#holders.get(gpu)?.appId === appId) this.#holders.delete(gpu);
    }
    this.#serve();
  }
}
