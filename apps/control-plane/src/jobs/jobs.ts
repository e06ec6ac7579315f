import { randomBytes } from 'node:crypto';
import {
  type Job,
  type JobDefinition,
  type JobId,
  type JobList,
  type JobLog,
  type ProfileName,
  StrongroomError,
} from '@strongroom/contracts';
import type { Actor } from '../audit/audit-writer.ts';
import { noActor } from '../audit/audit-writer.ts';
import { ActiveJob } from './active-job.ts';
import { requireUsable } from './job-request.ts';
import { JobRunner, type JobRunnerOptions } from './job-runner.ts';
import type { JobFilter, JobStore } from './job-store.ts';
import { inLanguage, jobTexts } from './job-texts.ts';

export interface JobsOptions extends JobRunnerOptions {
  readonly store: JobStore;
}

export interface NewJob {
  readonly profileName: ProfileName;
  readonly definition: JobDefinition;
  readonly scheduleId: JobId | null;
}

/** At once; the others wait for their turn, the oldest first. */
const runningPerPerson = 2;
const runningInDomain = 16;
/** Of one person, waiting ones too. */
const unfinishedPerPerson = 100;
/** Of what has ended; older ones are forgotten, with their logs. */
const keptPerPerson = 100;

/** Notebooks that run without a page: the queue, what runs, and what has ended. */
export class Jobs {
  readonly #options: JobsOptions;
  readonly #runner: JobRunner;
  readonly #active = new Map<JobId, ActiveJob>();
  /** Until the unfinished of before are taken over: their key may be unavailable. */
  #isAdopted = false;
  #isClosed = false;

  constructor(options: JobsOptions) {
    this.#options = options;
    this.#runner = new JobRunner({
      ...options,
      onChange: (active) => this.#write(active),
      onRoom: () => this.#fill(),
    });
  }

  /**
   * Whoever asks was found to be allowed.
   *
   * @throws {StrongroomError} `InvalidRequest`, `ImageNotFound`, `AccessDenied`, `TooManyRequests`, `KeyUnavailable`
   */
  async create(actor: Actor, { profileName, definition, scheduleId }: NewJob): Promise<Job> {
    const { clock, audit, store } = this.#options;
    const job: Job = {
      ...{ jobId: newJobId(), profileName, definition, scheduleId, status: 'queued', attempt: 1 },
      ...{ createdAt: clock().toISOString(), startedAt: null, endedAt: null },
      ...{ progress: null, outputLocation: null, failure: null },
    };
    if (this.#activeOf(profileName).length >= unfinishedPerPerson) {
      throw new StrongroomError('TooManyRequests', 'Too many jobs of this person wait already', {
        remedy: 'Wait for some to end, or cancel them',
      });
    }
    await requireUsable(job, this.#options);
    await audit.jobs.created(actor, job);
    await store.add(job);
    await store.forgetOld(profileName, keptPerPerson);
    this.#active.set(job.jobId, new ActiveJob(job, clock));
    this.#fill();
    return job;
  }

  /** Newest first. */
  async list(filter: JobFilter): Promise<JobList> {
    const { jobs, cursor } = await this.#options.store.list(filter);
    return { jobs: jobs.map((job) => this.#active.get(job.jobId)?.job ?? job), cursor };
  }

  /** @throws {StrongroomError} `JobNotFound` */
  async find(jobId: string): Promise<Job> {
    const known = this.#active.get(jobId as JobId)?.job;
    const job = known ?? (await this.#options.store.find(jobId));
    if (job !== undefined) return job;
    throw new StrongroomError('JobNotFound', 'Cannot find this job');
  }

  /** Whether it waits or runs. */
  isUnfinished(jobId: JobId): boolean {
    return this.#active.get(jobId)?.isOver === false;
  }

  async log(jobId: JobId): Promise<JobLog> {
    return this.#active.get(jobId)?.log.log ?? this.#options.store.readLog(jobId);
  }

  /** @throws {StrongroomError} `JobNotRunning` */
  async cancel(actor: Actor, jobId: JobId): Promise<void> {
    const active = this.#active.get(jobId);
    if (active === undefined || active.isOver) {
      throw new StrongroomError('JobNotRunning', 'Cannot cancel this job: it has ended');
    }
    if (active.ending !== undefined) return;
    await this.#options.audit.jobs.cancelled(actor, active.job);
    await this.#end(active);
  }

  /** Because of what happened to the person. */
  async cancelAllOf(profileName: ProfileName): Promise<void> {
    for (const active of this.#activeOf(profileName)) {
      await this.#options.audit.jobs.cancelled(noActor, active.job);
      await this.#end(active);
    }
  }

  async forgetAllOf(profileName: ProfileName): Promise<void> {
    await this.cancelAllOf(profileName);
    await this.#options.store.removeAllOf(profileName);
  }

  /** Ends what is too old, writes down what changed, and begins what is due. */
  async tick(): Promise<void> {
    if (!this.#isAdopted) await this.#adopt();
    const now = this.#options.clock().getTime();
    for (const active of [...this.#active.values()]) {
      if (active.isTooLong(now)) active.end('too-long');
      await this.#write(active);
    }
    this.#fill();
  }

  /** What runs is left to the studios, which end it; the next start decides about it. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#runner.close();
    for (const active of this.#active.values()) await this.#write(active);
  }

  /** What an earlier control plane had not ended. */
  async #adopt(): Promise<void> {
    const { store, clock, people } = this.#options;
    for (const job of await store.unfinished()) {
      const active = new ActiveJob(job, clock, await store.readLog(job.jobId));
      this.#active.set(job.jobId, active);
      if (job.status === 'queued') continue;
      const language = (await people.find(job.profileName))?.language ?? 'en';
      await this.#runner.lost(active, language);
    }
    this.#isAdopted = true;
  }

  async #end(active: ActiveJob): Promise<void> {
    active.end('cancelled');
    if (active.isRunning) return void (await this.#write(active));
    const person = await this.#options.people.find(active.job.profileName);
    active.log.note(inLanguage(jobTexts.cancelled, person?.language ?? 'en'));
    await this.#runner.over(active, { status: 'cancelled', failure: null });
  }

  #fill(): void {
    if (this.#isClosed) return;
    const now = this.#options.clock().getTime();
    for (const active of this.#active.values()) {
      if (!active.isDue(now)) continue;
      const running = [...this.#active.values()].filter(({ isRunning }) => isRunning);
      if (running.length >= runningInDomain) return;
      const { profileName } = active.job;
      const own = running.filter(({ job }) => job.profileName === profileName);
      if (own.length < runningPerPerson) this.#runner.run(active);
    }
  }

  /** What cannot be written down now is tried again at the next turn. */
  async #write(active: ActiveJob): Promise<void> {
    const { store, log } = this.#options;
    const { jobId } = active.job;
    const { isOver } = active;
    try {
      if (active.isChanged) {
        active.isChanged = false;
        await store.save(active.job);
      }
      if (active.log.isChanged) {
        active.log.isChanged = false;
        await store.saveLog(jobId, active.log.log);
      }
      if (isOver) this.#active.delete(jobId);
    } catch (error) {
      active.isChanged = true;
      active.log.isChanged = true;
      log.error({ jobId, err: error }, 'Cannot write down a job');
    }
  }

  #activeOf(profileName: ProfileName): ActiveJob[] {
    return [...this.#active.values()].filter(
      ({ job, isOver }) => job.profileName === profileName && !isOver,
    );
  }
}

export function newJobId(): JobId {
  return randomBytes(16).toString('hex') as JobId;
}
