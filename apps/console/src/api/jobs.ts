import {
  type JobDefinition,
  type JobId,
  type JobScheduleRequest,
  jobListSchema,
  jobLogSchema,
  jobScheduleSchema,
  jobSchedulesSchema,
  jobSchema,
} from '@strongroom/contracts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { queryClient } from './queries.ts';
import { request, requestNothing } from './request.ts';

const refreshMilliseconds = 4000;
const jobsAtOnce = '50';

/** Whether this person has jobs at all: without the route, or the right to it, there is no page of them. */
export const useHasJobs = (isAsked: boolean) =>
  useQuery({
    queryKey: ['has-jobs'],
    queryFn: async () => (await fetch('/api/jobs?limit=1', { credentials: 'same-origin' })).ok,
    enabled: isAsked,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });

export const useJobs = () =>
  useInfiniteQuery({
    queryKey: ['jobs', 'list'],
    queryFn: ({ pageParam }) => {
      const cursor = pageParam === '' ? {} : { cursor: pageParam };
      const query = new URLSearchParams({ limit: jobsAtOnce, ...cursor });
      return request(jobListSchema, `/api/jobs?${query}`);
    },
    initialPageParam: '',
    getNextPageParam: ({ cursor }) => cursor,
    refetchInterval: refreshMilliseconds,
  });

export const useJobLog = (jobId: JobId) =>
  useQuery({
    queryKey: ['jobs', 'log', jobId],
    queryFn: () => request(jobLogSchema, `/api/jobs/${jobId}/log`),
    refetchInterval: refreshMilliseconds,
  });

export const useJobSchedules = () =>
  useQuery({
    queryKey: ['jobs', 'schedules'],
    queryFn: () => request(jobSchedulesSchema, '/api/job-schedules'),
    refetchInterval: refreshMilliseconds,
  });

export async function createJob(body: JobDefinition): Promise<void> {
  await request(jobSchema, '/api/jobs', { method: 'POST', body });
  await readJobs();
}

export async function cancelJob(jobId: JobId): Promise<void> {
  await requestNothing(`/api/jobs/${jobId}/cancel`, { method: 'POST', body: {} });
  await readJobs();
}

/** `scheduleId`: of the one that is changed; a new one without it. */
export async function saveSchedule(body: JobScheduleRequest, scheduleId?: JobId): Promise<void> {
  if (scheduleId === undefined) {
    await request(jobScheduleSchema, '/api/job-schedules', { method: 'POST', body });
  } else {
    await requestNothing(`/api/job-schedules/${scheduleId}`, { method: 'PUT', body });
  }
  await readJobs();
}

export async function deleteSchedule(scheduleId: JobId): Promise<void> {
  await requestNothing(`/api/job-schedules/${scheduleId}`, { method: 'DELETE' });
  await readJobs();
}

async function readJobs(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: ['jobs'] });
}
