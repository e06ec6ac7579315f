import {
  type JobId,
  type JobSchedule,
  jobScheduleRequestSchema,
  type ProfileName,
} from '@strongroom/contracts';
import type { Selectable } from 'kysely';
import type { State } from '../state/database.ts';
import type { JobSchedulesTable } from '../state/job-tables.ts';
import type { JobSeals } from './job-seals.ts';

const documentSchema = jobScheduleRequestSchema.omit({ isEnabled: true });

/** Schedules in the database, sealed but for whose they are and when they run. */
export class ScheduleStore {
  readonly #state: State;
  readonly #seals: JobSeals;

  constructor(state: State, seals: JobSeals) {
    this.#state = state;
    this.#seals = seals;
  }

  async add(schedule: JobSchedule): Promise<void> {
    const wrappedKey = await this.#seals.createKey(schedule.scheduleId);
    await this.#state
      .insertInto('job_schedules')
      .values({
        ...{ schedule_id: schedule.scheduleId, profile_name: schedule.profileName },
        ...{ created_at: Date.parse(schedule.createdAt), wrapped_key: wrappedKey },
        ...(await this.#changing(schedule, wrappedKey)),
      })
      .execute();
  }

  async save(schedule: JobSchedule): Promise<void> {
    const { scheduleId } = schedule;
    const row = await this.#row(scheduleId);
    if (row === undefined) return;
    await this.#state
      .updateTable('job_schedules')
      .set(await this.#changing(schedule, row.wrapped_key))
      .where('schedule_id', '=', scheduleId)
      .execute();
  }

  /** Without the texts: which may be sealed away for now. */
  async disable(scheduleId: JobId): Promise<void> {
    await this.#state
      .updateTable('job_schedules')
      .set({ is_enabled: 0, next_run_at: null })
      .where('schedule_id', '=', scheduleId)
      .execute();
  }

  async find(scheduleId: string): Promise<JobSchedule | undefined> {
    const row = await this.#row(scheduleId);
    return row && this.#toSchedule(row);
  }

  /** Newest first; everybody's where no name is given. */
  async list(profileName?: ProfileName): Promise<JobSchedule[]> {
    let query = this.#state.selectFrom('job_schedules').selectAll().orderBy('created_at', 'desc');
    if (profileName !== undefined) query = query.where('profile_name', '=', profileName);
    return Promise.all((await query.execute()).map((row) => this.#toSchedule(row)));
  }

  async count(profileName: ProfileName): Promise<number> {
    return (await this.idsOf(profileName)).length;
  }

  /** `isEnabled`: only those that run. */
  async idsOf(profileName: ProfileName, { isEnabled = false } = {}): Promise<JobId[]> {
    let query = this.#state
      .selectFrom('job_schedules')
      .select('schedule_id')
      .where('profile_name', '=', profileName);
    if (isEnabled) query = query.where('is_enabled', '=', 1);
    return (await query.execute()).map(({ schedule_id }) => schedule_id as JobId);
  }

  /** Whose time has come, the longest due first. */
  async due(now: Date): Promise<JobSchedule[]> {
    const rows = await this.#state
      .selectFrom('job_schedules')
      .selectAll()
      .where('is_enabled', '=', 1)
      .where('next_run_at', '<=', now.getTime())
      .orderBy('next_run_at')
      .execute();
    return Promise.all(rows.map((row) => this.#toSchedule(row)));
  }

  async remove(scheduleId: JobId): Promise<void> {
    await this.#state.deleteFrom('job_schedules').where('schedule_id', '=', scheduleId).execute();
  }

  #row(scheduleId: string): Promise<Selectable<JobSchedulesTable> | undefined> {
    return this.#state
      .selectFrom('job_schedules')
      .selectAll()
      .where('schedule_id', '=', scheduleId)
      .executeTakeFirst();
  }

  async #changing(schedule: JobSchedule, wrappedKey: Uint8Array) {
    const { scheduleId: id, definition, cron, timeZone, nextRunAt } = schedule;
    return {
      is_enabled: schedule.isEnabled ? (1 as const) : (0 as const),
      next_run_at: nextRunAt === null ? null : Date.parse(nextRunAt),
      last_job_id: schedule.lastJobId,
      sealed_document: await this.#seals.seal(
        { id, wrappedKey, place: 'document' },
        { definition, cron, timeZone },
      ),
    };
  }

  async #toSchedule(row: Selectable<JobSchedulesTable>): Promise<JobSchedule> {
    const where = { id: row.schedule_id, wrappedKey: row.wrapped_key, place: 'document' } as const;
    return {
      ...documentSchema.parse(await this.#seals.open(where, row.sealed_document)),
      isEnabled: row.is_enabled === 1,
      scheduleId: row.schedule_id as JobId,
      profileName: row.profile_name as ProfileName,
      createdAt: new Date(row.created_at).toISOString(),
      nextRunAt: row.next_run_at === null ? null : new Date(row.next_run_at).toISOString(),
      lastJobId: row.last_job_id as JobId | null,
    };
  }
}
