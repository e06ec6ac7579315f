import {
  type JobDefinition,
  type JobScheduleRequest,
  jobDefinitionSchema,
} from '@strongroom/contracts';
import { once } from '@strongroom/contracts/rhythm';
import { beforeEach, describe, expect, it } from 'vitest';
import { ComputeError } from '../api/compute-error.ts';
import { Offers } from '../model/offers.ts';
import { job, offered, schedule } from '../testing/answers.ts';
import { JobDialogModel } from './job-dialog-model.ts';

let started: JobDefinition[];
let scheduled: JobScheduleRequest[];
let failure: ComputeError | undefined;
let model: JobDialogModel;

beforeEach(async () => {
  started = [];
  scheduled = [];
  failure = undefined;
  model = new JobDialogModel({
    api: {
      start: async (definition) => {
        if (failure !== undefined) throw failure;
        started.push(definition);
        return job;
      },
      schedule: async (request) => {
        scheduled.push(request);
        return schedule;
      },
    },
    offers: new Offers({ offers: async () => offered }),
    findBuckets: async () => ['reports'],
    notebookPath: 'work/report.ipynb',
    parameters: [
      { name: 'year', value: 2_026 },
      { name: 'team', value: 'risk' },
      { name: 'is_draft', value: true },
    ],
    now: { kernelName: 'r-base__ir', instanceType: 'ml.m5.large' },
    timeZone: 'Asia/Seoul',
  });
  await model.open();
});

describe('the dialog of a job', () => {
  it('runs what the notebook runs on, beside it, with its parameters', async () => {
    expect(await model.start()).toBe(true);
    expect(started).toEqual([
      {
        ...{ name: 'report', notebookPath: 'work/report.ipynb', kernelName: 'r-base__ir' },
        ...{ imageName: 'r-base', instanceType: 'ml.m5.large' },
        parameters: { year: 2_026, team: 'risk', is_draft: true },
        output: { kind: 'home', folder: 'work' },
        ...{ maximumRetries: 1, maximumMinutes: 1_440 },
      },
    ]);
    expect(jobDefinitionSchema.safeParse(started[0]).success).toBe(true);
  });

  it('writes to a bucket, and schedules in the zone of the person', async () => {
    model.change({ outputKind: 'bucket', prefix: '/monthly/' });
    model.change({ rhythm: { ...once, kind: 'weekdays' } });
    expect(await model.start()).toBe(true);
    expect(started).toEqual([]);
    expect(scheduled).toMatchObject([{ cron: '0 9 * * 1-5', timeZone: 'Asia/Seoul' }]);
    expect(scheduled[0]?.definition.output).toEqual({
      ...{ kind: 'bucket', bucket: 'reports', prefix: 'monthly/' },
    });
  });

  it.each([
    ['name', { name: ' ' }],
    ['bucket', { outputKind: 'bucket' as const, bucket: '' }],
    ['schedule', { rhythm: { ...once, kind: 'cron' as const, cron: 'daily' } }],
    ['hours', { maximumHours: Number.NaN }],
    ['hours', { maximumHours: 721 }],
  ] as const)('does not start with a wrong %s', async (problem, part) => {
    model.change(part);
    expect(model.problems).toEqual([problem]);
    expect(await model.start()).toBe(false);
    expect(started).toEqual([]);
  });

  it('does not take a text for a number', () => {
    model.changeParameter('year', 'this one');
    expect(model.problems).toEqual(['parameter']);
    model.changeParameter('year', '2027');
    expect(model.canStart).toBe(true);
  });

  it('stays and says why where it is refused', async () => {
    failure = new ComputeError('BudgetReached');
    expect(await model.start()).toBe(false);
    expect(model.error).toBe(failure);
    expect(model.canStart).toBe(true);
  });
});
