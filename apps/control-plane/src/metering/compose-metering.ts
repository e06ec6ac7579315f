import type { Domain } from '@strongroom/domain';
import { Registry } from 'prom-client';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Clock } from '../clock.ts';
import type { Closers } from '../closers.ts';
import type { Gpus } from '../compute/gpus/gpus.ts';
import type { IdleWatch } from '../compute/idle-watch.ts';
import type { PriceBook } from '../compute/prices/price-book.ts';
import type { People } from '../identity/people.ts';
import type { State } from '../state/database.ts';
import type { AppObserver } from '../studios/app-observer.ts';
import type { StudioLog } from '../studios/studio-log.ts';
import type { Studios } from '../studios/studios.ts';
import type { AppMeter } from './app-meter.ts';
import { BudgetStore } from './budgets/budget-store.ts';
import { BudgetWarnings } from './budgets/budget-warnings.ts';
import { Budgets } from './budgets/budgets.ts';
import { Costs } from './cost/costs.ts';
import { Meter } from './meter.ts';
import { MeterStore } from './meter-store.ts';
import { AppMetrics } from './metrics/app-metrics.ts';
import { addDomainMetrics } from './metrics/domain-metrics.ts';
import { observers } from './observers.ts';
import { Usage } from './usage.ts';
import { WorkWatch } from './work/work-watch.ts';

export interface MeteringOptions {
  readonly domain: () => Domain;
  readonly state: State;
  readonly people: Pick<People, 'find' | 'list'>;
  readonly prices: PriceBook;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly log: StudioLog;
  readonly closers: Closers;
  /** The one that counts the trail, or a new one. */
  readonly registry?: Registry;
}

/** What the console asks. */
export interface ConsoleMetering {
  readonly costs: Pick<Costs, 'month' | 'csv'>;
  readonly budgets: Pick<Budgets, 'grant' | 'grants'>;
  /** In Prometheus' text format. */
  readonly metrics: () => Promise<string>;
}

export interface Metering extends ConsoleMetering {
  readonly costs: Costs;
  readonly budgets: Budgets;
  /** For the studios, which tell of each app. */
  readonly observer: AppObserver;
  /** Until when an earlier control plane lived that did not end its apps. */
  readonly lastAliveAt: Date | undefined;
  /** Counts and judges what runs, until the closers run. */
  follow(running: {
    readonly studios: Pick<Studios, 'runningApps' | 'endApp'>;
    readonly gpus: Gpus;
  }): IdleWatch;
}

/** What follows from what apps used: months, budgets and their warnings. */
export async function composeCosting(
  { domain, state, people, prices, audit, clock, log }: MeteringOptions,
  { meter, store }: { readonly meter: AppMeter; readonly store: MeterStore },
) {
  const priceOf = (instanceType: string) => prices.priceOf(instanceType);
  const usage = await Usage.open({ meter, store, clock });
  const budgetStore = new BudgetStore(state);
  const budgets = new Budgets({
    ...{ domain, people, meter, usage, store: budgetStore, priceOf, clock },
    audit: audit.metering,
  });
  const costs = new Costs({
    ...{ meter, store, usage, budgets, clock, prices: () => prices.prices },
  });
  const warnings = new BudgetWarnings({
    ...{ budgets, usage, store: budgetStore, audit: audit.metering, clock, log },
  });
  return { usage, budgets, costs, warnings };
}

/** Before the studios: what was left running is ended here too. */
export async function composeMetering(options: MeteringOptions): Promise<Metering> {
  const { domain, state, people, prices, audit, clock, log, closers } = options;
  const { registry = new Registry() } = options;
  const store = new MeterStore(state);
  const meter = await Meter.open({
    ...{ store, clock, log, priceOf: (instanceType) => prices.priceOf(instanceType) },
    teamOf: async (profileName) => (await people.find(profileName))?.team ?? '',
  });
  // Closed after the studios, whose apps it counts to their end.
  const beating = meter.start();
  closers.add(() => beating.close());
  const { usage, budgets, costs, warnings } = await composeCosting(options, { meter, store });
  // The meter first: what a budget gives back is in the meter by then.
  const observer = observers([meter, budgets, new AppMetrics(registry)]);
  return {
    ...{ costs, budgets, observer, lastAliveAt: meter.lastAliveAt },
    metrics: () => registry.metrics(),
    follow({ studios, gpus }) {
      const runningApps = () => studios.runningApps();
      addDomainMetrics(registry, { runningApps, gpuPool: gpus.pool, meter, usage });
      const watch = new WorkWatch({
        ...{ domain, gpuMeter: gpus.meter, meter, clock, log },
        runningApps: (profileName) => studios.runningApps(profileName),
        endApp: (profileName, appId, ending) => studios.endApp(profileName, appId, ending),
        audit: audit.metering,
      });
      meter.onStarted((app) => watch.started(app));
      meter.onEnded((app) => watch.ended(app));
      for (const part of [warnings, watch]) {
        const started = part.start();
        closers.add(() => started.close());
      }
      return watch;
    },
  };
}
