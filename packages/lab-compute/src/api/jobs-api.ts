import type {
  Job,
  JobDefinition,
  JobList,
  JobLog,
  JobSchedule,
  JobScheduleRequest,
} from '@strongroom/contracts';
import { ask, read } from './ask.ts';
import { ComputeError } from './compute-error.ts';
import {
  parseJob,
  parseJobList,
  parseJobLog,
  parseSchedule,
  parseSchedules,
} from './parse-jobs.ts';

const shownCount = 50;

/** Notebooks that run without a page, as the gateway answers on this origin. */
export class JobsApi {
  /** Whether this installation runs jobs for who asks. */
  async isThere(): Promise<boolean> {
    try {
      await ask('jobs?limit=1');
      return true;
    } catch (error) {
      // What could not be asked now is shown and says why; what is not there is not.
      return error instanceof ComputeError && ![0, 403, 404].includes(error.status);
    }
  }

  /** Newest first. */
  async list(cursor?: string): Promise<JobList> {
    const from = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    return read(parseJobList, await ask(`jobs?limit=${shownCount}${from}`));
  }

  async start(definition: JobDefinition): Promise<Job> {
    return read(parseJob, await ask('jobs', { method: 'POST', body: definition }));
  }

  async cancel(jobId: string): Promise<void> {
    await ask(`jobs/${encodeURIComponent(jobId)}/cancel`, { method: 'POST' });
  }

  async log(jobId: string): Promise<JobLog['lines']> {
    return read(parseJobLog, await ask(`jobs/${encodeURIComponent(jobId)}/log`)).lines;
  }

  async schedules(): Promise<readonly JobSchedule[]> {
    return read(parseSchedules, await ask('job-schedules')).schedules;
  }

  async schedule(request: JobScheduleRequest): Promise<JobSchedule> {
    return read(parseSchedule, await ask('job-schedules', { method: 'POST', body: request }));
  }

  async changeSchedule(scheduleId: string, request: JobScheduleRequest): Promise<JobSchedule> {
    const path = `job-schedules/${encodeURIComponent(scheduleId)}`;
    return read(parseSchedule, await ask(path, { method: 'PUT', body: request }));
  }

  async removeSchedule(scheduleId: string): Promise<void> {
    await ask(`job-schedules/${encodeURIComponent(scheduleId)}`, { method: 'DELETE' });
  }
}
