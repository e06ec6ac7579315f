import { beforeEach, expect, it } from 'vitest';
import type { AppsNow } from '../api/compute-api.ts';
import { app, kernelId } from '../testing/answers.ts';
import { RunningApps } from './running-apps.ts';

const at = new Date('2026-11-28T10:00:05.000Z');
let answer: () => Promise<AppsNow>;
let askedCount: number;
let isLookedAt: boolean;
let scheduled: { ask: () => void; milliseconds: number } | undefined;
let apps: RunningApps;

beforeEach(() => {
  answer = async () => ({ apps: [app], at });
  askedCount = 0;
  isLookedAt = true;
  scheduled = undefined;
  apps = new RunningApps({
    api: {
      apps: () => {
        askedCount += 1;
        return answer();
      },
    },
    isLookedAt: () => isLookedAt,
    now: () => at.getTime() - 2_000,
    schedule: (ask, milliseconds) => {
      scheduled = { ask, milliseconds };
      return () => {
        scheduled = undefined;
      };
    },
  });
});

/** Runs what was waited for, and resolves when the next is waited for. */
async function tick(): Promise<number> {
  const due = scheduled;
  scheduled = undefined;
  due?.ask();
  await expect.poll(() => scheduled).toBeDefined();
  return (scheduled as { milliseconds: number } | undefined)?.milliseconds ?? Number.NaN;
}

it('asks while somebody watches, and not after', async () => {
  const leave = apps.watch();
  expect(scheduled?.milliseconds).toBe(0);
  expect(await tick()).toBe(3_000);
  expect(apps.ofKernel(kernelId)).toEqual(app);
  leave();
  leave();
  expect(scheduled).toBeUndefined();
});

it('asks nothing while nobody looks', async () => {
  isLookedAt = false;
  apps.watch();
  await tick();
  expect(askedCount).toBe(0);
});

it('asks each second while something starts', async () => {
  answer = async () => ({ apps: [{ ...app, stage: 'queued' }], at });
  apps.watch();
  expect(await tick()).toBe(1_000);
});

it('knows the time of the platform', async () => {
  await apps.refresh();
  expect(apps.now).toBe(at.getTime());
});

it('shows nothing as if it were now where it is not answered', async () => {
  await apps.refresh();
  answer = () => Promise.reject(new Error('away'));
  await apps.refresh();
  expect(apps.apps).toEqual([]);
});

it('finds what is starting before Lab knows its kernel', async () => {
  const older = { ...app, startedAt: '2026-11-28T09:00:00.000Z', stage: 'queued' as const };
  const other = { ...app, kernelId: 'k2', instanceType: 'ml.m5.large' } as typeof app;
  answer = async () => ({ apps: [older, other], at });
  await apps.refresh();
  const wanted = {
    imageName: 'data-science',
    instanceType: undefined,
    knownKernelIds: new Set(''),
  };
  expect(apps.startingOn(wanted)).toEqual(other);
  expect(apps.startingOn({ ...wanted, knownKernelIds: new Set(['k2']) })).toEqual(older);
  expect(apps.startingOn({ ...wanted, instanceType: 'ml.c5.large' })).toBeUndefined();
  expect(apps.startingOn({ ...wanted, imageName: 'r-base' })).toBeUndefined();
});
