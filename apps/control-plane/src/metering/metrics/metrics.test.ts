import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { noGpus, runningApp } from '../../compute/testing/compute-for.ts';
import type { NewApp } from '../../studios/app-store.ts';
import { minutes, openMeteringBench } from '../testing/metering-bench.ts';
import { AppMetrics } from './app-metrics.ts';
import { countingTrail } from './audit-metrics.ts';
import { addDomainMetrics } from './domain-metrics.ts';

describe('metrics', () => {
  it('count launches with how long they took, and those that failed', async () => {
    const registry = new Registry();
    let now = 0;
    const apps = new AppMetrics(registry, () => now);
    const [first, second] = [newApp('a'), newApp('b')];
    await apps.added(first);
    await apps.added(second);
    now = 150;
    await apps.started(first.appId);
    await apps.ended(first.appId);
    await apps.ended(second.appId);
    const text = await registry.metrics();
    expect(text).toContain('outcome="started"} 1');
    expect(text).toContain('outcome="not-started"} 1');
    expect(text).toContain('strongroom_launch_seconds_bucket{le="0.2",app_type="KernelGateway"} 1');
    expect(text).toContain('strongroom_launch_seconds_sum{app_type="KernelGateway"} 0.15');
  });

  it('count what the trail holds, also what it holds as a number', async () => {
    const registry = new Registry();
    const trail = countingTrail({ append: async () => undefined as never }, registry);
    await trail.append({ event: 'access-denied', fields: {} });
    await trail.append({ event: 'access-denied', fields: { repeatedCount: 4 } });
    await trail.append({
      event: 'key-used',
      fields: { action: 'kms:Decrypt', outcome: 'refused' },
    });
    const text = await registry.metrics();
    expect(text).toContain('strongroom_audit_events_total{event="access-denied"} 5');
    expect(text).toContain('strongroom_key_calls_total{action="kms:Decrypt",outcome="refused"} 1');
  });

  it('do not count what the trail did not take', async () => {
    const registry = new Registry();
    const trail = countingTrail({ append: () => Promise.reject(new Error('full')) }, registry);
    await expect(trail.append({ event: 'access-denied', fields: {} })).rejects.toThrow('full');
    expect(await registry.metrics()).not.toContain('access-denied');
  });

  it('tell apps by stage and type, the queue, the meter and the month', async () => {
    const registry = new Registry();
    const { meter, usage, run, pass, state } = await openMeteringBench();
    await run('alice');
    pass(minutes(30));
    const stages = ['running', 'running', 'queued'] as const;
    const runningApps = () => stages.map((stage) => runningApp({ stage }));
    addDomainMetrics(registry, { runningApps, gpuPool: noGpus().pool, meter, usage });
    const text = await registry.metrics();
    for (const line of [
      'strongroom_apps{app_type="KernelGateway",instance_type="ml.t3.medium",stage="running"} 2',
      'strongroom_apps{app_type="KernelGateway",instance_type="ml.t3.medium",stage="queued"} 1',
      'strongroom_gpus{state="free"} 0',
      'strongroom_queue_length 0',
      'strongroom_metered_apps 1',
      'strongroom_meter_heartbeat_age_seconds 1800',
      'strongroom_month_amount 0.5',
    ]) {
      expect(text.split('\n')).toContain(line);
    }
    await state.destroy();
  });
});

function newApp(letter: string): NewApp {
  return {
    ...{ appId: letter.repeat(32) as never, appName: letter, profileName: 'alice' as never },
    ...{ appType: 'KernelGateway', imageName: 'host-python', instanceType: 'ml.t3.medium' },
  };
}
