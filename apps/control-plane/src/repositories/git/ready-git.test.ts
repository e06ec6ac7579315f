import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { GitProcess, GitWork } from './git-sandboxes.ts';
import { ReadyGit } from './ready-git.ts';

const work: GitWork = { repositoryId: 'one', mode: 'read-only', script: 'exec git' };
const other: GitWork = { ...work, repositoryId: 'two' };

class StartedGit implements GitProcess {
  readonly input = new PassThrough();
  readonly output = new PassThrough();
  readonly channel = undefined;
  isStopped = false;
  readonly work: GitWork;
  readonly ended: GitProcess['ended'];
  #end: (outcome: Awaited<GitProcess['ended']>) => void = () => undefined;

  constructor(work: GitWork) {
    this.work = work;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  readonly complaint = () => '';
  readonly stop = () => {
    this.isStopped = true;
    this.#end({ exitCode: null, outOfMemory: false });
  };
}

let started: StartedGit[];
let isBusy: boolean;
let failure: Error | undefined;
let ready: ReadyGit;
const waiting = () => new AbortController();
const ask = (asked: GitWork, { signal } = waiting()) => ready.start({ ...asked, signal });

beforeEach(() => {
  vi.useFakeTimers();
  started = [];
  isBusy = false;
  failure = undefined;
  ready = new ReadyGit({
    async start(asked) {
      if (failure !== undefined) throw failure;
      const git = new StartedGit(asked);
      started.push(git);
      return git;
    },
    isBusy: () => isBusy,
  });
});
afterEach(async () => {
  await ready.close();
  vi.useRealTimers();
});

describe('Git that is ready', () => {
  it('is there for the next who asks for the same, and the one after it is prepared then', async () => {
    ready.prepare(work, 2);
    expect(started).toHaveLength(1);
    expect(await ask(work)).toBe(started[0]);
    expect(started).toHaveLength(2);
    expect(await ask(work)).toBe(started[1]);
    expect(started).toHaveLength(2);
    await ask(work);
    expect(started).toHaveLength(3);
  });

  it.each([
    ['of another repository', other],
    ['in another version', { ...work, environment: { GIT_PROTOCOL: 'version=1' } }],
    ['that may write', { ...work, mode: 'read-write' } as const],
    ['with another program', { ...work, script: 'exec git gc' }],
  ])('is not given for work %s', async (_, asked) => {
    ready.prepare(work, 1);
    expect(await ask(asked)).not.toBe(started[0]);
    expect(started[1]?.work).toMatchObject(asked);
  });

  it('is not given where it has ended meanwhile', async () => {
    ready.prepare(work, 1);
    await vi.advanceTimersByTimeAsync(0);
    started[0]?.stop();
    await started[0]?.ended;
    expect(await ask(work)).toBe(started[1]);
  });

  it('is started anew where it could not be prepared, and that failure is told', async () => {
    failure = new Error('No key');
    ready.prepare(work, 1);
    await expect(ask(work)).rejects.toBe(failure);
  });

  it('is stopped with who asked for it', async () => {
    const gone = waiting();
    ready.prepare(work, 1);
    await ask(work, gone);
    expect(started[0]?.isStopped).toBe(false);
    gone.abort();
    expect(started[0]?.isStopped).toBe(true);
  });

  it('is stopped where who asked is gone before it stands', async () => {
    const gone = waiting();
    ready.prepare(work, 1);
    const asking = ask(work, gone);
    gone.abort();
    await asking;
    expect(started[0]?.isStopped).toBe(true);
  });

  it('is stopped where nobody asks soon', async () => {
    ready.prepare(work, 1);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(started[0]?.isStopped).toBe(true);
    expect(await ask(work)).toBe(started[1]);
  });

  it('is not prepared where others need the room', async () => {
    isBusy = true;
    ready.prepare(work, 1);
    expect(started).toHaveLength(0);
  });

  it('is prepared a few times at most', () => {
    for (let count = 0; count < 20; count += 1) ready.prepare(work, 2);
    expect(started).toHaveLength(6);
  });

  it('is gone when all is closed, and none is prepared after that', async () => {
    ready.prepare(work, 1);
    await ready.close();
    expect(started[0]?.isStopped).toBe(true);
    ready.prepare(work, 1);
    expect(started).toHaveLength(1);
  });
});
