import type { StudioJobsOptions } from '../studio-jobs.ts';

const refuse = () => Promise.reject(new Error('Nothing here runs jobs'));

/** For a gateway whose jobs are not what a test is about. */
export const noJobs: StudioJobsOptions['jobs'] = {
  ...{ listOf: refuse, create: refuse, find: refuse, log: refuse, cancel: refuse },
  ...{ schedulesOf: refuse, createSchedule: refuse, changeSchedule: refuse },
  removeSchedule: refuse,
};
