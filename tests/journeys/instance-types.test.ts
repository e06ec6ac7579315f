import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import { startComputeDomain } from '../support/compute-domain.ts';
import { KernelClient } from '../support/kernel-client.ts';
import type { RunningDomain } from '../support/running-domain.ts';

const patience = { timeout: 120_000, interval: 200 };
const mebibyte = 1024 * 1024;
/** What code sees of whose sandbox it is in; a kernel's own variables are none of it. */
const lookAround = `
import json, os, shutil
print(json.dumps({
  'names': sorted(name for name in dir() if not name.startswith('_') and name not in ('json', 'os', 'shutil')),
  'history': len(In), 'folder': os.getcwd(), 'user': os.environ['USER'],
  'temporary': os.listdir('/tmp'), 'shared': os.listdir('/dev/shm'), 'home': sorted(name for name in os.listdir('.') if not name.startswith('.')),
  'environment': sorted(os.environ), 'network': os.readlink('/proc/self/ns/net'),
  'processes': os.readlink('/proc/self/ns/pid'), 'threads': os.environ['OMP_NUM_THREADS'], 'temporaryBytes': shutil.disk_usage('/tmp').total,
}))`;

interface App {
  readonly appId: string;
  readonly appType: string;
  readonly kernelId: string | null;
  readonly stage: string;
  readonly instanceType: string;
  readonly profileName?: string;
}

let domain: RunningDomain;
let alice: ApiClient;
let bob: ApiClient;

async function enter(name: string): Promise<ApiClient> {
  const client = new ApiClient(domain);
  await client.firstSignIn(name, domain.oneTimePasswords.get(name) ?? '');
  await client.openStudio(name);
  return client;
}

beforeAll(async () => {
  domain = await startComputeDomain();
  alice = await enter('alice');
  bob = await enter('bob');
});
afterAll(() => domain.remove());

const appsOf = async (client: ApiClient, name: string): Promise<App[]> =>
  (await client.studio(name, '/strongroom/api/compute/apps')).json.apps;
const kernelsOf = async (client: ApiClient, name: string) =>
  (await appsOf(client, name)).filter(({ stage, kernelId }) => kernelId && stage === 'running');

async function openNotebook(client: ApiClient, name: string, path: string, kernel: object = {}) {
  const body = { path, name: path, type: 'notebook', kernel: { name: 'python3', ...kernel } };
  return client.studio(name, '/api/sessions', { method: 'POST', body });
}
const change = (sessionId: string, instance_type: string) =>
  alice.studio('alice', `/api/sessions/${sessionId}`, {
    method: 'PATCH',
    body: { kernel: { name: 'python3', instance_type } },
  });

const countOf = async (client: ApiClient, name: string) => (await kernelsOf(client, name)).length;

/** Of what it started: what `GET /api/cost.csv` says of the apps of one type. */
async function metered(client: ApiClient, type: string) {
  const { text } = await client.console('/api/cost.csv');
  const [head = '', ...lines] = text.trimEnd().split('\r\n');
  const columns = head.split(',');
  const cell = (line: string, name: string) => line.split(',')[columns.indexOf(name)] ?? '';
  return lines
    .filter((line) => cell(line, 'instanceType') === type)
    .map((line) => ({
      ...{ appId: cell(line, 'appId'), price: Number(cell(line, 'pricePerHour')) },
      ...{ startedAt: Date.parse(cell(line, 'startedAt')), endedAt: cell(line, 'endedAt') },
    }));
}

describe('kernels that are kept ready', () => {
  it('are handed over clean, each to its own person, and others take their place', async () => {
    const seen = [];
    for (const [client, name] of [
      [alice, 'alice'],
      [bob, 'bob'],
    ] as const) {
      await expect.poll(() => countOf(client, name), patience).toBe(2);
      const ready = (await kernelsOf(client, name)).map(({ kernelId }) => kernelId);
      const { json } = await openNotebook(client, name, 'first.ipynb');
      expect(ready).toContain(json.kernel.id);
      const kernel = await KernelClient.connect(client, name, json.kernel.id);
      const look = JSON.parse((await kernel.execute(lookAround)).printed);
      expect(look).toMatchObject({
        ...{ names: ['In', 'Out', 'exit', 'get_ipython', 'quit'], history: 2, user: name },
        ...{ folder: `/home/${name}`, temporary: [], shared: [], home: [] },
      });
      seen.push(look);
      await kernel.execute("open('mine.txt', 'w').write('x'); secret = 1");
      await expect.poll(() => countOf(client, name), patience).toBe(3);
    }
    expect(seen[0].network).not.toBe(seen[1].network);
    expect(seen[0].processes).not.toBe(seen[1].processes);
    expect(seen[0].environment).toEqual(seen[1].environment);
  });

  it('know nothing of the person’s other kernels', async () => {
    const { json } = await openNotebook(alice, 'alice', 'second.ipynb');
    const kernel = await KernelClient.connect(alice, 'alice', json.kernel.id);
    const { names } = JSON.parse((await kernel.execute(lookAround)).printed);
    expect(names).not.toContain('secret');
  });

  it('are not handed over where they have died meanwhile', async () => {
    await expect.poll(() => countOf(bob, 'bob'), patience).toBe(3);
    const used = (await bob.studio('bob', '/api/kernels')).json.map(({ id }: { id: string }) => id);
    const ready = (await appsOf(bob, 'bob')).filter(
      ({ kernelId }) => kernelId && !used.includes(kernelId),
    );
    for (const { appId } of ready) {
      const path = `/strongroom/api/compute/apps/${appId}`;
      expect((await bob.studio('bob', path, { method: 'DELETE' })).status).toBe(204);
    }
    const { json } = await openNotebook(bob, 'bob', 'second.ipynb');
    expect(ready.map(({ kernelId }) => kernelId)).not.toContain(json.kernel.id);
    const kernel = await KernelClient.connect(bob, 'bob', json.kernel.id);
    expect((await kernel.execute('print(6 * 7)')).printed).toBe('42\n');
  });
});

describe('a size', () => {
  let sessionId: string;
  let kernelId: string;

  beforeAll(async () => {
    const { json } = await openNotebook(alice, 'alice', 'sizes.ipynb');
    [sessionId, kernelId] = [json.id, json.kernel.id];
  });

  const look = async (id: string) => {
    const kernel = await KernelClient.connect(alice, 'alice', id);
    return JSON.parse((await kernel.execute(lookAround)).printed);
  };
  const appOf = async (id: string) =>
    (await appsOf(alice, 'alice')).find((app) => app.kernelId === id);
  const usedIds = async () =>
    (await alice.studio('alice', '/api/kernels')).json.map(({ id }: { id: string }) => id);

  it('is offered with its price, and what policy keeps from a person is not', async () => {
    const { instanceTypes } = (await alice.studio('alice', '/strongroom/api/compute')).json;
    expect(instanceTypes).toMatchObject([
      { instanceType: 'ml.t3.medium', pricePerHour: 0.05, isDefault: true },
      { instanceType: 'ml.m5.large', availability: 'available' },
      { instanceType: 'ml.g5.48xlarge', availability: 'unavailable' },
    ]);
    expect(instanceTypes[2].reason.korean).toMatch(/[가-힣]/);
  });

  it.each([
    ['that policy keeps from them', 'ml.m5.xlarge', 'AccessDenied'],
    ['that the domain does not have', 'ml.p5.48xlarge', 'AccessDenied'],
    ['that this machine cannot have', 'ml.g5.48xlarge', 'InstanceTypeUnavailable'],
  ])('%s leaves notebook and kernel as they were', async (_what, instanceType, code) => {
    const answer = await change(sessionId, instanceType);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.json.code).toBe(code);
    const session = (await alice.studio('alice', `/api/sessions/${sessionId}`)).json;
    expect(session.kernel.id).toBe(kernelId);
  });

  it('is another at the next choice, at once where a kernel is ready, and is charged for as that', async () => {
    const isReady = async (app: App) => !(await usedIds()).includes(app.kernelId);
    await expect
      .poll(async () => Promise.all((await kernelsOf(alice, 'alice')).map(isReady)), patience)
      .toContain(true);
    const ready = await kernelsOf(alice, 'alice');
    const changed = (await change(sessionId, 'ml.m5.large')).json.kernel.id;
    const before = ready.find((app) => app.kernelId === changed);
    expect(before).toMatchObject({ instanceType: 'ml.t3.medium' });
    // Its /tmp is as large as it was; nobody used it before.
    expect(await look(changed)).toMatchObject({
      ...{ names: ['In', 'Out', 'exit', 'get_ipython', 'quit'], history: 2, temporary: [] },
      ...{ threads: '2', temporaryBytes: 256 * mebibyte },
    });
    const kernel = await KernelClient.connect(alice, 'alice', changed);
    const filled = await kernel.execute('print(len(b"x" * (700 * 1024 ** 2)))');
    expect(filled.printed).toBe(`${700 * mebibyte}\n`);
    const app = await appOf(changed);
    expect(app).toMatchObject({
      ...{ instanceType: 'ml.m5.large', cpuLimit: 2, stage: 'running' },
      ...{ memoryLimitBytes: 1024 * mebibyte, pricePerHour: 0.1416 },
    });
    expect(app?.appId).not.toBe(before?.appId);
    const [larger] = await metered(alice, 'ml.m5.large');
    const usual = await metered(alice, 'ml.t3.medium');
    expect(larger).toMatchObject({ appId: app?.appId, price: 0.1416, endedAt: '' });
    const { endedAt = '' } = usual.find(({ appId }) => appId === before?.appId) ?? {};
    expect(Math.abs(Date.parse(endedAt) - (larger?.startedAt ?? 0))).toBeLessThan(1_000);
    // The kernel before ends behind the answer.
    await expect.poll(() => appOf(kernelId), patience).toBeUndefined();
  });

  it('that a kernel is started on is also that of its temporary folder', async () => {
    await alice.studio('alice', '/api/contents/work', {
      method: 'PUT',
      body: { type: 'directory' },
    });
    const { json } = await openNotebook(alice, 'alice', 'work/cold.ipynb', {
      instance_type: 'ml.m5.large',
    });
    expect((await look(json.kernel.id)).temporaryBytes).toBe(512 * mebibyte);
    await alice.studio('alice', `/api/sessions/${json.id}`, { method: 'DELETE' });
  });

  it('that is too small says which one is larger', async () => {
    const { json } = await openNotebook(alice, 'alice', 'hungry.ipynb');
    const kernel = await KernelClient.connect(alice, 'alice', json.kernel.id);
    await kernel.execute('1');
    const told = kernel.next(({ content }) => String(content?.text).includes('GiB'));
    kernel.send('x = []\nwhile True: x.append(bytearray(16 * 1024 * 1024))');
    expect((await told).content.text).toContain('ml.m5.large (1 GiB)');
  });
});

describe('what runs', () => {
  it('is ended by its person, and the kernel says why it is gone', async () => {
    const { json } = await openNotebook(alice, 'alice', 'ended.ipynb');
    const kernelId = json.kernel.id;
    const app = (await appsOf(alice, 'alice')).find((each) => each.kernelId === kernelId);
    const path = `/strongroom/api/compute/apps/${app?.appId}`;
    expect((await alice.studio('alice', path, { method: 'DELETE' })).status).toBe(204);
    const model = async () => (await alice.studio('alice', `/api/kernels/${kernelId}`)).json;
    await expect.poll(async () => (await model()).execution_state, patience).toBe('dead');
    expect((await model()).reason).toContain('stopped');
  });

  it('is everybody’s for an administrator, and nobody ends it from another studio', async () => {
    const admin = new ApiClient(domain);
    await admin.firstSignIn('admin', domain.oneTimePasswords.get('admin') ?? '');
    const { apps } = (await admin.console('/api/compute/apps')).json;
    const owners = new Set(apps.map(({ profileName }: App) => profileName));
    expect([...owners].sort()).toEqual(['alice', 'bob']);
    const [bobs] = await appsOf(bob, 'bob');
    const path = `/strongroom/api/compute/apps/${bobs?.appId}`;
    expect((await alice.studio('alice', path, { method: 'DELETE' })).status).toBe(404);
    expect((await appsOf(bob, 'bob')).map(({ appId }) => appId)).toContain(bobs?.appId);
  });
});
