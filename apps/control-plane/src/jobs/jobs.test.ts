import type { ProfileName } from '@strongroom/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  completed,
  type JobsBench,
  type JobsStorage,
  minute,
  openJobsBench,
  openJobsStorage,
} from './testing/jobs-bench.ts';
import { jobDefinition } from './testing/open-test-jobs.ts';

const alice = 'alice' as ProfileName;
const failedWith = (mayRetry: boolean, cell: number | null = null) =>
  ({
    notice: 'notebookEnded',
    outcome: 'failed',
    failure: { code: 'KernelDied', message: 'Lost', cell, mayRetry },
  }) as const;

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
  it('runs its notebook in its owner’s studio, and keeps what came of it', async () => {
    const job = await bench.create();
    expect(job).toMatchObject({ status: 'queued', attempt: 1, progress: null });
    const run = await bench.studios.nth(1);
    expect(run).toMatchObject({
      profileName: 'alice',
      request: {
        ...{ notebookFile: '/home/alice/work/rates.ipynb', parameters: { year: 2026 } },
        // The notebook's own are known in the studio, where it is read.
        ...{ kernelName: null, instanceType: null },
        outputFile: expect.stringMatching(/^\/home\/alice\/out\/Rates-.*\.ipynb$/),
      },
    });
    run.tell({ notice: 'notebookProgress', finishedCells: 1, totalCells: 2 });
    run.tell({ notice: 'notebookOutput', text: 'first\nsec' });
    run.tell({ notice: 'notebookOutput', text: 'ond\n' });
    expect(await bench.find(job)).toMatchObject({
      ...{ status: 'running', progress: { finishedCells: 1, totalCells: 2 } },
    });
    run.tell(completed);
    await bench.until(job, { status: 'completed', failure: null });
    expect(run.isLeft).toBe(true);
    const { outputLocation } = await bench.find(job);
    expect(`/home/alice/${outputLocation}`).toBe(run.request.outputFile);
    const { lines } = await bench.access.log(bench.askerOf('alice'), job.jobId);
    expect(lines.map(({ text }) => text).slice(1, 3)).toEqual(['first', 'second']);
    expect(bench.audit.events.map(({ event }) => event)).toEqual([
      'job-created',
      'job-started',
      'job-ended',
    ]);
    // Neither what was asked for nor what was printed lies in the database as it is.
    const rows = JSON.stringify(await bench.state.selectFrom('jobs').selectAll().execute());
    for (const text of ['rates', 'second']) expect(rows).not.toContain(text);
  });

  it('keeps the last 1 MiB of what it printed', async () => {
    const job = await bench.create();
    const run = await bench.studios.nth(1);
    for (let index = 0; index < 40; index += 1) {
      run.tell({ notice: 'notebookOutput', text: `${index}:${'x'.repeat(60_000)}\n` });
    }
    const { lines } = await bench.jobs.log(job.jobId);
    expect(lines.at(-1)?.text.startsWith('39:')).toBe(true);
    const size = lines.reduce((sum, { text }) => sum + text.length, 0);
    expect(size).toBeLessThanOrEqual(1024 * 1024);
    expect(size).toBeGreaterThan(900_000);
  });

  it('waits for its turn where its owner has two that run', async () => {
    const jobs = [await bench.create(), await bench.create(), await bench.create()];
    await bench.create({}, 'bob');
    await bench.studios.nth(3);
    expect(bench.studios.begun.map(({ profileName }) => profileName)).toEqual([
      'alice',
      'alice',
      'bob',
    ]);
    bench.studios.begun[0]?.tell(completed);
    expect((await bench.studios.nth(4)).request.jobId).toBe(jobs[2]?.jobId);
  });

  it.each([
    ['a lost machine', true, 'queued'],
    ['its own fault', false, 'failed'],
  ])('is tried again after %s: %s', async (_why, mayRetry, status) => {
    const job = await bench.create({ maximumRetries: 1 });
    (await bench.studios.nth(1)).tell(failedWith(mayRetry));
    await bench.until(job, { status, attempt: mayRetry ? 2 : 1 });
    await bench.pass(minute);
    if (!mayRetry) return expect(bench.studios.begun).toHaveLength(1);
    (await bench.studios.nth(2)).lose();
    await bench.until(job, { status: 'failed', failure: { code: 'StudioLost' }, attempt: 2 });
  });

  it('is not tried again where somebody stopped the studio', async () => {
    const job = await bench.create({ maximumRetries: 5 });
    (await bench.studios.nth(1)).lose('stopped');
    await bench.until(job, { status: 'failed', failure: { code: 'StudioStopped' } });
  });

  it('names the cell that failed', async () => {
    const job = await bench.create();
    const run = await bench.studios.nth(1);
    run.tell({ notice: 'notebookProgress', finishedCells: 2, totalCells: 5 });
    run.tell(failedWith(false, 2));
    await bench.until(job, { status: 'failed', failure: { code: 'KernelDied', cell: 2 } });
    expect((await bench.find(job)).outputLocation).toMatch(/^out\/Rates/);
    const { lines } = await bench.access.log(bench.askerOf('alice'), job.jobId);
    expect(lines.at(-1)?.text).toContain('Cell 3: ');
  });

  it('keeps what was written where its parameters could not be set', async () => {
    const job = await bench.create();
    const run = await bench.studios.nth(1);
    run.tell({ notice: 'notebookProgress', finishedCells: 0, totalCells: 5 });
    const failure = { code: 'CellFailed', message: 'SyntaxError', cell: null, mayRetry: false };
    run.tell({ notice: 'notebookEnded', outcome: 'failed', failure });
    await bench.until(job, { status: 'failed', failure: { code: 'CellFailed', cell: null } });
    expect((await bench.find(job)).outputLocation).toMatch(/^out\/Rates/);
  });

  it('is cancelled while it waits, and while it runs; twice is no harm, after its end is told', async () => {
    const jobs = [await bench.create(), await bench.create(), await bench.create()] as const;
    await bench.studios.nth(2);
    const asker = bench.askerOf('alice');
    await bench.access.cancel(asker, jobs[2].jobId);
    expect(await bench.find(jobs[2])).toMatchObject({ status: 'cancelled' });
    await bench.access.cancel(bench.askerOf('admin'), jobs[0].jobId);
    await bench.until(jobs[0], { status: 'cancelled' });
    expect(bench.studios.begun[0]).toMatchObject({ isCancelled: true, isLeft: true });
    expect(bench.audit.of('job-cancelled')).toMatchObject([
      { jobId: jobs[2].jobId },
      { target: 'alice' },
    ]);
    await expect(bench.access.cancel(asker, jobs[0].jobId)).rejects.toMatchObject({
      code: 'JobNotRunning',
    });
  });

  it('ends where it takes longer than it may', async () => {
    const job = await bench.create({ maximumMinutes: 5, maximumRetries: 3 });
    const run = await bench.studios.nth(1);
    await bench.pass(4 * minute);
    expect(run.isCancelled).toBe(false);
    await bench.pass(minute);
    await bench.until(job, { status: 'failed', failure: { code: 'JobTooLong' } });
  });

  it('of a control plane that ended is tried again by rule, or has failed', async () => {
    const [once, twice] = [await bench.create(), await bench.create({ maximumRetries: 1 })];
    const waiting = await bench.create();
    await bench.studios.nth(2);
    await bench.restart();
    expect(await bench.find(once)).toMatchObject({
      ...{ status: 'failed', failure: { code: 'ControlPlaneStopped' } },
    });
    expect(await bench.find(twice)).toMatchObject({ status: 'queued', attempt: 2 });
    expect((await bench.studios.nth(1)).request.jobId).toBe(waiting.jobId);
    await bench.pass(minute);
    expect((await bench.studios.nth(2)).request.jobId).toBe(twice.jobId);
  });

  it('puts its output into a bucket as its owner’s notebooks do', async () => {
    const output = { kind: 'bucket', bucket: 'research-risk-models', prefix: 'runs' } as const;
    const job = await bench.create({ output });
    const run = await bench.studios.nth(1);
    const path = run.request.outputFile.replace('/home/alice/', '');
    bench.studios.files.set(path, Buffer.from('{}'));
    run.tell(completed);
    await bench.until(job, { status: 'completed' });
    const { outputLocation } = await bench.find(job);
    expect(outputLocation).toMatch(/^s3:\/\/research-risk-models\/runs\/Rates-.*\.ipynb$/);
    const key = outputLocation?.split('/').slice(3).join('/') ?? '';
    const stored = await bench.storage.store.headObject({
      ...{ bucket: output.bucket, key, caller: { principal: 'platform' } },
    });
    expect(stored.info.sizeBytes).toBe(2);
  });

  it('says so where the output notebook is not there to be stored', async () => {
    const output = { kind: 'bucket', bucket: 'research-risk-models', prefix: '' } as const;
    const job = await bench.create({ output });
    (await bench.studios.nth(1)).tell(completed);
    await bench.until(job, { status: 'failed', failure: { code: 'OutputNotStored' } });
  });

  it('of who is disabled does not run on, nor begin', async () => {
    const jobs = [await bench.create(), await bench.create(), await bench.create()];
    await bench.studios.nth(2);
    bench.people.set('alice', { ...bench.askerOf('alice').person, disabled: true });
    bench.events.emit('disabled', { profileName: alice });
    for (const job of jobs) await bench.until(job, { status: 'cancelled' });
    expect(bench.studios.begun).toHaveLength(2);
  });

  it('is listed in pages that go on where the last ended', async () => {
    for (let index = 0; index < 5; index += 1) await bench.create({ name: `Job ${index}` });
    const first = await bench.jobs.list({ profileName: alice, limit: 3 });
    const { cursor } = first;
    const second = await bench.jobs.list({ limit: 3, cursor: cursor ?? '' });
    const names = [...first.jobs, ...second.jobs].map(({ definition }) => definition.name);
    expect(names).toEqual(['Job 4', 'Job 3', 'Job 2', 'Job 1', 'Job 0']);
    expect(second.cursor).toBeNull();
  });
});

describe('a schedule', () => {
  const request = {
    ...{ definition: jobDefinition(), cron: '0 9 * * 1-5', timeZone: 'Asia/Seoul' },
    isEnabled: true,
  };
  const hour = 60 * minute;

  it('makes a job at its time in its zone, and one alone for all that it missed', async () => {
    const asker = bench.askerOf('alice');
    const schedule = await bench.access.createSchedule(asker, request);
    const nextRunAt = Date.parse(schedule.nextRunAt ?? '');
    const inSeoul = new Intl.DateTimeFormat('en', {
      ...{ timeZone: 'Asia/Seoul', hour: '2-digit', hourCycle: 'h23' },
    });
    expect(inSeoul.format(nextRunAt)).toBe('09');
    await bench.pass(nextRunAt - bench.time.clock().getTime() - 1);
    expect(bench.studios.begun).toEqual([]);
    await bench.pass(1);
    const run = await bench.studios.nth(1);
    const [seen] = await bench.access.schedules(asker);
    expect(seen).toMatchObject({ lastJobId: run.request.jobId });
    expect(Date.parse(seen?.nextRunAt ?? '')).toBeGreaterThan(nextRunAt);
    run.tell(completed);
    await bench.until({ jobId: run.request.jobId }, { status: 'completed' });
    await bench.restart(14 * 24 * hour);
    expect(await bench.studios.nth(1)).toMatchObject({ profileName: 'alice' });
    expect((await bench.jobs.list({ limit: 10 })).jobs).toHaveLength(2);
    expect(bench.audit.of('job-created')[0]).toMatchObject({ scheduleId: schedule.scheduleId });
  });

  it('is left out while its job of before still runs', async () => {
    await bench.access.createSchedule(bench.askerOf('alice'), {
      ...request,
      cron: '* * * * *',
    });
    await bench.pass(minute);
    await bench.studios.nth(1);
    await bench.pass(minute);
    expect((await bench.jobs.list({ limit: 10 })).jobs).toHaveLength(1);
  });

  it('rests while it is disabled, and when its owner is', async () => {
    const asker = bench.askerOf('alice');
    const { scheduleId } = await bench.access.createSchedule(asker, request);
    const changed = { ...request, isEnabled: false };
    expect(await bench.access.changeSchedule(asker, scheduleId, changed)).toMatchObject({
      nextRunAt: null,
    });
    await bench.access.changeSchedule(asker, scheduleId, request);
    bench.events.emit('disabled', { profileName: alice });
    await expect
      .poll(async () => (await bench.access.schedules(asker))[0])
      .toMatchObject({ isEnabled: false, nextRunAt: null });
    await bench.pass(14 * 24 * hour);
    expect(bench.studios.begun).toEqual([]);
    expect(bench.audit.of('job-schedule-changed').map(({ change }) => change)).toEqual([
      ...['created', 'changed', 'changed', 'disabled'],
    ]);
  });
});
