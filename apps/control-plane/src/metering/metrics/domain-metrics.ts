import { Gauge, type Registry } from 'prom-client';
import type { Gpus } from '../../compute/gpus/gpus.ts';
import type { RunningApp } from '../../studios/running-app.ts';
import type { AppMeter } from '../app-meter.ts';
import type { Usage } from '../usage.ts';

export interface DomainMetricsSources {
  readonly runningApps: () => readonly RunningApp[];
  readonly gpuPool: Gpus['pool'];
  readonly meter: Pick<AppMeter, 'runningCount' | 'beatAgeSeconds'>;
  readonly usage: Pick<Usage, 'month' | 'amounts'>;
}

/** What is so at the moment of the question. No label names a person: whoever reads metrics reads no names. */
export function addDomainMetrics(registry: Registry, sources: DomainMetricsSources): void {
  const { runningApps, gpuPool, meter, usage } = sources;
  const registers = [registry];
  new Gauge({
    ...{ name: 'strongroom_apps', labelNames: ['app_type', 'instance_type', 'stage'], registers },
    help: 'Apps by stage, those that wait in the queue too.',
    collect() {
      this.reset();
      for (const { appType, instanceType, stage } of runningApps()) {
        this.inc({ app_type: appType, instance_type: instanceType, stage });
      }
    },
  });
  new Gauge({
    ...{ name: 'strongroom_gpus', labelNames: ['state'], registers },
    help: 'GPUs of this machine.',
    collect() {
      this.set({ state: 'free' }, gpuPool.freeCount);
      this.set({ state: 'held' }, gpuPool.all.length - gpuPool.freeCount);
    },
  });
  new Gauge({
    ...{ name: 'strongroom_queue_length', registers },
    help: 'Kernels that wait for a GPU.',
    collect() {
      this.set(gpuPool.waitingCount);
    },
  });
  new Gauge({
    ...{ name: 'strongroom_metered_apps', registers },
    help: 'Apps that the meter counts now.',
    collect() {
      this.set(meter.runningCount);
    },
  });
  new Gauge({
    ...{ name: 'strongroom_meter_heartbeat_age_seconds', registers },
    help: 'Since the meter was last written; what was used since would be lost by a kill.',
    collect() {
      this.set(meter.beatAgeSeconds);
    },
  });
  new Gauge({
    ...{ name: 'strongroom_month_amount', registers },
    help: 'What the month that runs has cost so far, in the currency of the price table.',
    async collect() {
      const month = await usage.month();
      let total = 0;
      for (const [key, amount] of usage.amounts(month)) {
        if (key.startsWith('person ')) total += amount;
      }
      this.set(total);
    },
  });
}
