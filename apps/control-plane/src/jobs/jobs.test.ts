import type { Job, JobDefinition, ProfileName } from '@strongroom/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CollectedAudit } from '../audit/testing/collected-audit.ts';
import { IdentityEvents } from '../identity/identity-events.ts';
import type { Person } from '../identity/person.ts';
import { openTestStorage, type TestStorage } from '../objects/testing/test-storage.ts';
import { authorizeFor, domainWith } from '../policies/testing/authorize-for.ts';
import { openState, type State } from '../state/database.ts';
import { movableClock } from '../studios/testing/movable-clock.ts';
import { newPerson } from '../studios/testing/test-people.ts';
import { NotebookStudios } from './testing/notebook-studios.ts';
import { jobDefinition, openTestJobs } from './testing/open-test-jobs.ts';

const alice = 'alice' as ProfileName;
const minute = 60_000;
const completed = { notice: 'notebookEnded', outcome: 'completed', failure: null } as const;
const failedWith = (mayRetry: boolean, cell: number | null = null) =>
  ({
    notice: 'notebookEnded',
    outcome: 'failed',
    failure: { code: 'KernelDied', message: 'Lost', cell, mayRetry },
  }) as const;

const people = new Map<string, Person>();
const list = () => people.values();
let storageState: State;
let storage: TestStorage;
let state: State;
let audit: CollectedAudit;
let events: IdentityEvents;
let time: ReturnType<typeof movableClock>;
let studios: NotebookStudios;
let running: Awaited<ReturnType<typeof openTestJobs>>;

// Keys and buckets take their time, and are the same afterwards.
beforeAll(async () => {
  storageState = await openState(':memory:');
  storage = await openTestStorage({
    ...{ domain: domainWith(list), state: storageState, own: () => [] },
    ...{ people: { find: async (name) => people.get(name), list: async () => [...list()] } },
    clock: () => new Date(),
  });
});
afterAll(async () => {
  await storage.close();
  await storageState.destroy();
});
beforeEach(async () => {
  state = await openState(':memory:');
  time = movableClock();
  people.clear();
  for (const [index, name] of ['alice', 'bob'].entries()) {
    people.set(name, newPerson(name, index, { team: 'risk-models' }));
  }
  people.set('admin', newPerson('admin', 3, { role: 'administrator' }));
  audit = new CollectedAudit();
  events = new IdentityEvents();
  await open();
});
afterEach(async () => {
  await running.close();
  await state.destroy();
});

async function open(): Promise<void> {
  studios = new NotebookStudios();
  running = await openTestJobs({
    ...{ domain: domainWith(list), state, storage, events, audit: audit.log, studios },
    ...{ people: { find: async (name) => people.get(name) }, clock: time.clock },
    authorize: authorizeFor(list, { clock: time.clock }),
  });
  await running.tick();
}

const askerOf = (name: string) => {
  const person = people.get(name) ?? expect.fail(`Nobody is called ${name}`);
  const actor = { profileName: person.profileName, remoteAddress: undefined, reference: '-' };
  return { person, actor };
};
const create = (change: Partial<JobDefinition> = {}, name = 'alice') =>
  running.access.create(askerOf(name), jobDefinition(change));
const find = ({ jobId }: Pick<Job, 'jobId'>) => running.jobs.find(jobId);
const until = (job: Pick<Job, 'jobId'>, expected: object) =>
  expect.poll(() => find(job)).toMatchObject(expected);

describe('a job', () => {
  it('runs its notebook in its owner’s studio, and keeps what came of it', async () => {
    const job = await create();
    expect(job).toMatchObject({ status: 'queued', attempt: 1, progress: null });
    const run = await studios.nth(1);
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
    expect(await find(job)).toMatchObject({
      ...{ status: 'running', progress: { finishedCells: 1, totalCells: 2 } },
    });
    run.tell(completed);
    await until(job, { status: 'completed', failure: null });
    expect(run.isLeft).toBe(true);
    const { outputLocation } = await find(job);
    expect(`/home/alice/${outputLocation}`).toBe(run.request.outputFile);
    const { lines } = await running.access.log(askerOf('alice'), job.jobId);
    expect(lines.map(({ text }) => text).slice(1, 3)).toEqual(['first', 'second']);
    expect(audit.events.map(({ event }) => event)).toEqual([
      'job-created',
      'job-started',
      'job-ended',
    ]);
    // Neither what was asked for nor what was printed lies in the database as it is.
    const rows = JSON.stringify(await state.selectFrom('jobs').selectAll().execute());
    for (const text of ['rates', 'second']) expect(rows).not.toContain(text);
  });

  it('keeps the last 1 MiB of what it printed', async () => {
    const job = await create();
    const run = await studios.nth(1);
    for (let index = 0; index < 40; index += 1) {
      run.tell({ notice: 'notebookOutput', text: `${index}:${'x'.repeat(60_000)}\n` });
    }
    const { lines } = await running.jobs.log(job.jobId);
    expect(lines.at(-1)?.text.startsWith('39:')).toBe(true);
    const size = lines.reduce((sum, { text }) => sum + text.length, 0);
    expect(size).toBeLessThanOrEqual(1024 * 1024);
    expect(size).toBeGreaterThan(900_000);
  });

  it('waits for its turn where its owner has two that run', async () => {
    const jobs = [await create(), await create(), await create()];
    await create({}, 'bob');
    await studios.nth(3);
    expect(studios.begun.map(({ profileName }) => profileName)).toEqual(['alice', 'alice', 'bob']);
    studios.begun[0]?.tell(completed);
    expect((await studios.nth(4)).request.jobId).toBe(jobs[2]?.jobId);
  });

  it.each([
    ['a lost machine', true, 'queued'],
    ['its own fault', false, 'failed'],
  ])('is tried again after %s: %s', async (_why, mayRetry, status) => {
    const job = await create({ maximumRetries: 1 });
    (await studios.nth(1)).tell(failedWith(mayRetry));
    await until(job, { status, attempt: mayRetry ? 2 : 1 });
    time.advance(minute);
    await running.tick();
    if (!mayRetry) return expect(studios.begun).toHaveLength(1);
    (await studios.nth(2)).lose();
    await until(job, { status: 'failed', failure: { code: 'StudioLost' }, attempt: 2 });
  });

  it('is not tried again where somebody stopped the studio', async () => {
    const job = await create({ maximumRetries: 5 });
    (await studios.nth(1)).lose('stopped');
    await until(job, { status: 'failed', failure: { code: 'StudioStopped' } });
  });

  it('names the cell that failed', async () => {
    const job = await create();
    const run = await studios.nth(1);
    run.tell({ notice: 'notebookProgress', finishedCells: 2, totalCells: 5 });
    run.tell(failedWith(false, 2));
    await until(job, { status: 'failed', failure: { code: 'KernelDied', cell: 2 } });
    expect((await find(job)).outputLocation).toMatch(/^out\/Rates/);
    const { lines } = await running.access.log(askerOf('alice'), job.jobId);
    expect(lines.at(-1)?.text).toContain('Cell 3: ');
  });

  it('keeps what was written where its parameters could not be set', async () => {
    const job = await create();
    const run = await studios.nth(1);
    run.tell({ notice: 'notebookProgress', finishedCells: 0, totalCells: 5 });
    const failure = { code: 'CellFailed', message: 'SyntaxError', cell: null, mayRetry: false };
    run.tell({ notice: 'notebookEnded', outcome: 'failed', failure });
    await until(job, { status: 'failed', failure: { code: 'CellFailed', cell: null } });
    expect((await find(job)).outputLocation).toMatch(/^out\/Rates/);
  });

  it('is cancelled while it waits, and while it runs; twice is no harm, after its end is told', async () => {
    const jobs = [await create(), await create(), await create()] as const;
    await studios.nth(2);
    const asker = askerOf('alice');
    await running.access.cancel(asker, jobs[2].jobId);
    expect(await find(jobs[2])).toMatchObject({ status: 'cancelled' });
    await running.access.cancel(askerOf('admin'), jobs[0].jobId);
    await until(jobs[0], { status: 'cancelled' });
    expect(studios.begun[0]).toMatchObject({ isCancelled: true, isLeft: true });
    expect(audit.of('job-cancelled')).toMatchObject([
      { jobId: jobs[2].jobId },
      { target: 'alice' },
    ]);
    await expect(running.access.cancel(asker, jobs[0].jobId)).rejects.toMatchObject({
      code: 'JobNotRunning',
    });
  });

  it('ends where it takes longer than it may', async () => {
    const job = await create({ maximumMinutes: 5, maximumRetries: 3 });
    const run = await studios.nth(1);
    time.advance(4 * minute);
    await running.tick();
    expect(run.isCancelled).toBe(false);
    time.advance(minute);
    await running.tick();
    await until(job, { status: 'failed', failure: { code: 'JobTooLong' } });
  });

  it('of a control plane that ended is tried again by rule, or has failed', async () => {
    const [once, twice] = [await create(), await create({ maximumRetries: 1 })];
    const waiting = await create();
    await studios.nth(2);
    await running.close();
    await open();
    expect(await find(once)).toMatchObject({
      ...{ status: 'failed', failure: { code: 'ControlPlaneStopped' } },
    });
    expect(await find(twice)).toMatchObject({ status: 'queued', attempt: 2 });
    expect((await studios.nth(1)).request.jobId).toBe(waiting.jobId);
    time.advance(minute);
    await running.tick();
    expect((await studios.nth(2)).request.jobId).toBe(twice.jobId);
  });

  it('puts its output into a bucket as its owner’s notebooks do', async () => {
    const output = { kind: 'bucket', bucket: 'research-risk-models', prefix: 'runs' } as const;
    const job = await create({ output });
    const run = await studios.nth(1);
    const path = run.request.outputFile.replace('/home/alice/', '');
    studios.files.set(path, Buffer.from('{}'));
    run.tell(completed);
    await until(job, { status: 'completed' });
    const { outputLocation } = await find(job);
    expect(outputLocation).toMatch(/^s3:\/\/research-risk-models\/runs\/Rates-.*\.ipynb$/);
    const key = outputLocation?.split('/').slice(3).join('/') ?? '';
    const stored = await storage.store.headObject({
      ...{ bucket: output.bucket, key, caller: { principal: 'platform' } },
    });
    expect(stored.info.sizeBytes).toBe(2);
  });

  it('says so where the output notebook is not there to be stored', async () => {
    const output = { kind: 'bucket', bucket: 'research-risk-models', prefix: '' } as const;
    const job = await create({ output });
    (await studios.nth(1)).tell(completed);
    await until(job, { status: 'failed', failure: { code: 'OutputNotStored' } });
  });

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
    await expect(create(change)).rejects.toMatchObject({ code });
    expect(audit.of('job-created')).toEqual([]);
  });

  it('is refused a bucket that its owner’s notebooks may not write to', async () => {
    people.set('carol', newPerson('carol', 7, { team: 'other' }));
    const output = { kind: 'bucket', bucket: 'research-risk-models', prefix: '' } as const;
    await expect(create({ output }, 'carol')).rejects.toMatchObject({ code: 'AccessDenied' });
  });

  it('is not recorded, and not made, where the trail cannot be written', async () => {
    audit.canWrite = false;
    await expect(create()).rejects.toMatchObject({ code: 'AuditUnavailable' });
    audit.canWrite = true;
    expect((await running.jobs.list({ limit: 10 })).jobs).toEqual([]);
  });
});

describe('whose jobs are whose', () => {
  it('a colleague is not told that there is one', async () => {
    const { jobId } = await create();
    const { access } = running;
    const bob = askerOf('bob');
    for (const act of ['find', 'log', 'cancel'] as const) {
      await expect(access[act](bob, jobId)).rejects.toMatchObject({ code: 'JobNotFound' });
    }
    expect((await access.list(bob, { limit: 10 })).jobs).toEqual([]);
    expect(audit.of('access-denied')).not.toEqual([]);
  });

  it('an administrator sees and cancels it, and reads nothing of what it printed', async () => {
    const { jobId } = await create();
    const admin = askerOf('admin');
    expect((await running.access.list(admin, { limit: 10 })).jobs).toMatchObject([{ jobId }]);
    await expect(running.access.log(admin, jobId)).rejects.toMatchObject({ code: 'AccessDenied' });
  });

  it('nothing of who is disabled runs on, or begins', async () => {
    const jobs = [await create(), await create(), await create()];
    await studios.nth(2);
    people.set('alice', { ...askerOf('alice').person, disabled: true });
    events.emit('disabled', { profileName: alice });
    for (const job of jobs) await until(job, { status: 'cancelled' });
    expect(studios.begun).toHaveLength(2);
  });

  it('pages go on where the last ended', async () => {
    for (let index = 0; index < 5; index += 1) await create({ name: `Job ${index}` });
    const first = await running.jobs.list({ profileName: alice, limit: 3 });
    const { cursor } = first;
    const second = await running.jobs.list({ limit: 3, cursor: cursor ?? '' });
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
  /** Until its time, and one tick of it. */
  async function pass(milliseconds: number): Promise<void> {
    time.advance(milliseconds);
    await running.tick();
  }

  it('makes a job at its time in its zone, and one alone for all that it missed', async () => {
    const asker = askerOf('alice');
    const schedule = await running.access.createSchedule(asker, request);
    const nextRunAt = Date.parse(schedule.nextRunAt ?? '');
    const inSeoul = new Intl.DateTimeFormat('en', {
      ...{ timeZone: 'Asia/Seoul', hour: '2-digit', hourCycle: 'h23' },
    });
    expect(inSeoul.format(nextRunAt)).toBe('09');
    await pass(nextRunAt - time.clock().getTime() - 1);
    expect(studios.begun).toEqual([]);
    await pass(1);
    const run = await studios.nth(1);
    const [seen] = await running.access.schedules(asker);
    expect(seen).toMatchObject({ lastJobId: run.request.jobId });
    expect(Date.parse(seen?.nextRunAt ?? '')).toBeGreaterThan(nextRunAt);
    run.tell(completed);
    await until({ jobId: run.request.jobId }, { status: 'completed' });
    await running.close();
    time.advance(14 * 24 * hour);
    await open();
    await running.tick();
    expect(await studios.nth(1)).toMatchObject({ profileName: 'alice' });
    expect((await running.jobs.list({ limit: 10 })).jobs).toHaveLength(2);
    expect(audit.of('job-created')[0]).toMatchObject({ scheduleId: schedule.scheduleId });
  });

  it('is left out while its job of before still runs', async () => {
    await running.access.createSchedule(askerOf('alice'), { ...request, cron: '* * * * *' });
    await pass(minute);
    await studios.nth(1);
    await pass(minute);
    expect((await running.jobs.list({ limit: 10 })).jobs).toHaveLength(1);
  });

  it('rests while it is disabled, and when its owner is', async () => {
    const asker = askerOf('alice');
    const { scheduleId } = await running.access.createSchedule(asker, request);
    const changed = { ...request, isEnabled: false };
    expect(await running.access.changeSchedule(asker, scheduleId, changed)).toMatchObject({
      nextRunAt: null,
    });
    await running.access.changeSchedule(asker, scheduleId, request);
    events.emit('disabled', { profileName: alice });
    await expect
      .poll(async () => (await running.access.schedules(asker))[0])
      .toMatchObject({ isEnabled: false, nextRunAt: null });
    await pass(14 * 24 * hour);
    expect(studios.begun).toEqual([]);
    expect(audit.of('job-schedule-changed').map(({ change }) => change)).toEqual([
      ...['created', 'changed', 'changed', 'disabled'],
    ]);
  });

  it.each([
    ['six fields', { cron: '0 0 9 * * 1' }],
    ['no fields at all', { cron: 'every morning at nine' }],
    ['a minute that there is not', { cron: '61 9 * * *' }],
    ['a day that there never is', { cron: '0 9 31 2 *' }],
    ['no time zone', { timeZone: 'Mars/Olympus' }],
  ])('is refused with %s', async (_what, change) => {
    const asked = { ...request, ...change };
    await expect(running.access.createSchedule(askerOf('alice'), asked)).rejects.toMatchObject({
      code: 'InvalidRequest',
    });
  });

  it('is its owner’s: an administrator removes it, and changes it not', async () => {
    const { scheduleId } = await running.access.createSchedule(askerOf('alice'), request);
    const { access } = running;
    await expect(access.changeSchedule(askerOf('bob'), scheduleId, request)).rejects.toMatchObject({
      code: 'JobScheduleNotFound',
    });
    const admin = askerOf('admin');
    await expect(access.changeSchedule(admin, scheduleId, request)).rejects.toMatchObject({
      code: 'AccessDenied',
    });
    await access.removeSchedule(admin, scheduleId);
    expect(await access.schedules(admin)).toEqual([]);
  });
});
