import type { Job } from '@strongroom/contracts';
import type { Clock } from '../clock.ts';
import { JobLogBuffer } from './job-log-buffer.ts';

const minuteMilliseconds = 60_000;

/** A job that has not ended: what of it is only written down every few seconds, and what ends it. */
export class ActiveJob {
  job: Job;
  readonly log: JobLogBuffer;
  /** Not begun before; milliseconds since 1970. */
  notBefore = 0;
  /** Its attempt has a place. */
  isRunning = false;
  /** Ended, but not yet written down as ended. */
  isOver = false;
  /** Why it was told to end. */
  ending: 'cancelled' | 'too-long' | undefined;
  isChanged = false;
  #abort = new AbortController();

  constructor(job: Job, clock: Clock, log?: ConstructorParameters<typeof JobLogBuffer>[1]) {
    this.job = job;
    this.log = new JobLogBuffer(clock, log);
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  change(change: Partial<Job>): void {
    this.job = { ...this.job, ...change };
    this.isChanged = true;
  }

  end(why: NonNullable<ActiveJob['ending']>): void {
    if (this.ending !== undefined) return;
    this.ending = why;
    this.change({ status: 'cancelling' });
    this.#abort.abort();
  }

  isTooLong(now: number): boolean {
    const { startedAt, definition } = this.job;
    if (!this.isRunning || this.isOver || startedAt === null) return false;
    return now - Date.parse(startedAt) >= definition.maximumMinutes * minuteMilliseconds;
  }

  isDue(now: number): boolean {
    return !this.isRunning && !this.isOver && this.notBefore <= now;
  }

  get mayBeTriedAgain(): boolean {
    return this.ending === undefined && this.job.attempt <= this.job.definition.maximumRetries;
  }
}
