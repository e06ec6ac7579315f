import type { AppId, ProfileName } from '@strongroom/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { denying } from '../../policies/testing/authorize-for.ts';
import { type RunningConsole, runConsole } from '../testing/running-console.ts';

let running: RunningConsole;
beforeAll(async () => {
  running = await runConsole();
  for (const [index, profileName] of (['alice', 'bob'] as ProfileName[]).entries()) {
    const appId = String(index).repeat(32) as AppId;
    await running.metering.observer.added({
      ...{ appId, appType: 'KernelGateway', appName: `app-${index}`, profileName },
      ...{ imageName: 'host-python', instanceType: 'ml.t3.medium' },
    });
    await running.metering.observer.started(appId);
  }
});
beforeEach(() => {
  running.own.policies = [];
});
afterAll(() => running.close());

async function ask(profileName: string, path: string, body?: unknown) {
  const browser = await running.browserOf(profileName);
  return browser.send(path, body === undefined ? {} : { method: 'POST', body });
}
const peopleIn = async (profileName: string) => {
  const { json } = await ask(profileName, '/api/cost');
  return json.byPerson.map(({ name }: { name: string }) => name).sort();
};
const grant = (profileName: string, change: object = {}) =>
  ask(profileName, '/api/budgets/grants', {
    ...{ kind: 'person', name: 'alice', amount: 5, reason: 'A model is trained again' },
    ...change,
  });

describe('the cost of a month', () => {
  it('is everybody’s for administrators, and one’s own for all others', async () => {
    expect(await peopleIn('admin')).toEqual(['alice', 'bob']);
    expect(await peopleIn('alice')).toEqual(['alice']);
    expect((await ask('alice', '/api/cost.csv')).text).not.toContain('bob');
    expect((await ask('admin', '/api/cost.csv?month=2026-01')).text).toContain(',bob,');
  });

  it('is one’s own for an administrator whom a document denies the whole', async () => {
    running.own.policies = [denying({ Action: 'strongroom:ListCosts' })];
    expect(await peopleIn('admin')).toEqual([]);
    expect((await ask('admin', '/api/budgets/grants?month=2026-01')).status).toBe(403);
  });

  it('is nobody’s where a document denies it', async () => {
    running.own.policies = [
      denying({ Action: ['strongroom:ListCosts', 'strongroom:DescribeCost'] }),
    ];
    for (const path of ['/api/cost', '/api/cost.csv']) {
      expect((await ask('alice', path)).json.error.code).toBe('AccessDenied');
    }
  });

  it.each(['2026', '2026-13', '2026-1', "2026-01'--"])('is not told of "%s"', async (month) => {
    const answer = await ask('alice', `/api/cost?month=${encodeURIComponent(month)}`);
    expect(answer.json.error.code).toBe('InvalidRequest');
  });
});

describe('a grant', () => {
  it('is recorded with who gave it, how much and why', async () => {
    expect((await grant('admin')).status).toBe(204);
    const { grants } = (await ask('admin', '/api/budgets/grants?month=2026-01')).json;
    expect(grants).toMatchObject([{ name: 'alice', amount: 5, grantedBy: 'admin' }]);
    expect((await ask('alice', '/api/cost')).json.budgets).toMatchObject([
      { kind: 'person', name: 'alice', monthlyAmount: 100, grantedAmount: 5 },
    ]);
    expect(running.logged.join('')).toMatch(/"event":"budget-granted".*"target":"alice"/);
  });

  it('is nobody’s to give to themselves', async () => {
    const answer = await grant('admin', { name: 'admin' });
    expect(answer.json.error).toMatchObject({
      code: 'AccessDenied',
      values: { rule: 'own-budget' },
    });
    expect(running.logged.join('')).toMatch(/"event":"access-denied".*"rule":"own-budget"/);
  });

  it.each([
    ['alice', {}, 'AccessDenied'],
    ['admin', { name: 'zelda' }, 'ProfileNotFound'],
    ['admin', { kind: 'team', name: 'risk-models' }, 'InvalidRequest'],
    ['admin', { amount: -1 }, 'InvalidRequest'],
    ['admin', { reason: ' ' }, 'InvalidRequest'],
  ])('by %s of %j is refused', async (profileName, change, code) => {
    expect((await grant(profileName, change)).json.error.code).toBe(code);
  });

  it('is refused where a document denies it', async () => {
    running.own.policies = [denying({ Action: 'strongroom:GrantBudget' })];
    expect((await grant('admin')).json.error.code).toBe('AccessDenied');
  });
});

describe('metrics', () => {
  it('are for administrators, and name nobody', async () => {
    const answer = await ask('admin', '/api/metrics');
    expect(answer.text).toContain(
      'strongroom_launches_total{app_type="KernelGateway",instance_type="ml.t3.medium",outcome="started"} 2',
    );
    expect(answer.text).not.toMatch(/alice|bob/);
    expect((await ask('alice', '/api/metrics')).json.error.code).toBe('AccessDenied');
  });

  it('are denied by a document of the administrators', async () => {
    running.own.policies = [denying({ Action: 'strongroom:DescribeMetrics' })];
    expect((await ask('admin', '/api/metrics')).json.error.code).toBe('AccessDenied');
  });
});
