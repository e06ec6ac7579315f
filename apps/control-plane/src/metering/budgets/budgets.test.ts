import type { ProfileName } from '@strongroom/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import {
  hours,
  type MeteringBench,
  minutes,
  openMeteringBench,
} from '../testing/metering-bench.ts';

let bench: MeteringBench;
afterEach(() => bench.state.destroy());

const alice = 'alice' as ProfileName;
const admin = 'carol' as ProfileName;
const open = async (budgets: Parameters<typeof openMeteringBench>[0]) => {
  bench = await openMeteringBench(budgets);
};
const grant = (name: string, amount: number, kind: 'person' | 'team' = 'person') =>
  bench.budgets.grant(
    { kind, name, amount, reason: 'More work', grantedBy: admin },
    async () => undefined,
  );
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    ({ code }) => code,
  );

describe('a budget', () => {
  it('refuses what has a price once it is used up, and lets what is free and what runs go on', async () => {
    await open({ budgets: { perPerson: 2 } });
    const app = await bench.run('alice');
    bench.pass(hours(2));
    expect(await bench.tryToStart('alice')).toBe('BudgetReached');
    expect(await bench.tryToStart('alice', 'ml.free.small')).toBe('started');
    expect(await bench.tryToStart('alice', 'ml.t3.medium')).toBe('started');
    expect(await bench.tryToStart('bob')).toBe('started');
    expect(bench.meter.running().map(({ appId }) => appId)).toContain(app.appId);
    expect(bench.audit.of('budget-refused')).toMatchObject([
      { profileName: 'alice', target: 'alice', kind: 'person', instanceType: 'ml.m5.large' },
    ]);
  });

  it('of a team binds all of it, and nobody else', async () => {
    await open({ budgets: { teams: [{ team: 'risk', monthlyAmount: 1 }] } });
    await bench.run('alice');
    bench.pass(hours(1));
    expect(await bench.tryToStart('bob')).toBe('BudgetReached');
    expect(await bench.tryToStart('carol')).toBe('started');
  });

  it('of one person goes before the one for everybody, also where it is more', async () => {
    const people = [{ profileName: alice, monthlyAmount: 50 }];
    await open({ budgets: { perPerson: 0, people } });
    expect(await bench.tryToStart('alice')).toBe('started');
    expect(await bench.tryToStart('bob')).toBe('BudgetReached');
  });

  it('is not passed by two starts at once', async () => {
    await open({ budgets: { perPerson: 10 } });
    const app = await bench.run('alice', 'ml.g4dn.xlarge');
    bench.pass(minutes(57));
    await bench.apps.ended(app.appId);
    const tried = await Promise.all([1, 2, 3].map(() => bench.tryToStart('alice')));
    expect(tried.sort()).toEqual(['BudgetReached', 'BudgetReached', 'started']);
  });

  it('gets back what was set aside for a start that failed', async () => {
    await open({ budgets: { perPerson: 1 } });
    const failed = bench.newApp('alice');
    await bench.budgets.requireMeans(alice, failed);
    expect(await bench.tryToStart('alice')).toBe('BudgetReached');
    await bench.apps.added(failed);
    await bench.apps.ended(failed.appId);
    const forgotten = bench.newApp('alice');
    await bench.budgets.requireMeans(alice, forgotten);
    expect(await bench.tryToStart('alice')).toBe('BudgetReached');
    bench.pass(minutes(2));
    expect(await bench.tryToStart('alice')).toBe('started');
  });

  it('keeps what is set aside for one that waits, and asks it again when its turn comes', async () => {
    await open({ budgets: { perPerson: 1 } });
    const waiting = bench.newApp('alice');
    await bench.budgets.requireMeans(alice, waiting);
    await bench.apps.added(waiting);
    bench.pass(hours(5));
    expect(await bench.tryToStart('alice')).toBe('BudgetReached');
    await bench.budgets.requireMeans(alice, waiting);
    await bench.apps.started(waiting.appId);
    bench.pass(hours(2));
    expect(await codeOf(bench.budgets.requireMeans(alice, bench.newApp('alice')))).toBe(
      'BudgetReached',
    );
  });

  it('begins anew with each month, also after a restart', async () => {
    await open({ budgets: { perPerson: 2 } });
    const app = await bench.run('alice');
    bench.pass(hours(2));
    await bench.apps.ended(app.appId);
    const { state, at } = bench;
    const next = await openMeteringBench({ state, at, budgets: { perPerson: 2 } });
    expect(await next.tryToStart('alice')).toBe('BudgetReached');
    at.time = Date.parse('2026-04-01T00:00:00Z');
    expect(await next.tryToStart('alice')).toBe('started');
  });
});

describe('a grant', () => {
  it('raises the budget of the month that runs', async () => {
    await open({ budgets: { perPerson: 1 } });
    await bench.run('alice');
    bench.pass(hours(1));
    expect(await bench.tryToStart('alice')).toBe('BudgetReached');
    await grant('alice', 5);
    expect(await bench.tryToStart('alice')).toBe('started');
    expect(await bench.budgets.statesFor(alice)).toMatchObject([
      { monthlyAmount: 1, grantedAmount: 5, usedAmount: 1, reachedPercent: 0, blocks: false },
    ]);
    expect(await bench.budgets.grants('2026-03')).toMatchObject([{ amount: 5, grantedBy: admin }]);
    expect(await bench.budgets.grants('2026-04')).toEqual([]);
  });

  it('is for a budget that there is', async () => {
    await open({ budgets: { people: [{ profileName: alice, monthlyAmount: 1 }] } });
    expect(await codeOf(grant('zelda', 1))).toBe('ProfileNotFound');
    expect(await codeOf(grant('bob', 1))).toBe('InvalidRequest');
    expect(await codeOf(grant('risk', 1, 'team'))).toBe('InvalidRequest');
    expect(await codeOf(grant('alice', 1))).toBe('done');
  });

  it('does not count where it cannot be recorded', async () => {
    await open({ budgets: { perPerson: 1 } });
    const refused = bench.budgets.grant(
      { kind: 'person', name: 'alice', amount: 5, reason: 'More', grantedBy: admin },
      () => Promise.reject(new Error('No space is left')),
    );
    await expect(refused).rejects.toThrow();
    expect(await bench.budgets.grants('2026-03')).toEqual([]);
  });
});

describe('a warning', () => {
  const told = () =>
    bench.audit.of('budget-reached').map(({ target, reachedPercent }) => [target, reachedPercent]);

  it('comes once each at 50, 80 and 100 percent, and not again after a restart', async () => {
    await open({ budgets: { perPerson: 10 } });
    await bench.run('alice');
    for (const [hourCount, expected] of [
      [4, []],
      [5, [['alice', 50]]],
      [
        8,
        [
          ['alice', 50],
          ['alice', 80],
        ],
      ],
      [
        12,
        [
          ['alice', 50],
          ['alice', 80],
          ['alice', 100],
        ],
      ],
    ] as const) {
      bench.pass(hours(hourCount) - (bench.meter.running()[0]?.milliseconds ?? 0));
      await bench.warnings.look();
      await bench.warnings.look();
      expect(told()).toEqual(expected);
    }
    const { state, at } = bench;
    await bench.meter.beat();
    const next = await openMeteringBench({ state, at, budgets: { perPerson: 10 } });
    await next.warnings.look();
    expect(next.audit.events).toEqual([]);
  });

  it('comes anew where more was granted and that is reached', async () => {
    await open({ budgets: { perPerson: 10 } });
    await bench.run('alice');
    bench.pass(hours(10));
    await bench.warnings.look();
    await grant('alice', 10);
    bench.pass(hours(6));
    await bench.warnings.look();
    expect(told().slice(3)).toEqual([
      ['alice', 50],
      ['alice', 80],
    ]);
  });

  it('is not noted where it cannot be recorded', async () => {
    await open({ budgets: { perPerson: 10 } });
    await bench.run('alice');
    bench.pass(hours(5));
    bench.audit.canWrite = false;
    await bench.warnings.lookInBackground();
    bench.audit.canWrite = true;
    await bench.warnings.lookInBackground();
    expect(told()).toEqual([['alice', 50]]);
  });
});
