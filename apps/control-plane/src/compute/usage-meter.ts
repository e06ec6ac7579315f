import type { AppId, AppUsage } from '@strongroom/contracts';
import type { RunningApp } from '../studios/running-app.ts';
import type { GpuUse } from './gpus/gpu.ts';

interface Reading {
  readonly at: number;
  readonly cpuSeconds: number;
}

type Measured = Pick<AppUsage, 'memoryBytes' | 'cpuCount' | 'gpus'>;

/** Shorter than this tells more of the scheduler than of the app. */
const leastMilliseconds = 200;

/** What apps use. Processors are counted between two questions, whoever asks them. */
export class UsageMeter {
  readonly #now: () => number;
  readonly #before = new Map<AppId, Reading>();
  readonly #lastCpuCount = new Map<AppId, number>();

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  async measure(app: RunningApp, gpuUses: ReadonlyMap<number, GpuUse>): Promise<Measured> {
    const gpus = app.gpus.map((gpu) => ({
      ...{ index: gpu.index, name: gpu.name, memoryTotalBytes: gpu.memoryTotalBytes ?? null },
      utilizationPercent: gpuUses.get(gpu.index)?.utilizationPercent ?? null,
      memoryBytes: gpuUses.get(gpu.index)?.memoryBytes ?? null,
    }));
    const usage = await app.sandbox?.usage().catch(() => undefined);
    if (usage === undefined) return { memoryBytes: null, cpuCount: null, gpus };
    const { memoryBytes, cpuSeconds } = usage;
    return { memoryBytes, cpuCount: this.#cpuCount(app.appId, cpuSeconds), gpus };
  }

  /** Null at the first question: there is nothing to compare with. */
  #cpuCount(appId: AppId, cpuSeconds: number): number | null {
    const at = this.#now();
    const before = this.#before.get(appId);
    const elapsedMilliseconds = at - (before?.at ?? Number.NEGATIVE_INFINITY);
    if (before !== undefined && elapsedMilliseconds < leastMilliseconds) {
      return this.#lastCpuCount.get(appId) ?? null;
    }
    this.#before.set(appId, { at, cpuSeconds });
    if (before === undefined) return null;
    const used = Math.max(0, cpuSeconds - before.cpuSeconds);
    const cpuCount = used / (elapsedMilliseconds / 1000);
    this.#lastCpuCount.set(appId, cpuCount);
    return cpuCount;
  }

  /** Forgets what no longer runs. */
  keepOnly(running: readonly RunningApp[]): void {
    const kept = new Set(running.map(({ appId }) => appId));
    for (const appId of this.#before.keys()) {
      if (kept.has(appId)) continue;
      this.#before.delete(appId);
      this.#lastCpuCount.delete(appId);
    }
  }
}
