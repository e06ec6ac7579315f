import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MeterStore } from '../../metering/meter-store.ts';
import { monthOf } from '../../metering/month.ts';
import { Usage } from '../../metering/usage.ts';
import { openState, type State } from '../../state/database.ts';
import { AppLedger } from './app-ledger.ts';
import { LedgerStore } from './ledger-store.ts';
import { alice, type FakePortal, openFakePortal } from './testing/open-fake-portal.ts';

let folder: string;
let state: State;
let opened: FakePortal;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'strongroom-ledger-'));
  state = await openState(join(folder, 'state.sqlite'));
  opened = await openFakePortal();
  await opened.portal.createSpace(alice, { instanceType: 'ml.t3.medium' });
});
afterEach(async () => {
  await opened.close();
  await state.destroy();
  await rm(folder, { recursive: true, force: true });
});

const at = (time: string) => new Date(`2026-01-05T${time}:00Z`);
const clock = () => opened.time.now;

async function openLedger() {
  const store = new MeterStore(state);
  const ledger = await AppLedger.open({
    ...{ store: new LedgerStore({ state, meterStore: store }), snapshot: opened.snapshot },
    ...{ clock, log: pino({ level: 'silent' }), teamOf: async () => 'risk-models' },
    priceOf: () => 0.5,
  });
  const usage = await Usage.open({ meter: ledger, store, clock });
  const amount = async () =>
    (await usage.slices(monthOf(clock()))).reduce((sum, each) => sum + each.amount, 0);
  const look = async (time: Date) => {
    opened.time.now = time;
    opened.snapshot.forget();
    await ledger.look();
    opened.time.now = time;
  };
  return { ledger, amount, look };
}

function startApp(time: Date): void {
  opened.fake.state.apps.push({
    ...{ SpaceName: 'alice', AppType: 'JupyterLab', AppName: 'default' },
    ...{ instanceType: 'ml.t3.medium', Status: 'InService', CreationTime: time.getTime() / 1000 },
  });
}

function endApp(lastSeen: Date | undefined): void {
  const app = opened.fake.state.apps.at(-1);
  if (app === undefined) throw new Error('No app runs');
  app.Status = 'Deleted';
  if (lastSeen !== undefined) app.LastHealthCheckTimestamp = lastSeen.getTime() / 1000;
}

describe('the cost of an app on SageMaker', () => {
  it('counts from the time that SageMaker gives, not from the first look', async () => {
    const { amount, look, ledger } = await openLedger();
    startApp(at('09:00'));
    await look(at('11:00'));
    expect(ledger.runningCount).toBe(1);
    expect(await amount()).toBeCloseTo(1);
  });

  it('ends at the last health check', async () => {
    const { amount, look } = await openLedger();
    startApp(at('09:00'));
    await look(at('10:00'));
    endApp(at('10:30'));
    await look(at('12:00'));
    expect(await amount()).toBeCloseTo(0.75);
  });

  it('ends at the last look that saw it where nothing else is known', async () => {
    const { amount, look } = await openLedger();
    startApp(at('09:00'));
    await look(at('10:00'));
    opened.fake.state.apps.length = 0;
    await look(at('12:00'));
    expect(await amount()).toBeCloseTo(0.5);
  });

  it('goes on over a time in which the portal did not run', async () => {
    startApp(at('09:00'));
    await (await openLedger()).look(at('10:00'));
    const { amount, look } = await openLedger();
    await look(at('13:00'));
    expect(await amount()).toBeCloseTo(2);
    const rows = await state.selectFrom('metered_apps').selectAll().execute();
    expect(rows).toHaveLength(1);
  });

  it('is counted once, also of an app that began and ended while nobody looked', async () => {
    startApp(at('09:00'));
    endApp(at('09:30'));
    await (await openLedger()).look(at('10:00'));
    const { amount, look } = await openLedger();
    await look(at('10:01'));
    expect(await amount()).toBeCloseTo(0.25);
  });

  it('is kept where SageMaker does not answer', async () => {
    const { ledger, amount, look } = await openLedger();
    startApp(at('09:00'));
    await look(at('10:00'));
    opened.snapshot.forget();
    opened.fake.fail('ListSpaces', { code: 'AccessDeniedException' });
    await ledger.lookInBackground();
    opened.time.now = at('11:00');
    expect(await amount()).toBeCloseTo(1);
  });
});
