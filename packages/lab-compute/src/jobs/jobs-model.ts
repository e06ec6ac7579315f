import { type ISignal, Signal } from '@lumino/signaling';
import type { Job, JobLog, JobSchedule } from '@strongroom/contracts';
import type { JobsApi } from '../api/jobs-api.ts';

type Api = Pick<
  JobsApi,
  'list' | 'cancel' | 'log' | 'schedules' | 'changeSchedule' | 'removeSchedule'
>;

/** A person's jobs and schedules, as the panel shows them. */
export class JobsModel {
  readonly #api: Api;
  readonly #changed = new Signal<this, void>(this);
  #jobs: readonly Job[] | null = null;
  #schedules: readonly JobSchedule[] = [];
  #cursor: string | null = null;
  #error: unknown;
  #openLog: { readonly jobId: string; readonly lines: JobLog['lines'] | null } | null = null;
  /** Counts what is asked, so that a late answer to an older question is passed over. */
  #askedCount = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  /** Newest first; null before the first answer. */
  get jobs(): readonly Job[] | null {
    return this.#jobs;
  }

  get schedules(): readonly JobSchedule[] {
    return this.#schedules;
  }

  get hasMore(): boolean {
    return this.#cursor !== null;
  }

  get error(): unknown {
    return this.#error;
  }

  /** Of the job whose log is open; its lines are null until they are there. */
  get openLog() {
    return this.#openLog;
  }

  get isAnyRunning(): boolean {
    return (this.#jobs ?? []).some(({ status }) => isGoingOn(status));
  }

  /** What it had stays while it is asked again. Never rejects. */
  async refresh(): Promise<void> {
    this.#askedCount += 1;
    const asked = this.#askedCount;
    try {
      const [{ jobs, cursor }, schedules] = await Promise.all([
        this.#api.list(),
        this.#api.schedules(),
      ]);
      if (asked !== this.#askedCount) return;
      this.#jobs = jobs;
      this.#cursor = cursor;
      this.#schedules = schedules;
      this.#error = undefined;
      await this.#refreshLog();
    } catch (error) {
      if (asked !== this.#askedCount) return;
      this.#error = error;
    }
    this.#changed.emit();
  }

  /** The older ones. */
  more(): Promise<void> {
    return this.#try(async () => {
      const { jobs, cursor } = await this.#api.list(this.#cursor ?? undefined);
      this.#jobs = [...(this.#jobs ?? []), ...jobs];
      this.#cursor = cursor;
    });
  }

  cancel(jobId: string): Promise<void> {
    return this.#try(async () => {
      await this.#api.cancel(jobId);
      await this.refresh();
    });
  }

  enable(schedule: JobSchedule, isEnabled: boolean): Promise<void> {
    const { scheduleId, definition, cron, timeZone } = schedule;
    return this.#try(async () => {
      await this.#api.changeSchedule(scheduleId, { definition, cron, timeZone, isEnabled });
      await this.refresh();
    });
  }

  removeSchedule(scheduleId: string): Promise<void> {
    return this.#try(async () => {
      await this.#api.removeSchedule(scheduleId);
      await this.refresh();
    });
  }

  /** Opens the log of one, or closes it where it is open. */
  async toggleLog(jobId: string): Promise<void> {
    this.#openLog = this.#openLog?.jobId === jobId ? null : { jobId, lines: null };
    this.#changed.emit();
    await this.#try(() => this.#refreshLog());
  }

  async #refreshLog(): Promise<void> {
    const jobId = this.#openLog?.jobId;
    if (jobId === undefined) return;
    const lines = await this.#api.log(jobId);
    if (this.#openLog?.jobId === jobId) this.#openLog = { jobId, lines };
  }

  async #try(act: () => Promise<void>): Promise<void> {
    try {
      await act();
      this.#error = undefined;
    } catch (error) {
      this.#error = error;
    }
    this.#changed.emit();
  }
}

export function isGoingOn(status: Job['status']): boolean {
  return ['queued', 'starting', 'running', 'cancelling'].includes(status);
}
