import type { GpuUse } from './gpu.ts';
import { numberOf, queryGpus } from './nvidia-smi.ts';

const mebibyte = 1024 * 1024;
/** A question starts a program; whoever asks more often gets the same answer. */
const keptMilliseconds = 2_000;

/** What the GPUs are doing, by index. Empty where the driver does not answer: it is asked to show, not to decide. */
export class GpuMeter {
  readonly #searchPath: string;
  readonly #now: () => number;
  #askedAt = Number.NEGATIVE_INFINITY;
  #answer: Promise<ReadonlyMap<number, GpuUse>> = Promise.resolve(new Map());

  constructor(searchPath: string, now: () => number = () => performance.now()) {
    this.#searchPath = searchPath;
    this.#now = now;
  }

  measure(): Promise<ReadonlyMap<number, GpuUse>> {
    const now = this.#now();
    if (now - this.#askedAt < keptMilliseconds) return this.#answer;
    this.#askedAt = now;
    this.#answer = this.#ask().catch(() => new Map());
    return this.#answer;
  }

  async #ask(): Promise<ReadonlyMap<number, GpuUse>> {
    const rows = await queryGpus(['index', 'utilization.gpu', 'memory.used'], this.#searchPath);
    return new Map(
      rows.map((row) => {
        const index = Number(row.index);
        const memory = numberOf(row['memory.used']);
        const utilizationPercent = numberOf(row['utilization.gpu']);
        const memoryBytes = memory === undefined ? undefined : memory * mebibyte;
        return [index, { index, utilizationPercent, memoryBytes }];
      }),
    );
  }
}
