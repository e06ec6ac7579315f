import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../clock.ts';
import { SerialQueue } from '../../serial-queue.ts';
import type { StudioLog } from '../../studios/studio-log.ts';
import type { FlowLog, FlowObservation } from './flow-log.ts';
import { type FlowRecordPlace, toFlowRecord } from './flow-record.ts';

export interface FlowFilesOptions {
  /** Made where it is not there. */
  readonly folder: string;
  readonly place: FlowRecordPlace;
  readonly retentionDays: number;
  readonly clock: Clock;
  readonly log: StudioLog;
}

const flushMilliseconds = 500;
/** Beyond this what comes is dropped and counted: a flood must not fill the memory. */
const maximumPendingCount = 100_000;
const dayMilliseconds = 24 * 60 * 60 * 1000;

/** Flow records as JSON lines, one file a day (UTC), for the operator alone. */
export class FlowFiles implements FlowLog {
  readonly #options: FlowFilesOptions;
  readonly #writes = new SerialQueue();
  #pending: FlowObservation[] = [];
  #droppedCount = 0;
  #hasFailed = false;
  readonly #timer: NodeJS.Timeout;

  private constructor(options: FlowFilesOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.flush(), flushMilliseconds).unref();
  }

  static async open(options: FlowFilesOptions): Promise<FlowFiles> {
    await mkdir(options.folder, { recursive: true, mode: 0o700 });
    const files = new FlowFiles(options);
    await files.deleteExpired();
    return files;
  }

  record(observation: FlowObservation): void {
    if (this.#pending.length >= maximumPendingCount) {
      this.#droppedCount += 1;
      return;
    }
    this.#pending.push(observation);
  }

  /** What was recorded before this call is in the files when it resolves, where they can be written. */
  flush(): Promise<void> {
    return this.#writes.run(() => this.#writePending());
  }

  /** Whole days that are older than the domain file keeps them. */
  async deleteExpired(): Promise<void> {
    const { folder, retentionDays, clock } = this.#options;
    const oldest = dayOf(new Date(clock().getTime() - retentionDays * dayMilliseconds));
    for (const name of await readdir(folder)) {
      if (flowFileName.test(name) && name.slice(0, 10) < oldest) await rm(join(folder, name));
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }

  async #writePending(): Promise<void> {
    const pending = this.#pending;
    if (pending.length === 0) return;
    this.#pending = [];
    try {
      for (const [day, lines] of byDay(pending, this.#options.place))
        await this.#append(day, lines);
      this.#hasFailed = false;
    } catch (error) {
      this.#droppedCount += pending.length;
      if (!this.#hasFailed) this.#options.log.error({ err: error }, 'Cannot write the flow log');
      this.#hasFailed = true;
    }
    if (this.#droppedCount > 0 && !this.#hasFailed) {
      this.#options.log.warn({ droppedCount: this.#droppedCount }, 'Flow records were lost');
      this.#droppedCount = 0;
    }
  }

  async #append(day: string, lines: readonly string[]): Promise<void> {
    const file = await open(join(this.#options.folder, `${day}.jsonl`), 'a', 0o600);
    try {
      await file.appendFile(`${lines.join('\n')}\n`);
    } finally {
      await file.close();
    }
  }
}

export const flowFileName = /^\d{4}-\d{2}-\d{2}\.jsonl$/;

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function byDay(
  observations: readonly FlowObservation[],
  place: FlowRecordPlace,
): Map<string, string[]> {
  const days = new Map<string, string[]>();
  for (const observation of observations) {
    const day = dayOf(observation.endedAt);
    const lines = days.get(day) ?? [];
    lines.push(JSON.stringify(toFlowRecord(observation, place)));
    days.set(day, lines);
  }
  return days;
}
