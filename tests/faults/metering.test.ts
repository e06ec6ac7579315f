import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import { KernelClient } from '../support/kernel-client.ts';
import { type RunningDomain, startDomain } from '../support/running-domain.ts';

/** `ml.m5.large` is ended after six seconds without work; the prices are high, so that seconds show. */
const domainFile = `
domain: { name: metering, accountId: '123456789012', region: eu-central-1 }
server:
  listen: { address: 127.0.0.1, port: 8080 }
  consoleHostName: console.localhost
  studioHostName: '*.studio.localhost'
dataFolder: ./data
teams: [{ name: risk-models }, { name: platform }]
people:
  - { profileName: admin, displayName: Administrator, role: administrator, team: platform }
  - { profileName: alice, displayName: Alice, role: data-scientist, team: risk-models }
  - { profileName: bob, displayName: Bob, role: data-scientist, team: risk-models }
images:
  - { imageName: host-python, displayName: Python, rootFileSystem: host }
instanceTypes:
  - { instanceType: system, vcpuCount: 2, memoryMebibytes: 1024 }
  - { instanceType: ml.t3.medium, vcpuCount: 2, memoryMebibytes: 512, pricePerHour: 36 }
  - { instanceType: ml.m5.large, vcpuCount: 2, memoryMebibytes: 512, pricePerHour: 0, idleMinutes: 0.1 }
defaults: { imageName: host-python, instanceType: ml.t3.medium }
budgets: { people: [{ profileName: bob, monthlyAmount: 0.01 }] }
compute: { idleNoticeMinutes: 1 }
studios: { hibernateAfterMinutes: 60, prestart: nothing }
sessions: { idleMinutes: 60, absoluteHours: 12 }
acceptUnenforced: []
`;

const kernelCount = 20;
const beatMilliseconds = 1_000;
/** Twenty kernels on a machine that does other things too. */
const slowMilliseconds = 400_000;

let domain: RunningDomain;
afterEach(() => domain.remove());

async function signIn(profileName: string) {
  const client = new ApiClient(domain);
  const oneTimePassword = domain.oneTimePasswords.get(profileName) ?? '';
  return { client, password: await client.firstSignIn(profileName, oneTimePassword) };
}

async function start(client: ApiClient, profileName: string, instanceType: string) {
  return client.studio(profileName, '/api/kernels', {
    method: 'POST',
    body: { name: 'python3', instance_type: instanceType },
  });
}

/** Since the meter was last written. */
async function beatAgeSeconds(client: ApiClient): Promise<number> {
  const { text } = await client.console('/api/metrics');
  return Number(/^strongroom_meter_heartbeat_age_seconds (\S+)$/m.exec(text)?.[1]);
}

interface Line {
  readonly appId: string;
  readonly startedAt: number;
  readonly endedAt: number | undefined;
  readonly amount: number;
}

/** Of kernels alone. */
async function linesOf(client: ApiClient): Promise<Line[]> {
  const { text } = await client.console('/api/cost.csv');
  const [head = '', ...lines] = text.trimEnd().split('\r\n');
  const columns = head.split(',');
  return lines
    .map((line) => {
      const cells = line.split(',');
      return (name: string) => cells[columns.indexOf(name)] ?? '';
    })
    .filter((cell) => cell('appType') === 'KernelGateway')
    .map((cell) => ({
      ...{ appId: cell('appId'), startedAt: Date.parse(cell('startedAt')) },
      endedAt: cell('endedAt') === '' ? undefined : Date.parse(cell('endedAt')),
      amount: Number(cell('amount')),
    }));
}

describe('the meter', () => {
  it(
    'is right to the second where the control plane is killed while twenty apps run',
    async () => {
      domain = await startDomain({ domainFile });
      const { client: alice } = await signIn('alice');
      await alice.openStudio('alice');
      const asked = Array.from({ length: kernelCount }, () =>
        start(alice, 'alice', 'ml.t3.medium'),
      );
      for (const { status } of await Promise.all(asked)) expect(status).toBe(201);
      const admin = await signIn('admin');
      const running = await linesOf(admin.client);
      expect(running).toHaveLength(kernelCount);
      // After a heartbeat that has seen the last of them.
      await delay(beatMilliseconds);
      await expect.poll(() => beatAgeSeconds(admin.client), { timeout: 30_000 }).toBeLessThan(1);
      const killedAt = Date.now();
      await domain.kill();
      // Time in which nothing runs is nobody's to pay.
      await delay(3 * beatMilliseconds);
      domain = await domain.restart();
      const again = new ApiClient(domain);
      await again.signIn('admin', admin.password);
      const ended = await linesOf(again);
      expect(ended.map(({ appId }) => appId).sort()).toEqual(
        running.map(({ appId }) => appId).sort(),
      );
      for (const { startedAt, endedAt = Number.NaN, amount } of ended) {
        expect(endedAt).toBeGreaterThan(killedAt - 2 * beatMilliseconds);
        expect(endedAt).toBeLessThanOrEqual(killedAt + 100);
        expect(amount).toBeCloseTo((36 * (endedAt - startedAt)) / 3_600_000, 4);
      }
    },
    slowMilliseconds,
  );

  it('refuses what costs once a budget is used up, and ends what does nothing', async () => {
    domain = await startDomain({ domainFile });
    const { client: bob } = await signIn('bob');
    await bob.openStudio('bob');
    const costs = await start(bob, 'bob', 'ml.t3.medium');
    expect(costs.status).toBe(201);
    // An hour of it is set aside, and more than there is.
    const refused = await start(bob, 'bob', 'ml.t3.medium');
    expect([refused.status >= 400, refused.text.includes('budget')]).toEqual([true, true]);

    const works = await KernelClient.connect(bob, 'bob', (await free(bob)).json.id);
    const rests = await KernelClient.connect(bob, 'bob', (await free(bob)).json.id);
    const slept = works.execute('import time; time.sleep(15); print("slept")');
    await rests.execute('print("ready")');
    const apps = async () => {
      const { json } = await bob.studio('bob', '/strongroom/api/compute/apps');
      return new Map<string, { idleEndsAt: string | null }>(
        json.apps.map((app: { kernelId: string }) => [app.kernelId, app]),
      );
    };
    await expect
      .poll(async () => (await apps()).get(rests.kernelId)?.idleEndsAt, { timeout: 10_000 })
      .toBeTruthy();
    await expect
      .poll(async () => (await apps()).has(rests.kernelId), { timeout: 20_000 })
      .toBe(false);
    expect((await slept).printed).toBe('slept\n');
    const shown = (await bob.studio('bob', '/strongroom/api/cost')).json;
    expect(shown).toMatchObject({ hourlyAmount: 36, budgets: [{ name: 'bob', blocks: true }] });
    expect((await apps()).has(costs.json.id)).toBe(true);
  });
});

const free = (client: ApiClient) => start(client, 'bob', 'ml.m5.large');
