import { request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { AppId } from '@strongroom/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { IdentityEvents } from '../../identity/identity-events.ts';
import { openState, type State } from '../../state/database.ts';
import { type EndpointBench, openEndpointBench } from '../testing/endpoint-bench.ts';
import { testStudio } from '../testing/test-studio.ts';
import { ContainerCredentials } from './container-credentials.ts';
import { TemporaryCredentials } from './temporary-credentials.ts';

const alice = testStudio('alice');
const bob = { ...testStudio('bob'), appId: 'b'.repeat(32) as AppId };
const minute = 60_000;
let bench: EndpointBench;
let state: State;
let credentials: TemporaryCredentials;
let container: ContainerCredentials;
let events: IdentityEvents;
let now: number;
let ports: { alice: number; bob: number };

beforeEach(async () => {
  bench = await openEndpointBench();
  state = await openState(join(bench.dataFolder, 'state.sqlite'));
  now = Date.now();
  const clock = () => new Date(now);
  credentials = await TemporaryCredentials.open({ state, clock, dataFolder: bench.dataFolder });
  events = new IdentityEvents();
  container = new ContainerCredentials({
    ...{ credentials, events, clock, flowLog: bench.flows, log: bench.log },
    executionRoleArn: (profileName) => `arn:aws:iam::123456789012:role/strongroom/${profileName}`,
  });
  ports = {
    alice: await bench.listenFor(container.handle, { studio: alice, destinationPort: 80 }),
    bob: await bench.listenFor(container.handle, { studio: bob, destinationPort: 80 }),
  };
});
afterEach(async () => {
  container.close();
  bench.close();
  await state.destroy();
});

async function ask(port: number, path: string, more: { method?: string; host?: string } = {}) {
  const { method = 'GET', host = '169.254.170.2' } = more;
  const asked = request({ port, host: '127.0.0.1', path, method, headers: { host }, agent: false });
  const response = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
    asked.on('response', resolve).on('error', reject).end();
  });
  const body = await text(response);
  return { status: response.statusCode, body };
}

async function set(port: number, path: string): Promise<Record<string, string>> {
  const { status, body } = await ask(port, path);
  expect(status).toBe(200);
  return JSON.parse(body) as Record<string, string>;
}

describe("a container's credentials", () => {
  it('are what AWS SDKs expect, and good for their studio', async () => {
    const answer = await set(ports.alice, container.begin(alice));
    expect(Object.keys(answer).sort()).toEqual([
      ...['AccessKeyId', 'Expiration', 'RoleArn', 'SecretAccessKey', 'Token'],
    ]);
    expect(answer.Expiration).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(answer.RoleArn).toBe('arn:aws:iam::123456789012:role/strongroom/alice');
    const found = await credentials.find(answer.AccessKeyId ?? '', answer.Token ?? '');
    expect(found).toMatchObject({ profileName: 'alice', secretAccessKey: answer.SecretAccessKey });
    const flow = await bench.flows.until(() => true);
    expect(flow).toMatchObject({ action: 'ACCEPT', rule: 'endpoint/credentials' });
  });

  it('are given in their own studio alone, at their own path alone', async () => {
    const path = container.begin(alice);
    const bobsPath = container.begin(bob);
    expect(path).not.toBe(bobsPath);
    expect((await ask(ports.bob, path)).status).toBe(404);
    expect((await ask(ports.alice, bobsPath)).status).toBe(404);
    for (const wrong of ['/', '/v2/credentials/', `${path}?`, `${path}/`, `/x/..${path}`]) {
      expect((await ask(ports.alice, wrong)).status).toBe(404);
    }
    expect((await ask(ports.alice, path, { method: 'POST' })).status).toBe(404);
    expect((await ask(ports.alice, path, { host: 'rebound.example' })).status).toBe(421);
  });

  it('are one set for everybody in the studio, and another before 15 minutes are left', async () => {
    const path = container.begin(alice);
    const [first, same] = await Promise.all([set(ports.alice, path), set(ports.alice, path)]);
    expect(same).toEqual(first);
    now += 40 * minute;
    expect(await set(ports.alice, path)).toEqual(first);
    now += 1;
    const second = await set(ports.alice, path);
    expect(second.AccessKeyId).not.toBe(first.AccessKeyId);
    const stillGood = await credentials.find(first.AccessKeyId ?? '', first.Token ?? '');
    expect(stillGood).toMatchObject({ profileName: 'alice' });
    now += 20 * minute;
    const old = await credentials.find(first.AccessKeyId ?? '', first.Token ?? '');
    expect(old).toBe('ExpiredToken');
  });

  it('end with the studio', async () => {
    const path = container.begin(alice);
    const answer = await set(ports.alice, path);
    await container.end(alice.appId);
    expect((await ask(ports.alice, path)).status).toBe(404);
    const found = await credentials.find(answer.AccessKeyId ?? '', answer.Token ?? '');
    expect(found).toBe('InvalidClientTokenId');
  });

  it.each(['disabled', 'removed'] as const)('end when the person is %s', async (event) => {
    const path = container.begin(alice);
    const bobsPath = container.begin(bob);
    const answer = await set(ports.alice, path);
    const { profileName } = alice;
    if (event === 'disabled') events.emit('disabled', { profileName });
    else events.emit('removed', { profileName, deleteHome: false });
    await vi.waitFor(async () => {
      const found = await credentials.find(answer.AccessKeyId ?? '', answer.Token ?? '');
      expect(found).toBe('InvalidClientTokenId');
    });
    expect((await ask(ports.alice, path)).status).toBe(404);
    expect((await ask(ports.bob, bobsPath)).status).toBe(200);
  });

  it('do not end when the person signs out', async () => {
    const path = container.begin(alice);
    const answer = await set(ports.alice, path);
    events.emit('sessionEnded', { profileName: alice.profileName, sessionId: 'any' });
    expect(await set(ports.alice, path)).toEqual(answer);
  });
});
