import type { Job, JobList, JobLog, JobSchedule, JobSchedules } from '@strongroom/contracts';
import { isBoolean, isOneOf } from './parse-compute.ts';
import { hasFields, isCount, isListOf, isText, isTextOrNull, property } from './read-json.ts';

/** Reads the answers of the gateway; null where it is not one. */
export function parseJob(value: unknown): Job | null {
  return isJob(value) ? value : null;
}

export function parseJobList(value: unknown): JobList | null {
  const isRead = hasFields(value, {
    jobs: (jobs) => isListOf(jobs, isJob),
    cursor: isTextOrNull,
  });
  return isRead ? (value as JobList) : null;
}

export function parseJobLog(value: unknown): JobLog | null {
  return isListOf(property(value, 'lines'), isLine) ? (value as JobLog) : null;
}

export function parseSchedule(value: unknown): JobSchedule | null {
  return isSchedule(value) ? value : null;
}

export function parseSchedules(value: unknown): JobSchedules | null {
  return isListOf(property(value, 'schedules'), isSchedule) ? (value as JobSchedules) : null;
}

function isJob(value: unknown): value is Job {
  return hasFields(value, {
    jobId: isText,
    definition: isDefinition,
    scheduleId: isTextOrNull,
    status: isOneOf(
      ...['queued', 'starting', 'running', 'completed', 'failed', 'cancelling', 'cancelled'],
    ),
    attempt: isCount,
    createdAt: isText,
    startedAt: isTextOrNull,
    endedAt: isTextOrNull,
    progress: (progress) =>
      progress === null || hasFields(progress, { finishedCells: isCount, totalCells: isCount }),
    outputLocation: isTextOrNull,
    failure: (failure) =>
      failure === null ||
      hasFields(failure, {
        code: isText,
        message: isText,
        cell: (cell) => cell === null || isCount(cell),
      }),
  });
}

function isDefinition(value: unknown): boolean {
  return hasFields(value, {
    name: isText,
    notebookPath: isText,
    parameters: (parameters) => typeof parameters === 'object' && parameters !== null,
    kernelName: isTextOrNull,
    imageName: isTextOrNull,
    instanceType: isTextOrNull,
    output: (output) => hasFields(output, { kind: isOneOf('home', 'bucket') }),
    maximumRetries: isCount,
    maximumMinutes: isCount,
  });
}

function isSchedule(value: unknown): value is JobSchedule {
  return hasFields(value, {
    scheduleId: isText,
    definition: isDefinition,
    cron: isText,
    timeZone: isText,
    isEnabled: isBoolean,
    createdAt: isText,
    nextRunAt: isTextOrNull,
    lastJobId: isTextOrNull,
  });
}

function isLine(value: unknown): value is JobLog['lines'][number] {
  return hasFields(value, { time: isText, text: isText });
}
