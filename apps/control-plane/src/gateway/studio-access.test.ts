import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runningApp } from '../compute/testing/compute-for.ts';
import { accessPage, accessTable } from '../http/testing/access-table.ts';
import type { Person } from '../identity/person.ts';
import { jobDefinition } from '../jobs/testing/open-test-jobs.ts';
import { notebookBytes } from '../shares/testing/open-test-sharing.ts';
import { audienceOf, shareRequest, sourceOf } from '../shares/testing/sharing-bench.ts';
import {
  changingMethods,
  routeOf,
  studioRoutes,
  studioWebSockets,
  withoutReading,
} from './routes.ts';
import { echoAgent, echoSocketAgent } from './testing/echo-agents.ts';
import { type GatewayBench, openGatewayBench } from './testing/gateway-bench.ts';
import { sharingAgent } from './testing/sharing-agent.ts';

const callers = [
  'owner',
  'teammate',
  'teammate, shared',
  'stranger',
  'stranger, shared',
  'administrator',
  'auditor',
  'disabled',
  'signed out',
] as const;
type Caller = (typeof callers)[number];

const people: Readonly<Record<Exclude<Caller, 'signed out'>, Partial<Person>>> = {
  owner: { team: 'risk-models' },
  teammate: { team: 'risk-models' },
  'teammate, shared': { team: 'risk-models' },
  stranger: { team: 'other' },
  'stranger, shared': { team: 'other' },
  administrator: { team: 'other', role: 'administrator' },
  auditor: { team: 'other', role: 'auditor' },
  disabled: { team: 'risk-models', disabled: true },
};
const refusals: Readonly<Record<Caller, number | undefined>> = {
  ...{ owner: undefined, teammate: 403, 'teammate, shared': undefined },
  ...{ stranger: 403, 'stranger, shared': 403, administrator: 403, auditor: 403 },
  ...{ disabled: 401, 'signed out': 401 },
};

let bench: GatewayBench;
const sessionIds = new Map<Caller, string>();

beforeAll(async () => {
  bench = await openGatewayBench({ hasBuckets: true });
  for (const [index, caller] of callers.entries()) {
    if (caller === 'signed out') continue;
    const name = caller === 'owner' ? 'alice' : `caller-${index}`;
    const { sessionId } = await bench.addPerson(name, people[caller]);
    sessionIds.set(caller, sessionId);
  }
});
afterAll(() => bench.close());

/**
 * A cookie of alice's studio as if it had been given to this caller some day: what counts is the
 * decision at each request, not how one came by the cookie.
 */
async function plantedCookie(caller: Caller): Promise<string | undefined> {
  const sessionId = sessionIds.get(caller);
  if (sessionId === undefined) return undefined;
  const token = randomBytes(32).toString('base64url');
  await bench.state
    .insertInto('studio_sessions')
    .values({
      ...{ token_hash: createHash('sha256').update(token).digest('hex'), created_at: Date.now() },
      ...{ profile_name: 'alice', session_id: sessionId },
    })
    .execute();
  return `__Host-strongroom-studio=${token}`;
}

async function asking(caller: Caller): Promise<{ cookie?: string }> {
  bench.rules.sharing = caller.endsWith('shared') ? 'team' : 'owner';
  const cookie = await plantedCookie(caller);
  return cookie === undefined ? {} : { cookie };
}

async function statusOf(path: string, caller: Caller, method = 'GET'): Promise<number> {
  const asked = await asking(caller);
  const sessionId = sessionIds.get(caller) ?? 'f'.repeat(32);
  if (path !== '/auth') {
    const { address, ...sent } = await filled(path, method);
    return (await bench.ask(address, { ...asked, ...sent, method })).status;
  }
  const { presignedUrls } = bench;
  const isKnown = sessionIds.has(caller);
  const token = isKnown
    ? await presignedUrls.issue('alice' as never, sessionId)
    : randomBytes(32).toString('base64url');
  return (await bench.ask(`/auth?token=${token}`)).status;
}

/** The address with a share that there is, and what belongs into the request. */
async function filled(path: string, method: string) {
  if (path.startsWith('/strongroom/api/job')) return filledJob(path, method);
  if (method === 'PUT') return { address: path, body: 'known' };
  if (method === 'GET' || !path.startsWith('/strongroom/api/share')) return { address: path };
  const request = { ...shareRequest(new Date()), audience: audienceOf() };
  const { path: file, includesOutputs, note, acceptsWarnings } = request;
  const kind = routeOf(path.split('?')[0] ?? '')?.kind;
  const bodies: Readonly<Record<string, object>> = {
    'share-check': { path: file, includesOutputs },
    shares: request,
    'share-versions': { path: file, includesOutputs, note, acceptsWarnings },
    'share-extend': { expiresAt: request.expiresAt },
  };
  const person = bench.people.get('alice') ?? expect.fail('alice is missing');
  const actor = { profileName: person.profileName, remoteAddress: '', reference: '-' };
  const writer = bench.sharing?.writer ?? expect.fail('no sharing');
  const shareId = await writer.create({ person, actor }, request, sourceOf(notebookBytes()));
  return {
    address: path.replace('A'.repeat(22), shareId),
    body: JSON.stringify(bodies[kind ?? ''] ?? {}),
    headers: { 'content-type': 'application/json' },
  };
}

const schedule = {
  ...{ definition: jobDefinition(), cron: '0 9 * * *', timeZone: 'Asia/Seoul', isEnabled: false },
};

/** The same with a job or a schedule of alice's, made for this request alone. */
async function filledJob(path: string, method: string) {
  const person = bench.people.get('alice') ?? expect.fail('alice is missing');
  const actor = { profileName: person.profileName, remoteAddress: '', reference: '-' };
  const access = bench.jobs?.access ?? expect.fail('no jobs');
  const isSchedule = path.startsWith('/strongroom/api/job-schedules');
  const made = isSchedule
    ? (await access.createSchedule({ person, actor }, schedule)).scheduleId
    : (await access.create({ person, actor }, jobDefinition())).jobId;
  const address = path.replace('a'.repeat(32), made);
  if (method === 'GET' || method === 'DELETE') return { address };
  const body = JSON.stringify(isSchedule ? schedule : jobDefinition());
  return { address, body, headers: { 'content-type': 'application/json' } };
}

const isOfOneApp = (path: string) => path.startsWith('/strongroom/api/compute/apps/');

function allowedStatus(path: string, method = 'GET'): number {
  if (method === 'POST') return isOfOneApp(path) || path.endsWith('/cancel') ? 204 : 200;
  if (path.startsWith('/strongroom/api/job-schedules') && method === 'PUT') return 200;
  if (method !== 'GET') return 204;
  return path === '/' || path === '/auth' ? 303 : 200;
}
/** A link that was never made is refused as such: nobody is behind it. */
const refusedStatus = (path: string, caller: Caller) => {
  if (path === '/auth' && caller === 'signed out') return 403;
  // A visitor shares nothing in the owner's name, ends or keeps nothing that is the owner's, and is not
  // told what it costs.
  const isCost = path === '/strongroom/api/cost';
  const isJob = path.startsWith('/strongroom/api/job');
  const isOwners = path.startsWith('/strongroom/api/share') || isJob || isOfOneApp(path) || isCost;
  return isOwners && caller === 'teammate, shared' ? 403 : refusals[caller];
};

/** Each route as it is read, and as it is changed where it can be. */
const asks = studioRoutes.flatMap(({ name, example }) => {
  const [path = ''] = example.split('?');
  const kind = routeOf(path)?.kind ?? 'home';
  const changes = (changingMethods[kind] ?? []).map((method) => ({
    ...{ name: `${method} ${name}`, example, method },
  }));
  const read = withoutReading.has(kind) ? [] : [{ name, example, method: 'GET' }];
  return [...read, ...changes];
});

describe('every route of a studio', () => {
  beforeAll(() => {
    bench.running.apps = [runningApp()];
    return bench.serveAgent('alice', { http: sharingAgent(notebookBytes(), echoAgent()) });
  });
  // What one caller deletes the next would look for.
  beforeEach(() =>
    statusOf('/strongroom/api/buckets/research-risk-models/object?key=known.txt', 'owner', 'PUT'),
  );

  const cells = asks.flatMap((ask) => callers.map((caller) => ({ ...ask, caller })));
  it.each(cells)('$name, $caller', async ({ example, method, caller }) => {
    const expected = refusedStatus(example, caller) ?? allowedStatus(example, method);
    expect(await statusOf(example, caller, method)).toBe(expected);
  });

  it.each(studioRoutes)('is reached by its own example: $name', ({ pattern, example }) => {
    const [path = ''] = example.split('?');
    const first = studioRoutes.find((row) => row.pattern.test(path));
    expect(first?.pattern).toBe(pattern);
  });
});

describe('every WebSocket of a studio', () => {
  beforeAll(() => bench.serveAgent('alice', { http: echoSocketAgent() }));

  const cells = studioWebSockets.flatMap(({ name, example }) =>
    callers.map((caller) => ({ name, example, caller })),
  );
  it.each(cells)('$name, $caller', async ({ example, caller }) => {
    const { status, socket } = await bench.webSocket(example, await asking(caller));
    socket?.destroy();
    expect(status).toBe(refusals[caller] ?? 101);
  });
});

describe('the access matrix of a studio', () => {
  it('is the one in the documents', async () => {
    const rows = [
      ...asks.map(({ name, example, method }) => ({
        name,
        answers: callers.map(
          (caller) => refusedStatus(example, caller) ?? allowedStatus(example, method),
        ),
      })),
      ...studioWebSockets.map(({ name }) => ({
        name: `WebSocket ${name}`,
        answers: callers.map((caller) => refusals[caller] ?? 101),
      })),
    ];
    const page = accessTable(
      "A studio's own origin",
      "Each address of a studio's origin, and the status with which each kind of caller is answered, cookie in hand.",
      { callers, rows },
    );
    await expect(page).toMatchFileSnapshot(accessPage('studio'));
  });
});
