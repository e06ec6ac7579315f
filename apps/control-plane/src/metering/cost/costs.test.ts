import type { ProfileName } from '@strongroom/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hours, type MeteringBench, openMeteringBench } from '../testing/metering-bench.ts';

let bench: MeteringBench;
beforeEach(async () => {
  bench = await openMeteringBench({
    budgets: { perPerson: 20, teams: [{ team: 'risk', monthlyAmount: 100 }] },
  });
});
afterEach(() => bench.state.destroy());

async function runFor(duration: number, ...asked: Parameters<MeteringBench['run']>) {
  const app = await bench.run(...asked);
  bench.pass(duration);
  await bench.apps.ended(app.appId);
  return app;
}

const named = (name: string, hourCount: number, amount: number) =>
  expect.objectContaining({ name, amount, hours: hourCount });

describe('the cost of a month', () => {
  it('is told by person, team, image and type, with what runs, and without studios’ servers', async () => {
    await runFor(hours(2), 'alice');
    await runFor(hours(1), 'bob', 'ml.g4dn.xlarge');
    await runFor(hours(5), 'carol', 'ml.t3.medium');
    await runFor(hours(5), 'carol', 'system', 'JupyterServer');
    await bench.run('alice');
    bench.pass(hours(1));
    const cost = await bench.costs.month(undefined);
    expect(cost.total).toMatchObject({ hours: 9, amount: 13 });
    expect(cost.byPerson).toEqual([
      named('bob', 1, 10),
      named('alice', 3, 3),
      named('carol', 5, 0),
    ]);
    expect(cost.byTeam).toEqual([named('risk', 4, 13), named('platform', 5, 0)]);
    expect(cost.byImage).toEqual([named('host-python', 9, 13)]);
    expect(cost.byInstanceType.map(({ name }) => name)).toEqual([
      ...['ml.g4dn.xlarge', 'ml.m5.large', 'ml.t3.medium'],
    ]);
  });

  it('of one person holds nothing of others but what their team’s budget has used', async () => {
    await runFor(hours(2), 'alice');
    await runFor(hours(3), 'bob');
    const cost = await bench.costs.month(undefined, 'alice' as ProfileName);
    expect(JSON.stringify({ ...cost, budgets: [] })).not.toContain('bob');
    expect(cost.total.amount).toBe(2);
    expect(cost.budgets).toMatchObject([
      { kind: 'person', name: 'alice', usedAmount: 2 },
      { kind: 'team', name: 'risk', usedAmount: 5 },
    ]);
  });

  it('is told by days, an app that ran over midnight on each of them', async () => {
    bench.at.time = Date.parse('2026-03-02T23:00:00Z');
    await runFor(hours(3), 'alice');
    const { days } = await bench.costs.month('2026-03');
    expect(days).toEqual([
      { day: '2026-03-01', hours: 0, amount: 0 },
      { day: '2026-03-02', hours: 1, amount: 1 },
      { day: '2026-03-03', hours: 2, amount: 2 },
    ]);
  });

  it('ends with the month, and goes on in the next', async () => {
    bench.at.time = Date.parse('2026-03-31T22:00:00Z');
    await runFor(hours(5), 'alice');
    const amountIn = async (month: string) => (await bench.costs.month(month)).total.amount;
    expect([await amountIn('2026-03'), await amountIn('2026-04')]).toEqual([2, 3]);
    expect((await bench.costs.studio('alice' as ProfileName)).amount).toBe(3);
  });

  it('foresees the month’s end at the pace so far, and nothing of a month that is over', async () => {
    bench.at.time = Date.parse('2026-04-10T00:00:00Z');
    await runFor(hours(24), 'alice');
    expect((await bench.costs.month('2026-04')).forecastAmount).toBeCloseTo(72);
    expect((await bench.costs.month('2026-03')).forecastAmount).toBeNull();
  });

  it('counts idle hours', async () => {
    const app = await bench.run('alice');
    bench.pass(hours(4));
    bench.meter.addIdle(app.appId, hours(3));
    expect((await bench.costs.month(undefined)).total.idleHours).toBe(3);
    await bench.apps.ended(app.appId);
    expect((await bench.costs.month(undefined)).total.idleHours).toBe(3);
  });

  it('is the same after a restart', async () => {
    await runFor(hours(2), 'alice');
    bench.at.time = Date.parse('2026-03-12T23:30:00Z');
    await runFor(hours(1), 'alice');
    const { state, at } = bench;
    const next = await openMeteringBench({ state, at: { ...at, now: 0 } });
    expect((await next.costs.month(undefined)).total.amount).toBe(3);
    expect((await next.costs.studio('alice' as ProfileName)).amount).toBe(3);
  });
});

describe('the lines of a month', () => {
  it('are one for each app, whose names no spreadsheet takes for a formula', async () => {
    await bench.run('alice', 'system', 'JupyterServer');
    bench.people.set('bob', { ...bench.people.get('bob'), team: '=1+1' } as never);
    await runFor(hours(1), 'bob');
    const { lines } = await bench.costs.csv('2026-03');
    const [head, bob, server] = [...lines];
    expect(head).toContain('profileName,team,imageName,instanceType');
    expect(bob).toContain("bob,'=1+1,host-python,ml.m5.large");
    expect(bob).toMatch(/,1,0,1,1,USD\r\n$/);
    expect(server).toMatch(/,system,2026-03-10T12:00:00.000Z,,1,0,,0,USD\r\n$/);
  });
});
