import type { AppUsage } from '@strongroom/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { ComputeError } from '../api/compute-error.ts';
import { app, offered } from '../testing/answers.ts';
import { NotebookKernelThatAnswers } from '../testing/notebook-kernel-that-answers.ts';
import { NotebookCompute } from './notebook-compute.ts';
import { Offers } from './offers.ts';
import { RunningApps } from './running-apps.ts';

const larger = { kernelName: 'python3', instanceType: 'ml.m5.large' };
const now = Date.parse('2026-11-28T10:00:00.000Z');
let kernel: NotebookKernelThatAnswers;
let running: AppUsage[];
let kept: string[];
let isCut: boolean;
let notebook: NotebookCompute;

beforeEach(async () => {
  kernel = new NotebookKernelThatAnswers();
  running = [app];
  kept = [];
  isCut = false;
  const apps = new RunningApps({
    api: {
      apps: async () => {
        if (isCut) throw new ComputeError('Unreachable');
        return { apps: running, at: new Date(now) };
      },
    },
    ...{ isLookedAt: () => true, now: () => now, schedule: () => () => {} },
  });
  const offers = new Offers({ offers: async () => offered });
  await offers.ready();
  notebook = new NotebookCompute({
    ...{ kernel, offers, apps },
    api: {
      stop: async () => {},
      keepRunning: async (appId) => {
        kept.push(appId);
        running = running.map((each) => ({ ...each, idleEndsAt: null }));
      },
    },
  });
  await apps.refresh();
});

function kinds(): string[] {
  return notebook.notices.map(({ kind }) => kind);
}

async function run(part: Partial<AppUsage>): Promise<void> {
  running = [{ ...app, ...part }];
  await notebook.apps.refresh();
}

it('a kernel of a platform that does not answer is not connected, whatever Lab calls it', async () => {
  expect(notebook.state.kind).toBe('ready');
  isCut = true;
  await notebook.apps.refresh();
  expect(notebook.state.kind).toBe('disconnected');
  isCut = false;
  await notebook.apps.refresh();
  expect(notebook.state.kind).toBe('ready');
});

describe('what a notebook runs on', () => {
  it('is what the platform says, then what the notebook says, then the default', async () => {
    kernel.instanceType = 'ml.m5.large';
    expect(notebook.choice.instanceType).toBe('ml.t3.medium');
    running = [];
    await notebook.apps.refresh();
    expect(notebook.choice.instanceType).toBe('ml.m5.large');
    kernel.instanceType = undefined;
    expect(notebook.choice.instanceType).toBe('ml.t3.medium');
  });

  it('is written into the notebook once it has been changed', async () => {
    let isChanging: boolean | undefined;
    kernel.answer = async () => {
      isChanging = notebook.isChanging;
      expect(notebook.choice).toEqual(larger);
      expect(notebook.state.kind).toBe('starting-kernel');
    };
    await notebook.change(larger);
    expect(isChanging).toBe(true);
    expect(kernel.instanceType).toBe('ml.m5.large');
    expect(kinds()).toEqual([]);
  });

  it('stays as it was where the change failed, and says so', async () => {
    const error = new ComputeError('InstanceTypeBusy');
    kernel.answer = () => Promise.reject(error);
    await notebook.change(larger);
    expect(kernel.instanceType).toBeUndefined();
    expect(notebook.notices).toEqual([{ kind: 'not-changed', error }]);
    expect(notebook.state.kind).toBe('ready');
    expect(notebook.app).toEqual(app);
  });

  it('stays as it was, without a word, where the person calls the change off', async () => {
    kernel.answer = async () => {
      await notebook.cancelStart('c'.repeat(32));
      throw new ComputeError('AppNotFound');
    };
    await notebook.change(larger);
    expect(kernel.instanceType).toBeUndefined();
    expect(kinds()).toEqual([]);
  });

  it('is nothing where the person was asked and chose none, whatever Lab says', async () => {
    kernel.kernelId = undefined;
    kernel.become('initializing');
    expect(notebook.state.kind).toBe('starting-kernel');
    notebook.leaveWithoutKernel();
    expect(notebook.state.kind).toBe('none');
    const changing = notebook.change(larger);
    expect(notebook.state.kind).toBe('starting-kernel');
    await changing;
  });

  it('is changed once at a time', async () => {
    let count = 0;
    kernel.answer = async () => {
      count += 1;
    };
    await Promise.all([notebook.change(larger), notebook.change(larger)]);
    expect(count).toBe(1);
  });
});

describe('what a notebook tells', () => {
  it('is that its memory comes to its end', async () => {
    await run({ memoryBytes: 0.85 * app.memoryLimitBytes });
    expect(notebook.notices).toMatchObject([{ kind: 'memory', level: 'high' }]);
    await run({ memoryBytes: 0.95 * app.memoryLimitBytes });
    const [notice] = notebook.notices;
    expect(notice).toMatchObject({ kind: 'memory', level: 'critical' });
    if (notice !== undefined) notebook.dismiss(notice);
    expect(kinds()).toEqual([]);
  });

  it('is that it ran out of memory, until that is dismissed', () => {
    notebook.tellEnd({ isOutOfMemory: true, text: 'All memory is used.' });
    kernel.become('idle');
    expect(notebook.notices).toEqual([{ kind: 'out-of-memory', text: 'All memory is used.' }]);
    notebook.dismiss(notebook.notices[0] as never);
    expect(kinds()).toEqual([]);
  });

  it('is why it could not be started, in words of what is offered', async () => {
    kernel.kernelId = undefined;
    kernel.instanceType = 'ml.g4dn.xlarge';
    await notebook.tellDeath('Cannot start');
    expect(notebook.notices).toMatchObject([
      { kind: 'not-changed', error: { code: 'InstanceTypeUnavailable' } },
    ]);
    kernel.instanceType = 'ml.t3.medium';
    await notebook.tellDeath('The disk is full');
    expect(notebook.notices).toContainEqual({ kind: 'ended', text: 'The disk is full' });
  });

  it('is not that a start was called off: who left the line knows', async () => {
    kernel.kernelId = undefined;
    await notebook.cancelStart('app');
    await notebook.tellDeath('This kernel was stopped.');
    expect(kinds()).toEqual([]);
    await notebook.restart();
    await notebook.tellDeath('The disk is full');
    expect(kinds()).toEqual(['ended']);
  });

  it('is why it has ended, until it runs again', async () => {
    kernel.become('dead');
    await notebook.tellDeath('It was idle.');
    expect(notebook.state.kind).toBe('ended');
    expect(kinds()).toEqual(['ended']);
    kernel.become('restarting');
    expect(kinds()).toEqual([]);
  });

  it('is an idle end that comes, until it is kept running', async () => {
    await run({ idleEndsAt: new Date(now + 60_000).toISOString() });
    expect(notebook.notices).toMatchObject([{ kind: 'coming-end', end: { secondsLeft: 60 } }]);
    await notebook.keepRunning(app.appId);
    expect(kept).toEqual([app.appId]);
    expect(kinds()).toEqual([]);
  });

  it('is a newer image, once', async () => {
    await run({ hasNewerImage: true });
    expect(kinds()).toEqual(['newer-image']);
    notebook.dismiss(notebook.notices[0] as never);
    expect(kinds()).toEqual([]);
    await notebook.restart();
    expect(kernel.restartCount).toBe(1);
  });
});
