import { describe, expect, it } from 'vitest';
import { replayTrace, WatchBench } from './testing/replay-trace.ts';
import { idlePython, traces } from './testing/traces.ts';

const idle = (minutes: number) => ({ minutes, cpu: idlePython });

describe('labelled traces', () => {
  it('are thirty of work at least, and several idle ones', () => {
    expect(traces.filter(({ label }) => label === 'work').length).toBeGreaterThanOrEqual(30);
    expect(traces.filter(({ label }) => label !== 'work').length).toBeGreaterThanOrEqual(8);
  });

  // The shortest pause of those that work with pauses is nine minutes.
  const cases = [12, 60].flatMap((idleMinutes) =>
    traces.map((trace) => ({ ...trace, idleMinutes, trace })),
  );
  it.each(cases)('$name, $idleMinutes minutes', async ({ trace, label, idleMinutes }) => {
    const { wrongStops, endedAfterMinutes } = await replayTrace(trace, idleMinutes);
    expect(wrongStops).toBe(0);
    if (label === 'work') expect(endedAfterMinutes).toBeUndefined();
    else {
      expect(endedAfterMinutes).toBeGreaterThanOrEqual(idleMinutes - 0.1);
      // One look later at most.
      expect(endedAfterMinutes).toBeLessThanOrEqual(idleMinutes + 2.2);
    }
  });
});

describe('an idle app', () => {
  it('is ended with a reason in both languages, and written down first', async () => {
    const bench = new WatchBench({ idleMinutes: 60 });
    const { appId } = bench.start();
    await bench.pass(idle(62));
    expect(bench.ended).toMatchObject([{ appId, ending: { told: { english: /60 minutes/ } } }]);
    expect(bench.ended[0]?.ending.told?.korean).toContain('60분');
    expect(bench.audit.of('app-ended-idle')).toMatchObject([
      { target: 'alice', appId, idleMinutes: 60 },
    ]);
  });

  it('is told of its end before, and can be kept', async () => {
    const bench = new WatchBench({ idleMinutes: 60 });
    const { appId } = bench.start();
    await bench.pass(idle(50));
    expect(bench.endsAt(appId)).toBeUndefined();
    await bench.pass(idle(6));
    const endsAt = bench.endsAt(appId)?.getTime() ?? 0;
    expect((endsAt - bench.time) / 60_000).toBeCloseTo(4, 0);
    bench.watch.keepRunning(appId);
    expect(bench.endsAt(appId)).toBeUndefined();
    await bench.pass(idle(50));
    expect(bench.ended).toEqual([]);
    await bench.pass(idle(12));
    expect(bench.ended).toHaveLength(1);
  });

  it('is not told of its end any more once it works', async () => {
    const bench = new WatchBench({ idleMinutes: 60 });
    const { appId } = bench.start();
    await bench.pass(idle(57));
    expect(bench.endsAt(appId)).toBeDefined();
    await bench.pass({ minutes: 0.1, cpu: idlePython, isBusy: true });
    expect(bench.endsAt(appId)).toBeUndefined();
  });

  it('is not ended where it cannot be written down, and is as soon as it can', async () => {
    const bench = new WatchBench({ idleMinutes: 10 });
    bench.start();
    bench.audit.canWrite = false;
    await bench.pass(idle(15));
    expect(bench.ended).toEqual([]);
    bench.audit.canWrite = true;
    await bench.pass(idle(1));
    expect(bench.ended).toHaveLength(1);
  });

  it('is not ended because the clock on the wall was put forward', async () => {
    const bench = new WatchBench({ idleMinutes: 60, maximumHours: 8 });
    bench.start();
    await bench.pass(idle(10));
    bench.time += 24 * 3_600_000;
    await bench.pass(idle(10));
    expect(bench.ended).toEqual([]);
  });

  it('is ended at the next look where a new domain file gives it less time', async () => {
    const bench = new WatchBench({ idleMinutes: 60 });
    bench.start();
    await bench.pass(idle(30));
    bench.setRules({ idleMinutes: 20 });
    await bench.pass(idle(0.2));
    expect(bench.ended).toMatchObject([{ ending: { told: { english: /20 minutes/ } } }]);
  });

  it('is never ended on a type without a rule, and its idle time is counted', async () => {
    const bench = new WatchBench({});
    const { appId } = bench.start();
    await bench.pass(idle(600));
    expect(bench.ended).toEqual([]);
    expect([bench.endsAt(appId), bench.watch.lifetimeEndsAt(appId)]).toEqual([
      undefined,
      undefined,
    ]);
    expect(bench.idleMilliseconds / 60_000).toBeGreaterThan(590);
  });

  it('is not ended where nothing can be measured of it', async () => {
    const bench = new WatchBench({ idleMinutes: 10 });
    bench.start({ sandbox: { usage: () => Promise.reject(new Error('gone')) } });
    await bench.pass(idle(60));
    expect(bench.ended).toEqual([]);
  });

  it('is judged from the moment at which it is in service', async () => {
    const bench = new WatchBench({ idleMinutes: 10 });
    const app = bench.start({ stage: 'starting-sandbox' });
    await bench.pass(idle(30));
    expect(bench.ended).toEqual([]);
    bench.apps = [{ ...app, stage: 'running' }];
    await bench.pass(idle(9.5));
    expect(bench.ended).toEqual([]);
    await bench.pass(idle(1));
    expect(bench.ended).toHaveLength(1);
  });

  it('that waits in the queue is not judged', async () => {
    const bench = new WatchBench({ idleMinutes: 10, maximumHours: 1 });
    bench.start({ stage: 'queued', sandbox: undefined });
    await bench.pass(idle(120));
    expect(bench.ended).toEqual([]);
  });

  it('that is a studio’s server lives as long as one of its kernels', async () => {
    const bench = new WatchBench({ idleMinutes: 10 });
    bench.start({ appType: 'JupyterServer', kernelId: null, appId: 'b'.repeat(32) as never });
    const kernel = bench.start({ instanceType: 'ml.without.rule' });
    await bench.pass(idle(60));
    expect(bench.ended).toEqual([]);
    bench.end(kernel.appId);
    await bench.pass(idle(9.9));
    expect(bench.ended).toEqual([]);
    await bench.pass(idle(0.5));
    expect(bench.ended).toMatchObject([{ appId: 'b'.repeat(32) }]);
  });
});

describe('the longest permitted life', () => {
  it('ends also what works, by a time that was told from the start', async () => {
    const bench = new WatchBench({ maximumHours: 8 });
    const { appId } = bench.start();
    await bench.pass({ minutes: 1, cpu: 1, isBusy: true });
    const endsAt = bench.watch.lifetimeEndsAt(appId)?.getTime() ?? 0;
    expect((endsAt - bench.time) / 3_600_000).toBeCloseTo(8, 1);
    await bench.pass({ minutes: 8 * 60 - 3, cpu: 1, isBusy: true });
    expect(bench.ended).toEqual([]);
    await bench.pass({ minutes: 3, cpu: 1, isBusy: true });
    expect(bench.ended).toMatchObject([{ appId, ending: { told: { korean: /8시간/ } } }]);
    // A job's kernel is ended by the same rule: to run one would be no advice.
    expect(bench.ended[0]?.ending.told?.english).not.toMatch(/\bjobs?\b/);
    expect(bench.ended[0]?.ending.told?.korean).not.toMatch(/작업\(Job\)/);
    expect(bench.audit.of('app-ended-lifetime')).toMatchObject([{ appId, maximumHours: 8 }]);
  });
});
