import type { Job } from '@strongroom/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { ComputeError } from '../api/compute-error.ts';
import { job, schedule } from '../testing/answers.ts';
import { JobsModel } from './jobs-model.ts';

const ended = { ...job, jobId: 'c'.repeat(32), status: 'completed' } as Job;
let calls: string[];
let failure: ComputeError | undefined;
let lineCount: number;
let model: JobsModel;

beforeEach(async () => {
  calls = [];
  failure = undefined;
  lineCount = 1;
  model = new JobsModel({
    list: async (cursor) => {
      if (failure !== undefined) throw failure;
      return cursor === undefined
        ? { jobs: [job], cursor: 'next' }
        : { jobs: [ended], cursor: null };
    },
    schedules: async () => [schedule],
    cancel: async (jobId) => void calls.push(`cancel ${jobId}`),
    log: async () =>
      Array.from({ length: lineCount }, () => ({ time: job.createdAt, text: 'line' })),
    changeSchedule: async (_id, { isEnabled }) => {
      calls.push(`enabled ${isEnabled}`);
      return schedule;
    },
    removeSchedule: async (scheduleId) => void calls.push(`remove ${scheduleId}`),
  });
  await model.refresh();
});

describe('the list of jobs', () => {
  it('has jobs and schedules, and older ones on demand', async () => {
    expect(model.jobs).toEqual([job]);
    expect(model.schedules).toEqual([schedule]);
    expect(model.isAnyRunning).toBe(true);
    expect(model.hasMore).toBe(true);
    await model.more();
    expect(model.jobs).toEqual([job, ended]);
    expect(model.hasMore).toBe(false);
  });

  it('cancels, pauses and removes', async () => {
    await model.cancel(job.jobId);
    await model.enable(schedule, false);
    await model.removeSchedule(schedule.scheduleId);
    expect(calls).toEqual([
      `cancel ${job.jobId}`,
      'enabled false',
      `remove ${schedule.scheduleId}`,
    ]);
  });

  it('shows the log of one, which goes on with the list', async () => {
    await model.toggleLog(job.jobId);
    expect(model.openLog?.lines).toHaveLength(1);
    lineCount = 2;
    await model.refresh();
    expect(model.openLog?.lines).toHaveLength(2);
    await model.toggleLog(job.jobId);
    expect(model.openLog).toBeNull();
  });

  it('keeps what it had where it is not answered', async () => {
    failure = new ComputeError('Unreachable');
    await model.refresh();
    expect(model.error).toBe(failure);
    expect(model.jobs).toEqual([job]);
    failure = undefined;
    await model.refresh();
    expect(model.error).toBeUndefined();
  });
});
