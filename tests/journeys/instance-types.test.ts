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
  'processes': os.readlink('/proc/self/ns/pid'), 'temporaryBytes': shutil.disk_usage('/tmp').total,
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

describe('kernels that are kept ready', () => {
  const countOf = async (client: ApiClient, name: string) => (await kernelsOf(client, name)).length;

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

  const temporaryBytes = async (id: string) => {
    const kernel = await KernelClient.connect(alice, 'alice', id);
    return JSON.parse((await kernel.execute(lookAround)).printed).temporaryBytes;
  };

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

  it('is another at the next choice, as code in the kernel can see', async () => {
    expect(await temporaryBytes(kernelId)).toBe(256 * mebibyte);
    const changed = await change(sessionId, 'ml.m5.large');
    expect(await temporaryBytes(changed.json.kernel.id)).toBe(512 * mebibyte);
    const apps = await appsOf(alice, 'alice');
    expect(apps).toContainEqual(
      expect.objectContaining({
        ...{ kernelId: changed.json.kernel.id, instanceType: 'ml.m5.large', cpuLimit: 2 },
        ...{ memoryLimitBytes: 1024 * mebibyte, stage: 'running', pricePerHour: 0.1416 },
      }),
    );
    expect(apps.map((app) => app.kernelId)).not.toContain(kernelId);
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
