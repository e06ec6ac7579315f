import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type WebSocket from 'ws';
import { ApiClient } from '../support/api-client.ts';
import { type DomainWithPolicy, startDomainWithPolicy } from '../support/domain-with-policy.ts';
import { KernelClient } from '../support/kernel-client.ts';

const nothing = { Effect: 'Deny', Action: 'sagemaker:AddTags', Resource: '*' };
const denied = (Resource: string) => ({
  ...{ Sid: 'Frozen', Effect: 'Deny', Resource },
  Action: ['sagemaker:CreatePresignedDomainUrl', 'sagemaker:CreateApp'],
});

let running: DomainWithPolicy;
let alice: ApiClient;
let administrator: ApiClient;

beforeAll(async () => {
  running = await startDomainWithPolicy(nothing);
  const { domain } = running;
  [alice, administrator] = [new ApiClient(domain), new ApiClient(domain)];
  await alice.firstSignIn('alice', domain.oneTimePasswords.get('alice') ?? '');
  await administrator.firstSignIn('admin', domain.oneTimePasswords.get('admin') ?? '');
});
afterAll(() => running.domain.remove());

interface Opened {
  readonly closed: Promise<unknown>[];
}

/** A kernel, a terminal and the events of a studio that runs. */
async function openEverything(): Promise<Opened> {
  await alice.openStudio('alice');
  const kernel = await KernelClient.start(alice, 'alice');
  const terminal = await alice.studio('alice', '/api/terminals', { method: 'POST', body: {} });
  const paths = [`/terminals/websocket/${terminal.json.name}`, '/api/events/subscribe'];
  const sockets = await Promise.all(paths.map((path) => opened(alice.webSocket('alice', path))));
  return { closed: [kernel.closed(), ...sockets.map((socket) => once(socket, 'close'))] };
}

async function opened(socket: WebSocket): Promise<WebSocket> {
  await once(socket, 'open');
  return socket;
}

interface AppOfApi {
  readonly profileName: string;
  readonly appType: string;
  readonly endedAt: string | null;
}

async function runningApps(): Promise<string[]> {
  const { apps }: { apps: AppOfApi[] } = (await administrator.console('/api/apps')).json;
  const hers = apps.filter((app) => app.profileName === 'alice' && app.endedAt === null);
  return [...new Set(hers.map(({ appType }) => appType))].sort();
}

/** Pages, WebSockets, terminals, kernels and the server itself, within five seconds of now. */
async function allOver({ closed }: Opened, status: number): Promise<void> {
  const endedAt = performance.now();
  await Promise.all(closed);
  expect((await alice.studio('alice', '/api/contents')).status).toBe(status);
  await expect.poll(runningApps, { timeout: 5_000 }).toEqual([]);
  expect(performance.now() - endedAt).toBeLessThan(5_000);
}

describe('within five seconds everything of a person ends', () => {
  it('whose studio a changed policy closes; and opens again once it is taken back', async () => {
    const everything = await openEverything();
    expect(await runningApps()).toEqual(['JupyterServer', 'KernelGateway']);
    await running.write(denied('*'));
    await allOver(everything, 403);
    await running.write(nothing);
    await expect.poll(async () => (await alice.launch('alice'))?.state).toBe('Ready');
  });

  it('where a policy ends by the time of day', async () => {
    const everything = await openEverything();
    const end = new Date(Date.now() + 3_000);
    await running.write({
      ...denied('*'),
      Condition: { DateGreaterThan: { 'aws:CurrentTime': end.toISOString() } },
    });
    await Promise.all(everything.closed);
    await expect.poll(runningApps, { timeout: 10_000 }).toEqual([]);
    expect(Date.now() - end.getTime()).toBeGreaterThan(0);
    expect(Date.now() - end.getTime()).toBeLessThan(7_000);
    await running.write(nothing);
    await expect.poll(async () => (await alice.launch('alice'))?.state).toBe('Ready');
  });

  it('alone the kernel, where a policy speaks of kernels', async () => {
    await openEverything();
    await running.write({
      ...{ Sid: 'NoKernels', Effect: 'Deny', Action: 'sagemaker:CreateApp' },
      Resource: 'arn:aws:sagemaker:*:*:app/*/alice/KernelGateway/*',
    });
    await expect.poll(runningApps, { timeout: 5_000 }).toEqual(['JupyterServer']);
    const refused = await alice.studio('alice', '/api/kernels', {
      ...{ method: 'POST', body: { name: 'python3' } },
    });
    expect(refused.status).toBeGreaterThanOrEqual(400);
    await running.write(nothing);
    await expect
      .poll(
        async () =>
          (
            await alice.studio('alice', '/api/kernels', {
              method: 'POST',
              body: { name: 'python3' },
            })
          ).status,
      )
      .toBe(201);
  });

  it('who is disabled', async () => {
    const everything = await openEverything();
    const body = { disabled: true };
    await administrator.console('/api/profiles/alice', { method: 'PATCH', body });
    await allOver(everything, 401);
  });
});
