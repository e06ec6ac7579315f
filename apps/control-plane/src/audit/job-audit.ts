import type { Job, JobId, JobSchedule, ProfileName } from '@strongroom/contracts';
import { type Actor, type AuditWriter, noActor } from './audit-writer.ts';

/** What happens to notebooks that run without a page; no name, path or parameter, which may say what is in them. */
export class JobAudit {
  readonly #writer: AuditWriter;

  constructor(writer: AuditWriter) {
    this.#writer = writer;
  }

  /** Before it is stored. */
  created(actor: Actor, job: Job): Promise<void> {
    const { instanceType, imageName, output } = job.definition;
    const fields = { instanceType, imageName, output: output.kind };
    return this.#write('job-created', actor, job, { ...fields, scheduleId: job.scheduleId });
  }

  /** Before it runs. */
  started(job: Job): Promise<void> {
    return this.#write('job-started', noActor, job, { attempt: job.attempt });
  }

  ended(job: Job): Promise<void> {
    const fields = { attempt: job.attempt, status: job.status, code: job.failure?.code ?? null };
    return this.#write('job-ended', noActor, job, fields);
  }

  /** Before it is. */
  cancelled(actor: Actor, job: Pick<Job, 'jobId' | 'profileName'>): Promise<void> {
    return this.#write('job-cancelled', actor, job, {});
  }

  /** Before it is changed. */
  scheduleChanged(
    actor: Actor,
    schedule: Pick<JobSchedule, 'scheduleId' | 'profileName'>,
    fields: { change: 'created' | 'changed' | 'removed' | 'disabled'; isEnabled: boolean },
  ): Promise<void> {
    const { scheduleId, profileName: target } = schedule;
    return this.#writer.write('job-schedule-changed', actor, { target, scheduleId, ...fields });
  }

  #write(
    event: 'job-created' | 'job-started' | 'job-ended' | 'job-cancelled',
    actor: Actor,
    { jobId, profileName: target }: { readonly jobId: JobId; readonly profileName: ProfileName },
    fields: Readonly<Record<string, string | number | null>>,
  ): Promise<void> {
    return this.#writer.write(event, actor, { target, jobId, ...fields });
  }
}
