import {
  jobListSchema,
  jobLogSchema,
  jobScheduleSchema,
  jobSchedulesSchema,
  jobSchema,
  studioAppsSchema,
  studioComputeSchema,
  studioCostSchema,
} from '@strongroom/contracts';
import { describe, expect, it } from 'vitest';
import { app, cost, job, offered, schedule } from '../testing/answers.ts';
import { parseApps, parseCompute } from './parse-compute.ts';
import { parseCost } from './parse-cost.ts';
import {
  parseJob,
  parseJobList,
  parseJobLog,
  parseSchedule,
  parseSchedules,
} from './parse-jobs.ts';

const lines = [{ time: '2026-11-28T10:00:00.000Z', text: 'Cell 1' }];
const [type] = offered.instanceTypes;
const [image] = offered.images;

describe('answers of the gateway', () => {
  it('are read as the contract says', () => {
    expect(parseCompute(studioComputeSchema.parse(offered))).toEqual(offered);
    expect(parseApps(studioAppsSchema.parse({ apps: [app] }))).toEqual({ apps: [app] });
    expect(parseCost(studioCostSchema.parse(cost))).toEqual(cost);
    expect(parseJob(jobSchema.parse(job))).toEqual(job);
    const list = { jobs: [job], cursor: null };
    expect(parseJobList(jobListSchema.parse(list))).toEqual(list);
    expect(parseJobLog(jobLogSchema.parse({ lines }))).toEqual({ lines });
    expect(parseSchedule(jobScheduleSchema.parse(schedule))).toEqual(schedule);
    const schedules = { schedules: [schedule] };
    expect(parseSchedules(jobSchedulesSchema.parse(schedules))).toEqual(schedules);
  });

  it.each([
    [parseCompute, studioComputeSchema, null],
    [parseCompute, studioComputeSchema, { ...offered, images: [{ ...image, state: 'new' }] }],
    [parseCompute, studioComputeSchema, { ...offered, images: [{ ...image, kernels: [{}] }] }],
    [parseCompute, studioComputeSchema, { ...offered, prices: { currency: 'dollars' } }],
    [
      parseCompute,
      studioComputeSchema,
      { ...offered, prices: { ...offered.prices, wonPerUnit: 0 } },
    ],
    [
      parseCompute,
      studioComputeSchema,
      { ...offered, instanceTypes: [{ ...type, pricePerHour: -1 }] },
    ],
    [parseApps, studioAppsSchema, { apps: [{ ...app, stage: 'thinking' }] }],
    [parseApps, studioAppsSchema, { apps: [{ ...app, memoryBytes: '1' }] }],
    [parseApps, studioAppsSchema, { apps: [{ ...app, gpus: [{ index: 0 }] }] }],
    [parseCost, studioCostSchema, { ...cost, amount: null }],
    [parseCost, studioCostSchema, { ...cost, budgets: [{ ...cost.budgets[0], kind: 'pet' }] }],
    [
      parseCost,
      studioCostSchema,
      { ...cost, budgets: [{ ...cost.budgets[0], reachedPercent: 70 }] },
    ],
    [parseJob, jobSchema, { ...job, status: 'done' }],
    [parseJob, jobSchema, { ...job, progress: 5 }],
    [parseJob, jobSchema, { ...job, definition: { ...job.definition, output: 'home' } }],
    [parseJobList, jobListSchema, { jobs: [job] }],
    [parseJobLog, jobLogSchema, { lines: [{ text: 'x' }] }],
    [parseSchedules, jobSchedulesSchema, { schedules: [{ ...schedule, isEnabled: 'yes' }] }],
  ] as const)('are nothing else (%#)', (parse, schema, value) => {
    expect(parse(value)).toBeNull();
    expect(schema.safeParse(value).success).toBe(false);
  });
});
