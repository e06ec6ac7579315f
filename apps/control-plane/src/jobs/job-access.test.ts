import type { JobDefinition } from '@strongroom/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newPerson } from '../studios/testing/test-people.ts';
import {
  type JobsBench,
  type JobsStorage,
  openJobsBench,
  openJobsStorage,
} from './testing/jobs-bench.ts';
import { jobDefinition } from './testing/open-test-jobs.ts';

let storage: JobsStorage;
let bench: JobsBench;

beforeAll(async () => {
  storage = await openJobsStorage();
});
afterAll(() => storage.close());
beforeEach(async () => {
  bench = await openJobsBench(storage);
});
afterEach(() => bench.close());

describe('a job', () => {
  const refused: [string, Partial<JobDefinition>, string][] = [
    ['path out of the home', { notebookPath: '../x.ipynb' }, 'InvalidRequest'],
    ['absolute path', { notebookPath: '/etc/x.ipynb' }, 'InvalidRequest'],
    ['folder out of the home', { output: { kind: 'home', folder: 'a/../..' } }, 'InvalidRequest'],
    ['unknown size', { instanceType: 'ml.none' as never }, 'InvalidRequest'],
    ['size of servers', { instanceType: 'system' as never }, 'InvalidRequest'],
    ['unknown image', { imageName: 'none' as never }, 'ImageNotFound'],
    [
      'unknown bucket',
      { output: { kind: 'bucket', bucket: 'nowhere-at-all', prefix: '' } },
      'BucketNotFound',
    ],
  ];
  it.each(refused)('is refused at once with an %s', async (_what, change, code) => {
    await expect(bench.create(change)).rejects.toMatchObject({ code });
    expect(bench.audit.of('job-created')).toEqual([]);
  });

  it('is refused a bucket that its owner’s notebooks may not write to', async () => {
    bench.people.set('carol', newPerson('carol', 7, { team: 'other' }));
    const output = { kind: 'bucket', bucket: 'research-risk-models', prefix: '' } as const;
    await expect(bench.create({ output }, 'carol')).rejects.toMatchObject({ code: 'AccessDenied' });
  });

  it('is not recorded, and not made, where the trail cannot be written', async () => {
    bench.audit.canWrite = false;
    await expect(bench.create()).rejects.toMatchObject({ code: 'AuditUnavailable' });
    bench.audit.canWrite = true;
    expect((await bench.jobs.list({ limit: 10 })).jobs).toEqual([]);
  });
});

describe('whose jobs are whose', () => {
  it('a colleague is not told that there is one', async () => {
    const { jobId } = await bench.create();
    const { access } = bench;
    const bob = bench.askerOf('bob');
    for (const act of ['find', 'log', 'cancel'] as const) {
      await expect(access[act](bob, jobId)).rejects.toMatchObject({ code: 'JobNotFound' });
    }
    expect((await access.list(bob, { limit: 10 })).jobs).toEqual([]);
    expect(bench.audit.of('access-denied')).not.toEqual([]);
  });

  it('an administrator sees and cancels it, and reads nothing of what it printed', async () => {
    const { jobId } = await bench.create();
    const admin = bench.askerOf('admin');
    expect((await bench.access.list(admin, { limit: 10 })).jobs).toMatchObject([{ jobId }]);
    await expect(bench.access.log(admin, jobId)).rejects.toMatchObject({
      code: 'AccessDenied',
    });
  });
});

describe('a schedule', () => {
  const request = {
    ...{ definition: jobDefinition(), cron: '0 9 * * 1-5', timeZone: 'Asia/Seoul' },
    isEnabled: true,
  };

  it.each([
    ['six fields', { cron: '0 0 9 * * 1' }],
    ['no fields at all', { cron: 'every morning at nine' }],
    ['a minute that there is not', { cron: '61 9 * * *' }],
    ['a day that there never is', { cron: '0 9 31 2 *' }],
    ['no time zone', { timeZone: 'Mars/Olympus' }],
  ])('is refused with %s', async (_what, change) => {
    const asked = { ...request, ...change };
    await expect(bench.access.createSchedule(bench.askerOf('alice'), asked)).rejects.toMatchObject({
      code: 'InvalidRequest',
    });
  });

  it('is its owner’s: an administrator removes it, and changes it not', async () => {
    const { scheduleId } = await bench.access.createSchedule(bench.askerOf('alice'), request);
    const { access } = bench;
    await expect(
      access.changeSchedule(bench.askerOf('bob'), scheduleId, request),
    ).rejects.toMatchObject({
      code: 'JobScheduleNotFound',
    });
    const admin = bench.askerOf('admin');
    await expect(access.changeSchedule(admin, scheduleId, request)).rejects.toMatchObject({
      code: 'AccessDenied',
    });
    await access.removeSchedule(admin, scheduleId);
    expect(await access.schedules(admin)).toEqual([]);
  });
});
