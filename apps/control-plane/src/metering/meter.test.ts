import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hours, type MeteringBench, minutes, openMeteringBench } from './testing/metering-bench.ts';

let bench: MeteringBench;
beforeEach(async () => {
  bench = await openMeteringBench();
});
afterEach(() => bench.state.destroy());

/** As a new process finds what a killed one left: its own clock that only goes on begins anew. */
const afterKill = async () => {
  const { state, at } = bench;
  return openMeteringBench({ state, at: { ...at, now: 1 } });
};

describe('the meter', () => {
  it('has a record for each app from started to stopped, with its price and team at the start', async () => {
    const app = bench.newApp();
    await bench.apps.added(app);
    bench.pass(minutes(3));
    await bench.apps.started(app.appId);
    const { time } = bench.at;
    bench.people.set('alice', { ...bench.people.get('alice'), team: 'platform' } as never);
    bench.pass(minutes(10));
    await bench.apps.ended(app.appId);
    expect(await bench.rows()).toMatchObject([
      {
        ...{ app_id: app.appId, profile_name: 'alice', team: 'risk', price_per_hour: 1 },
        ...{ started_at: time, ended_at: time + minutes(10), metered_milliseconds: minutes(10) },
      },
    ]);
  });

  it('charges nothing for an app that never ran, nor for the studio’s own server', async () => {
    const waiting = bench.newApp();
    await bench.apps.added(waiting);
    await bench.apps.ended(waiting.appId);
    const server = await bench.run('alice', 'system', 'JupyterServer');
    await bench.apps.ended(server.appId);
    expect(await bench.rows()).toMatchObject([{ app_id: server.appId, price_per_hour: null }]);
  });

  it.each([
    ['goes back by a day', -hours(24)],
    ['jumps by a year', hours(24 * 365)],
  ])('measures the same where the clock %s', async (_what, jump) => {
    const app = await bench.run();
    bench.pass(minutes(5));
    bench.at.time += jump;
    await bench.meter.beat();
    bench.pass(minutes(5));
    await bench.apps.ended(app.appId);
    const [row] = await bench.rows();
    expect(row?.metered_milliseconds).toBe(minutes(10));
    expect(row?.ended_at).toBe((row?.started_at ?? 0) + minutes(10));
  });

  it('ends every app at the last heartbeat where the control plane was killed', async () => {
    await bench.run();
    bench.pass(minutes(2));
    await bench.run('bob');
    bench.pass(minutes(1));
    await bench.meter.beat();
    const lastBeat = bench.at.time;
    bench.pass(999);
    const next = await afterKill();
    expect((await next.rows()).map((row) => row.metered_milliseconds)).toEqual([
      minutes(3),
      minutes(1),
    ]);
    expect(next.meter.lastAliveAt?.getTime()).toBe(lastBeat);
    expect(next.meter.running()).toEqual([]);
  });

  it('charges nothing for an app that was killed before a heartbeat, and never less', async () => {
    bench.pass(minutes(2));
    await bench.run();
    const next = await afterKill();
    expect((await next.rows()).map((row) => row.metered_milliseconds)).toEqual([0]);
  });

  it('writes one row a second however many run, and none while nothing does', async () => {
    const beaten = async () =>
      (await bench.state.selectFrom('meter_heartbeat').selectAll().execute()).map(
        ({ elapsed }) => elapsed,
      );
    bench.pass(minutes(1));
    await bench.meter.beat();
    expect(await beaten()).toEqual([0]);
    for (let count = 0; count < 50; count += 1) await bench.run();
    await bench.meter.beat();
    expect(await beaten()).toEqual([minutes(1)]);
  });

  it('keeps what it cannot write, and writes it with a later heartbeat', async () => {
    const app = await bench.run();
    bench.pass(minutes(1));
    const { store } = bench;
    const end = store.end.bind(store);
    store.end = () => Promise.reject(new Error('No space is left'));
    await bench.apps.ended(app.appId);
    expect(await bench.rows()).toMatchObject([{ ended_at: null }]);
    store.end = end;
    bench.pass(minutes(1));
    await bench.meter.beat();
    expect(await bench.rows()).toMatchObject([{ metered_milliseconds: minutes(1) }]);
  });

  it('keeps idle time through a kill, by the minute', async () => {
    const app = await bench.run();
    bench.meter.addIdle(app.appId, minutes(4));
    bench.pass(minutes(10));
    for (let second = 0; second < 60; second += 1) await bench.meter.beat();
    const next = await afterKill();
    expect(await next.rows()).toMatchObject([
      { idle_milliseconds: minutes(4), metered_milliseconds: minutes(10) },
    ]);
  });
});
