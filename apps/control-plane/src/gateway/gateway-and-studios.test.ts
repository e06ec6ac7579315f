import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { ProfileName } from '@strongroom/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { computeFor } from '../compute/testing/compute-for.ts';
import { Sessions } from '../identity/sessions.ts';
import { noCosts } from '../metering/testing/no-costs.ts';
import { authorizeFor, domainWith } from '../policies/testing/authorize-for.ts';
import { eventually } from '../studios/testing/eventually.ts';
import { processesOf } from '../studios/testing/processes-of.ts';
import { askAgent, openStudioBench, type StudioBench } from '../studios/testing/studio-bench.ts';
import { createStudioGateway } from './create-studio-gateway.ts';
import type { StudioGateway } from './studio-gateway.ts';
import { askGateway, codeOf } from './testing/gateway-bench.ts';
import { noJobs } from './testing/no-jobs.ts';
import { noSharing } from './testing/no-sharing.ts';
import { noStorage } from './testing/no-storage.ts';

let bench: StudioBench;
let gateway: StudioGateway;
let listener: Server;
let port: number;

beforeEach(async () => {
  bench = await openStudioBench({ domain: { hibernateAfterMinutes: 0.5 / 60 } });
  const { state, events, people, origins, clock, log, studios } = bench;
  const labFolder = join(bench.dataFolder, 'lab');
  await mkdir(labFolder);
  await writeFile(join(labFolder, 'index.html'), '__LANGUAGE__ __PAGE_CONFIG__');
  gateway = await createStudioGateway({
    ...{ state, events, origins, clock, log, studios, labFolder },
    authorize: authorizeFor(() => people.values()),
    sessions: new Sessions({ state, events, clock, idleMinutes: 60, absoluteHours: 12 }),
    audit: bench.audit.log,
    domainName: 'test-domain',
    ...{ storage: noStorage, sharing: noSharing },
    compute: computeFor({ domain: domainWith(() => people.values()), studios }),
    ...{ costs: noCosts, jobs: noJobs },
    egressNow: () => ({ mode: 'off', destinations: [], until: null }),
    people: { find: async (name) => people.get(name) },
  });
  listener = createServer((request, response) => {
    const [profileName = ''] = (request.headers.host ?? '').split('.');
    gateway.handleRequest(profileName as ProfileName, request, response);
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  ({ port } = listener.address() as AddressInfo);
});

afterEach(async () => {
  await gateway.close();
  listener.closeAllConnections();
  listener.close();
  await bench.close();
});

/** Launches as the console does and exchanges the presigned URL as a browser does. */
async function openStudio(name: string) {
  const { person, sessionId } = await bench.addPerson(name);
  const { launchId } = bench.studios.launch({
    visitor: person,
    profileName: person.profileName,
    sessionId,
  });
  let presignedUrl = '';
  for await (const launch of bench.studios.followLaunch(launchId, person.profileName)) {
    presignedUrl = launch.presignedUrl ?? '';
  }
  const { pathname, search } = new URL(presignedUrl);
  const exchanged = await askGateway(port, `${pathname}${search}`, { profileName: name });
  const cookie = String(exchanged.headers['set-cookie']).split(';')[0] ?? '';
  const ask = (path: string) => askGateway(port, path, { profileName: name, cookie });
  return { person, ask };
}

async function runningServer() {
  const apps = await bench.studios.apps();
  return apps.find(({ appType, endedAt }) => appType === 'JupyterServer' && endedAt === null);
}

describe('a studio through its origin', () => {
  it('answers, each person from their own', async () => {
    const alice = await openStudio('alice');
    const bob = await openStudio('bob');
    const path = '/api/environment';
    expect(JSON.parse((await alice.ask(path)).text).HOME).toBe('/home/alice');
    expect(JSON.parse((await bob.ask(path)).text).HOME).toBe('/home/bob');
  });

  it('leaves no process when it is stopped, and says so to a page that is still open', async () => {
    const { person, ask } = await openStudio('alice');
    expect((await ask('/api/status')).status).toBe(200);
    const app = await runningServer();
    if (app === undefined) throw new Error('no server app');
    await bench.studios.stopApp(person.profileName, app.appId);
    await eventually(() => processesOf(bench.dataFolder)).toEqual([]);
    const refused = await ask('/api/status');
    expect(refused.status).toBe(503);
    expect(codeOf(refused.text)).toBe('StudioStopped');
  });

  it('starts again when its page is opened after a stop', async () => {
    const { person, ask } = await openStudio('alice');
    await bench.studios.endStudio(person.profileName, 'test');
    expect((await ask('/lab')).status).toBe(200);
    expect((await ask('/api/status')).status).toBe(200);
  });

  it('answers the next request after its server was killed', async () => {
    const { person, ask } = await openStudio('alice');
    const { socketPath, leave } = await bench.studios.visit(person, 'request');
    await askAgent(socketPath, '/do/crash').catch(leave);
    expect((await ask('/api/status')).status).toBe(200);
  });

  it('answers the next request after it went to sleep', async () => {
    const { ask } = await openStudio('alice');
    await eventually(() => runningServer()).toBeUndefined();
    expect((await ask('/api/status')).status).toBe(200);
  });

  it('ends when its person is disabled while a request waits', async () => {
    const { person, ask } = await openStudio('alice');
    const waiting = ask('/api/silence');
    await eventually(async () => (await ask('/api/silent-requests')).text).toBe('1');
    bench.people.set('alice', { ...person, disabled: true });
    const cut = expect(waiting).rejects.toThrow();
    bench.events.emit('disabled', { profileName: person.profileName });
    await cut;
    await eventually(() => processesOf(bench.dataFolder)).toEqual([]);
    expect(codeOf((await ask('/api/status')).text)).toBe('PersonDisabled');
  });
});
