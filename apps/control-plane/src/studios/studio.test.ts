import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { enter, serverApp } from './testing/bench-actions.ts';
import { eventually } from './testing/eventually.ts';
import { processesOf } from './testing/processes-of.ts';
import {
  askAgent,
  type BenchOptions,
  openStudioBench,
  type StudioBench,
} from './testing/studio-bench.ts';

let bench: StudioBench;

afterEach(() => bench.close());

async function openBench(options: BenchOptions = {}) {
  bench = await openStudioBench(options);
  return bench.addPerson('alice');
}

describe('hibernation', () => {
  const soon = { domain: { hibernateAfterMinutes: 0.3 / 60 } };

  it('comes when nobody is connected, and the next request wakes the studio', async () => {
    const { person } = await openBench(soon);
    await enter(bench, person);
    await eventually(async () => (await serverApp(bench)).status).toBe('Deleted');
    expect((await serverApp(bench)).endReason).toMatch(/^Hibernated/);
    await eventually(() => processesOf(bench.dataFolder)).toEqual([]);
    expect(await askAgent(await enter(bench, person), '/awake')).toMatchObject({ path: '/awake' });
  });

  it.each([
    ['a visit', undefined],
    ['a kernel', { kernelCount: 1, terminalCount: 0 }],
    ['a terminal', { kernelCount: 0, terminalCount: 1 }],
  ])('waits for %s', async (_what, activity) => {
    const { person } = await openBench(soon);
    const visit = await bench.studios.visit(person, 'request');
    if (activity !== undefined) {
      await askAgent(visit.socketPath, '/do/tell', { notice: 'activity', ...activity });
      visit.leave();
    }
    await setTimeout(900);
    expect((await serverApp(bench)).status).toBe('InService');
    if (activity === undefined) visit.leave();
    else {
      await askAgent(visit.socketPath, '/do/tell', {
        ...{ notice: 'activity', kernelCount: 0, terminalCount: 0 },
      });
    }
    await eventually(async () => (await serverApp(bench)).status).toBe('Deleted');
  });
});
