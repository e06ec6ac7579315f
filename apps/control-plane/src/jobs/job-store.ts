import {
  type Job,
  type JobId,
  type JobList,
  type JobLog,
  type JobStatus,
  jobLogSchema,
  jobSchema,
  type ProfileName,
} from '@strongroom/contracts';
import type { Selectable } from 'kysely';
import type { State } from '../state/database.ts';
import type { JobsTable } from '../state/job-tables.ts';
import type { JobSeals } from './job-seals.ts';

export interface JobFilter {
  /** Everybody's where it is left out. */
  readonly profileName?: ProfileName | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

const endedStatuses: readonly JobStatus[] = ['completed', 'failed', 'cancelled'];
const documentSchema = jobSchema.pick({
  ...{ definition: true, progress: true, outputLocation: true, failure: true },
});

/** Jobs and their logs in the database, sealed but for who, when and how far. */
export class JobStore {
  readonly #state: State;
  readonly #seals: JobSeals;

  constructor(state: State, seals: JobSeals) {
    this.#state = state;
    this.#seals = seals;
  }

  async add(job: Job): Promise<void> {
    const wrappedKey = await this.#seals.createKey(job.jobId);
    const row = {
      ...{ job_id: job.jobId, profile_name: job.profileName, schedule_id: job.scheduleId },
      ...{ created_at: Date.parse(job.createdAt), wrapped_key: wrappedKey, sealed_log: null },
      ...(await this.#changing(job, wrappedKey)),
    };
    await this.#state.insertInto('jobs').values(row).execute();
  }

  async save(job: Job): Promise<void> {
    const { jobId } = job;
    const wrappedKey = await this.#wrappedKeyOf(jobId);
    if (wrappedKey === undefined) return;
    const row = await this.#changing(job, wrappedKey);
    await this.#state.updateTable('jobs').set(row).where('job_id', '=', jobId).execute();
  }

  async find(jobId: string): Promise<Job | undefined> {
    const row = await this.#state
      .selectFrom('jobs')
      .selectAll()
      .where('job_id', '=', jobId)
      .executeTakeFirst();
    return row && this.#toJob(row);
  }

  /** Newest first. */
  async list({ profileName, limit, cursor }: JobFilter): Promise<JobList> {
    let query = this.#state.selectFrom('jobs').selectAll().orderBy('position', 'desc');
    if (profileName !== undefined) query = query.where('profile_name', '=', profileName);
    if (cursor !== undefined) query = query.where('position', '<', Number(cursor));
    const rows = await query.limit(limit + 1).execute();
    const jobs = await Promise.all(rows.slice(0, limit).map((row) => this.#toJob(row)));
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return { jobs, cursor: last === undefined ? null : String(last.position) };
  }

  /** What has not ended, oldest first. */
  async unfinished(): Promise<Job[]> {
    const rows = await this.#state
      .selectFrom('jobs')
      .selectAll()
      .where('status', 'not in', [...endedStatuses])
      .orderBy('position')
      .execute();
    return Promise.all(rows.map((row) => this.#toJob(row)));
  }

  async saveLog(jobId: JobId, log: JobLog): Promise<void> {
    const wrappedKey = await this.#wrappedKeyOf(jobId);
    if (wrappedKey === undefined) return;
    const sealed = await this.#seals.seal({ id: jobId, wrappedKey, place: 'log' }, log);
    await this.#state
      .updateTable('jobs')
      .set({ sealed_log: sealed })
      .where('job_id', '=', jobId)
      .execute();
  }

  async readLog(jobId: JobId): Promise<JobLog> {
    const row = await this.#state
      .selectFrom('jobs')
      .select(['sealed_log', 'wrapped_key'])
      .where('job_id', '=', jobId)
      .executeTakeFirst();
    if (!row?.sealed_log) return { lines: [] };
    const where = { id: jobId, wrappedKey: row.wrapped_key, place: 'log' } as const;
    return jobLogSchema.parse(await this.#seals.open(where, row.sealed_log));
  }

  /** Of what has ended, all but the newest. */
  async forgetOld(profileName: ProfileName, keptCount: number): Promise<void> {
    const oldest = this.#state
      .selectFrom('jobs')
      .select('position')
      .where('profile_name', '=', profileName)
      .where('status', 'in', [...endedStatuses])
      .orderBy('position', 'desc')
      .limit(1_000_000)
      .offset(keptCount);
    await this.#state.deleteFrom('jobs').where('position', 'in', oldest).execute();
  }

  async removeAllOf(profileName: ProfileName): Promise<void> {
    await this.#state.deleteFrom('jobs').where('profile_name', '=', profileName).execute();
  }

  async #wrappedKeyOf(jobId: JobId): Promise<Uint8Array | undefined> {
    const row = await this.#state
      .selectFrom('jobs')
      .select('wrapped_key')
      .where('job_id', '=', jobId)
      .executeTakeFirst();
    return row?.wrapped_key;
  }

  async #changing(job: Job, wrappedKey: Uint8Array) {
    const { definition, progress, outputLocation, failure } = job;
    const document = { definition, progress, outputLocation, failure };
    return {
      ...{ status: job.status, attempt: job.attempt },
      started_at: job.startedAt === null ? null : Date.parse(job.startedAt),
      ended_at: job.endedAt === null ? null : Date.parse(job.endedAt),
      sealed_document: await this.#seals.seal(
        { id: job.jobId, wrappedKey, place: 'document' },
        document,
      ),
    };
  }

  async #toJob(row: Selectable<JobsTable>): Promise<Job> {
    const where = { id: row.job_id, wrappedKey: row.wrapped_key, place: 'document' } as const;
    const toText = (time: number | null) => (time === null ? null : new Date(time).toISOString());
    return {
      ...documentSchema.parse(await this.#seals.open(where, row.sealed_document)),
      ...{ jobId: row.job_id as JobId, profileName: row.profile_name as ProfileName },
      ...{ scheduleId: row.schedule_id as JobId | null, status: row.status },
      ...{ attempt: row.attempt, createdAt: new Date(row.created_at).toISOString() },
      ...{ startedAt: toText(row.started_at), endedAt: toText(row.ended_at) },
    };
  }
}
