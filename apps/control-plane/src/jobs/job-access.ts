import {
  type Job,
  type JobDefinition,
  type JobList,
  type JobLog,
  type JobSchedule,
  type JobScheduleRequest,
  type ProfileName,
  StrongroomError,
} from '@strongroom/contracts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Actor } from '../audit/audit-writer.ts';
import type { Person } from '../identity/person.ts';
import { accessDenied } from '../policies/access-denied.ts';
import type { AccessRequest, Authorize } from '../policies/access-request.ts';
import type { JobFilter } from './job-store.ts';
import type { Jobs } from './jobs.ts';
import type { Schedules } from './schedules.ts';

export interface JobAccessOptions {
  readonly jobs: Jobs;
  readonly schedules: Schedules;
  readonly authorize: Authorize;
  readonly audit: Pick<AuditLog, 'accessDenied'>;
}

/** Who asks for what with jobs. */
export interface JobAsker {
  readonly person: Person;
  readonly actor: Actor;
}

type Page = Omit<JobFilter, 'profileName'>;
type OnPerson = 'Create' | 'Describe' | 'Cancel';

/**
 * Jobs and schedules as pages use them. INVARIANT: every answer and every act is decided here, for the
 * person who asks, upon the person whose it is.
 */
export class JobAccess {
  readonly #options: JobAccessOptions;

  constructor(options: JobAccessOptions) {
    this.#options = options;
  }

  /** Their own, and everybody's for those who look after the domain. */
  async list(asker: JobAsker, page: Page): Promise<JobList> {
    return this.#options.jobs.list({ ...page, profileName: await this.#scope(asker) });
  }

  /** Of one person alone. */
  async listOf(asker: JobAsker, profileName: ProfileName, page: Page): Promise<JobList> {
    await this.#require(asker, 'strongroom:DescribeJob', profileName);
    return this.#options.jobs.list({ ...page, profileName });
  }

  async create(asker: JobAsker, definition: JobDefinition): Promise<Job> {
    const { profileName } = asker.person;
    await this.#require(asker, 'strongroom:CreateJob', profileName);
    return this.#options.jobs.create(asker.actor, { profileName, definition, scheduleId: null });
  }

  find(asker: JobAsker, jobId: string): Promise<Job> {
    return this.#job(asker, jobId);
  }

  async log(asker: JobAsker, jobId: string): Promise<JobLog> {
    const job = await this.#job(asker, jobId);
    await this.#require(asker, 'strongroom:ReadJobLog', job.profileName);
    return this.#options.jobs.log(job.jobId);
  }

  async cancel(asker: JobAsker, jobId: string): Promise<void> {
    const job = await this.#job(asker, jobId);
    await this.#require(asker, 'strongroom:CancelJob', job.profileName);
    await this.#options.jobs.cancel(asker.actor, job.jobId);
  }

  async schedules(asker: JobAsker): Promise<JobSchedule[]> {
    return this.#options.schedules.list(await this.#scope(asker));
  }

  async schedulesOf(asker: JobAsker, profileName: ProfileName): Promise<JobSchedule[]> {
    await this.#require(asker, 'strongroom:DescribeJob', profileName);
    return this.#options.schedules.list(profileName);
  }

  async createSchedule(asker: JobAsker, request: JobScheduleRequest): Promise<JobSchedule> {
    const { profileName } = asker.person;
    await this.#require(asker, 'strongroom:CreateJob', profileName);
    return this.#options.schedules.create(asker.actor, profileName, request);
  }

  async changeSchedule(
    asker: JobAsker,
    scheduleId: string,
    request: JobScheduleRequest,
  ): Promise<JobSchedule> {
    const before = await this.#schedule(asker, scheduleId);
    await this.#require(asker, 'strongroom:CreateJob', before.profileName);
    return this.#options.schedules.change(asker.actor, before, request);
  }

  async removeSchedule(asker: JobAsker, scheduleId: string): Promise<void> {
    const schedule = await this.#schedule(asker, scheduleId);
    await this.#require(asker, 'strongroom:CancelJob', schedule.profileName);
    await this.#options.schedules.remove(asker.actor, schedule);
  }

  /** `undefined`: everybody's. */
  async #scope(asker: JobAsker): Promise<ProfileName | undefined> {
    const all = { action: 'strongroom:ListJobs', resource: '*' } as const;
    if (this.#options.authorize({ principal: asker.person, ...all }).allowed) return undefined;
    const { profileName } = asker.person;
    await this.#require(asker, 'strongroom:DescribeJob', profileName);
    return profileName;
  }

  /** Who may not see it is not told that there is one. @throws {StrongroomError} `JobNotFound` */
  async #job(asker: JobAsker, jobId: string): Promise<Job> {
    const job = await this.#options.jobs.find(jobId);
    if (await this.#maySee(asker, job.profileName)) return job;
    throw new StrongroomError('JobNotFound', 'Cannot find this job');
  }

  /** @throws {StrongroomError} `JobScheduleNotFound` */
  async #schedule(asker: JobAsker, scheduleId: string): Promise<JobSchedule> {
    const schedule = await this.#options.schedules.find(scheduleId);
    if (await this.#maySee(asker, schedule.profileName)) return schedule;
    throw new StrongroomError('JobScheduleNotFound', 'Cannot find this schedule');
  }

  async #maySee(asker: JobAsker, resource: ProfileName): Promise<boolean> {
    const { authorize, audit } = this.#options;
    const question = { action: 'strongroom:DescribeJob', resource } as const;
    const decision = authorize({ principal: asker.person, ...question });
    if (!decision.allowed) await audit.accessDenied(asker.actor, question, decision);
    return decision.allowed;
  }

  /** @throws {StrongroomError} `AccessDenied` */
  async #require(
    { person, actor }: JobAsker,
    action: `strongroom:${OnPerson}Job` | 'strongroom:ReadJobLog',
    resource: ProfileName,
  ): Promise<void> {
    const { authorize, audit } = this.#options;
    const question: Omit<AccessRequest, 'principal'> = { action, resource };
    const decision = authorize({ principal: person, ...question });
    if (decision.allowed) return;
    await audit.accessDenied(actor, question, decision);
    throw accessDenied(decision, { action, profileName: resource });
  }
}
