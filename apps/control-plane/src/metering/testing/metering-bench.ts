import type { AppId, AppType, ProfileName } from '@strongroom/contracts';
import type { Domain } from '@strongroom/domain';
import { CollectedAudit } from '../../audit/testing/collected-audit.ts';
import type { Person } from '../../identity/person.ts';
import { openState, type State } from '../../state/database.ts';
import { collectLog } from '../../studios/testing/collected-log.ts';
import { newPerson } from '../../studios/testing/test-people.ts';
import { BudgetStore } from '../budgets/budget-store.ts';
import { BudgetWarnings } from '../budgets/budget-warnings.ts';
import { Budgets } from '../budgets/budgets.ts';
import { Costs } from '../cost/costs.ts';
import { Meter } from '../meter.ts';
import { MeterStore } from '../meter-store.ts';
import { observers } from '../observers.ts';
import { Usage } from '../usage.ts';

export const minutes = (count: number) => count * 60_000;
export const hours = (count: number) => minutes(60 * count);

/** What an hour of each type costs in these tests; of `ml.t3.medium` nothing is known. */
const prices = new Map([
  ['ml.m5.large', 1],
  ['ml.g4dn.xlarge', 10],
  ['ml.free.small', 0],
  ['system', 99],
]);

/** Times go where a test puts them: `time` is the clock on the wall, `now` the one that only goes on. */
export interface TestTime {
  time: number;
  now: number;
}

/** The meter and the budgets of a control plane, over a real database. */
export async function openMeteringBench(
  options: { state?: State; at?: TestTime; budgets?: Partial<Domain['budgets']> } = {},
) {
  const state = options.state ?? (await openState(':memory:'));
  const at = options.at ?? { time: Date.parse('2026-03-10T12:00:00Z'), now: 5_000 };
  const clock = () => new Date(at.time);
  const now = () => at.now;
  const log = collectLog();
  const audit = new CollectedAudit();
  const people = new Map<string, Person>(
    [
      newPerson('alice', 1, { team: 'risk' }),
      newPerson('bob', 2, { team: 'risk' }),
      newPerson('carol', 3, { team: 'platform' }),
    ].map((person) => [person.profileName, person]),
  );
  const everybody = {
    find: async (name: ProfileName) => people.get(name),
    list: async () => [...people.values()],
  };
  const domain = {
    budgets: { perPerson: undefined, people: [], teams: [], ...options.budgets },
    teams: ['risk', 'platform'].map((name) => ({ name, description: undefined })),
    prices: { currency: 'USD', tableFile: undefined, wonPerUnit: undefined },
  };
  const priceOf = (instanceType: string) => prices.get(instanceType) ?? null;
  const store = new MeterStore(state);
  const meter = await Meter.open({
    ...{ store, clock, now, log, priceOf },
    teamOf: async (name) => people.get(name)?.team ?? '',
  });
  const usage = await Usage.open({ meter, store, clock });
  const budgetStore = new BudgetStore(state);
  const budgets = new Budgets({
    ...{ domain: () => domain, people: everybody, meter, usage, store: budgetStore },
    ...{ priceOf, clock, now, audit: audit.log.metering },
  });
  const warnings = new BudgetWarnings({
    ...{ budgets, usage, store: budgetStore, audit: audit.log.metering, clock, log },
  });
  const costs = new Costs({
    ...{ meter, store, usage, budgets, clock },
    prices: () => ({ currency: 'USD', region: 'test', wonPerUnit: null }),
  });
  const apps = observers([meter, budgets]);
  let count = 0;

  const newApp = (profileName = 'alice', instanceType = 'ml.m5.large', appType?: AppType) => {
    count += 1;
    const appId = count.toString(16).padStart(32, '0') as AppId;
    return {
      ...{ appId, appName: `app-${count}`, appType: appType ?? 'KernelGateway' },
      ...{ profileName: profileName as ProfileName, imageName: 'host-python', instanceType },
    } as const;
  };

  return {
    ...{ state, at, people, domain, store, meter, usage, budgets, warnings, costs, apps },
    ...{ audit, log, newApp },
    /** An app that runs. */
    async run(...asked: Parameters<typeof newApp>) {
      const app = newApp(...asked);
      await apps.added(app);
      await apps.started(app.appId);
      return app;
    },
    pass(milliseconds: number) {
      at.time += milliseconds;
      at.now += milliseconds;
    },
    /** The code of a refusal, or `started` and its app runs. */
    async tryToStart(...asked: Parameters<typeof newApp>): Promise<string> {
      const app = newApp(...asked);
      try {
        await budgets.requireMeans(app.profileName, app);
      } catch (error) {
        return (error as { code: string }).code;
      }
      await apps.added(app);
      await apps.started(app.appId);
      return 'started';
    },
    rows: () => state.selectFrom('metered_apps').selectAll().orderBy('record_id').execute(),
  };
}

export type MeteringBench = Awaited<ReturnType<typeof openMeteringBench>>;
