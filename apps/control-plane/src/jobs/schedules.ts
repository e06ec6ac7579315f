import {
  type JobId,
  type JobSchedule,
  type JobScheduleRequest,
  type ProfileName,
  StrongroomError,
} from '@strongroom/contracts';
import type { AuditLog } from '../audit/audit-log.ts';
import { type Actor, noActor } from '../audit/audit-writer.ts';
import type { Clock } from '../clock.ts';
import type { StudioLog } from '../studios/studio-log.ts';
import { type JobRequestOptions, requireUsable } from './job-request.ts';
import { type Jobs, newJobId } from './jobs.ts';
import { nextRun } from './next-run.ts';
import type { ScheduleStore } from './schedule-store.ts';

export interface SchedulesOptions extends JobRequestOptions {
  readonly store: ScheduleStore;
  readonly jobs: Pick<Jobs, 'create' | 'isUnfinished'>;
  readonly audit: Pick<AuditLog, 'jobs'>;
  readonly clock: Clock;
  readonly log: StudioLog;
}

const maximumPerPerson = 50;

/** Jobs that are made again and again, by the clock. */
export class Schedules {
  readonly #options: SchedulesOptions;

  constructor(options: SchedulesOptions) {
    this.#options = options;
  }

  /** Everybody's where no name is given. */
  list(profileName?: ProfileName): Promise<JobSchedule[]> {
    return this.#options.store.list(profileName);
  }

  /** @throws {StrongroomError} `JobScheduleNotFound` */
  async find(scheduleId: string): Promise<JobSchedule> {
    const schedule = await this.#options.store.find(scheduleId);
    if (schedule !== undefined) return schedule;
    throw new StrongroomError('JobScheduleNotFound', 'Cannot find this schedule');
  }

  /** @throws {StrongroomError} `InvalidRequest`, `ImageNotFound`, `AccessDenied`, `TooManyRequests` */
  async create(
    actor: Actor,
    profileName: ProfileName,
    request: JobScheduleRequest,
  ): Promise<JobSchedule> {
    const { store, clock } = this.#options;
    if ((await store.count(profileName)) >= maximumPerPerson) {
      throw new StrongroomError('TooManyRequests', 'This person has too many schedules already', {
        remedy: 'Remove some first',
      });
    }
    const schedule = await this.#usable({
      ...{ ...request, scheduleId: newJobId(), profileName, lastJobId: null },
      ...{ createdAt: clock().toISOString(), nextRunAt: null },
    });
    await this.#record(actor, schedule, 'created');
    await store.add(schedule);
    return schedule;
  }

  /** @throws {StrongroomError} as `create` */
  async change(
    actor: Actor,
    before: JobSchedule,
    request: JobScheduleRequest,
  ): Promise<JobSchedule> {
    const schedule = await this.#usable({ ...before, ...request });
    await this.#record(actor, schedule, 'changed');
    await this.#options.store.save(schedule);
    return schedule;
  }

  async remove(
    actor: Actor,
    schedule: Pick<JobSchedule, 'scheduleId' | 'profileName'>,
  ): Promise<void> {
    await this.#record(actor, { ...schedule, isEnabled: false }, 'removed');
    await this.#options.store.remove(schedule.scheduleId);
  }

  /** Whoever may not sign in has nothing run in their name; it is theirs to enable again. */
  async disableAllOf(profileName: ProfileName): Promise<void> {
    const { store } = this.#options;
    for (const scheduleId of await store.idsOf(profileName, { isEnabled: true })) {
      await this.#record(noActor, { scheduleId, profileName, isEnabled: false }, 'disabled');
      await store.disable(scheduleId);
    }
  }

  async removeAllOf(profileName: ProfileName): Promise<void> {
    for (const scheduleId of await this.#options.store.idsOf(profileName)) {
      await this.remove(noActor, { scheduleId, profileName });
    }
  }

  /** Makes a job of each whose time has come: one, however many times were missed. */
  async tick(): Promise<void> {
    const { store, clock, log } = this.#options;
    const now = clock();
    for (const schedule of await store.due(now)) {
      const { scheduleId } = schedule;
      // First, so that whatever goes wrong below is not repeated at every turn.
      const nextRunAt = this.#nextRunAt(schedule);
      await store.save({ ...schedule, nextRunAt });
      // What still runs is not overtaken by itself.
      if (schedule.lastJobId !== null && this.#options.jobs.isUnfinished(schedule.lastJobId)) {
        log.info({ scheduleId }, 'A schedule is left out once: its job of before still runs');
        continue;
      }
      const lastJobId = await this.#begin(schedule);
      if (lastJobId !== undefined) await store.save({ ...schedule, nextRunAt, lastJobId });
    }
  }

  async #begin({ scheduleId, profileName, definition }: JobSchedule): Promise<JobId | undefined> {
    const { jobs, log } = this.#options;
    try {
      const actor = { ...noActor, profileName };
      return (await jobs.create(actor, { profileName, definition, scheduleId })).jobId;
    } catch (error) {
      log.warn({ scheduleId, err: error }, 'Cannot make the job of a schedule');
      return undefined;
    }
  }

  async #usable(schedule: JobSchedule): Promise<JobSchedule> {
    const { clock } = this.#options;
    const job = { ...schedule, jobId: schedule.scheduleId, createdAt: clock().toISOString() };
    await requireUsable(job, this.#options);
    const next = nextRun(schedule, clock());
    if (next === null) {
      throw new StrongroomError('InvalidRequest', 'Cannot use this schedule: it never runs', {
        values: { field: 'cron' },
      });
    }
    return { ...schedule, nextRunAt: schedule.isEnabled ? next.toISOString() : null };
  }

  #nextRunAt(schedule: JobSchedule): string | null {
    return nextRun(schedule, this.#options.clock())?.toISOString() ?? null;
  }

  #record(
    actor: Actor,
    schedule: Pick<JobSchedule, 'scheduleId' | 'profileName' | 'isEnabled'>,
    change: 'created' | 'changed' | 'removed' | 'disabled',
  ): Promise<void> {
    const { isEnabled } = schedule;
    return this.#options.audit.jobs.scheduleChanged(actor, schedule, { change, isEnabled });
  }
}
