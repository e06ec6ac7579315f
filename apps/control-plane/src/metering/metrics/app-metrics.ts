import type { AppId } from '@strongroom/contracts';
import { Counter, Histogram, type Registry } from 'prom-client';
import type { AppObserver } from '../../studios/app-observer.ts';
import type { NewApp } from '../../studios/app-store.ts';

type Asked = Pick<NewApp, 'appType' | 'instanceType'> & { readonly at: number };

/** A launch that was asked for, until it runs or has failed. A kernel that waits for a GPU counts its wait. */
export class AppMetrics implements AppObserver {
  readonly #now: () => number;
  readonly #asked = new Map<AppId, Asked>();
  readonly #launches: Counter<'app_type' | 'instance_type' | 'outcome'>;
  readonly #seconds: Histogram<'app_type'>;

  constructor(registry: Registry, now: () => number = () => performance.now()) {
    this.#now = now;
    this.#launches = new Counter({
      name: 'strongroom_launches_total',
      help: 'Apps that were started, or could not be, since the control plane started.',
      labelNames: ['app_type', 'instance_type', 'outcome'],
      registers: [registry],
    });
    this.#seconds = new Histogram({
      name: 'strongroom_launch_seconds',
      help: 'From the decision to start an app until it runs.',
      labelNames: ['app_type'],
      buckets: [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 600, 3600],
      registers: [registry],
    });
  }

  async added({ appId, appType, instanceType }: NewApp): Promise<void> {
    this.#asked.set(appId, { appType, instanceType, at: this.#now() });
  }

  async started(appId: AppId): Promise<void> {
    const asked = this.#count(appId, 'started');
    if (asked === undefined) return;
    this.#seconds.observe({ app_type: asked.appType }, (this.#now() - asked.at) / 1000);
  }

  async ended(appId: AppId): Promise<void> {
    this.#count(appId, 'not-started');
  }

  #count(appId: AppId, outcome: 'started' | 'not-started'): Asked | undefined {
    const asked = this.#asked.get(appId);
    if (asked === undefined) return undefined;
    this.#asked.delete(appId);
    const { appType, instanceType } = asked;
    this.#launches.inc({ app_type: appType, instance_type: instanceType, outcome });
    return asked;
  }
}
