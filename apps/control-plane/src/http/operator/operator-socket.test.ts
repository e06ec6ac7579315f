import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { DomainImage } from '@strongroom/contracts';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { jobDefinition } from '../../jobs/testing/open-test-jobs.ts';
import { accessPage, accessTable } from '../testing/access-table.ts';
import { type RunningConsole, runConsole } from '../testing/running-console.ts';
import { operatorRoutes } from './operator-routes.ts';
import { type OperatorRoute, openOperatorSocket } from './operator-socket.ts';

const snapshot = {
  snapshotId: '2026-03-01T12-30-00Z-4f2a',
  createdAt: '2026-03-01T12:30:00Z',
};

const image: DomainImage = {
  ...{ imageName: 'custom', displayName: 'Custom', description: null, version: null },
  ...{ digest: null, iconUrl: null, isDefault: false, state: 'preparing', reason: null },
  ...{ kernels: [], source: 'folder', reference: '/srv/root', sizeBytes: null },
  ...{ architecture: null, addedAt: null, runningAppCount: 0 },
};

let running: RunningConsole;
let close: () => Promise<void>;
let dataFolder: string;
let rotationCount: number;
let routes: OperatorRoute[];

beforeEach(async () => {
  running = await runConsole();
  rotationCount = 0;
  dataFolder = join(running.folder, 'data');
  await mkdir(dataFolder, { mode: 0o700 });
});
afterEach(async () => {
  await close();
  await running.close();
});

const snapshots = {
  create: async () => snapshot,
  list: async () => [snapshot],
  restore: async () => undefined,
  delete: async () => undefined,
};

async function open() {
  const log = pino({ level: 'silent' });
  routes = operatorRoutes({
    audit: running.audit,
    ...running.identity,
    ...running.policyServices,
    ...{ studios: running.studios, snapshots },
    rotateAuthority: async ({ immediately }) => {
      rotationCount += 1;
      return {
        ...{ fingerprint: 'AB:CD', expiresAt: new Date(0) },
        previousTrustedUntil: immediately ? undefined : new Date(1),
      };
    },
    auditStatus: async () => ({
      last: running.trail.last,
      sizes: { retentionDays: 1, logs: [] },
    }),
    metrics: async () => 'strongroom_apps 0\n',
    ...{ keys: running.storage.keys, jobs: running.jobs.jobs },
    images: {
      ...{ list: async () => [], add: async () => image, remove: async () => undefined },
      check: async () => ({ image, kernels: [] }),
    },
    storage: {
      ...{ people: running.identity.people, credentials: running.storage.credentials },
      ...{ audit: running.audit, region: 'ap-northeast-2', scrub: running.storage.scrub },
      ...{ outerUrl: 'https://localhost:1', trustBundlePath: '/trust.pem' },
    },
    status: async () => ({
      ...{ processId: 1, consoleUrl: 'x', startedAt: 'x', profileCount: 3, runningAppCount: 0 },
    }),
  });
  const socket = await openOperatorSocket({ dataFolder, log, routes });
  close = () => socket.close();
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever was answered
function ask(method: string, path: string, body?: unknown): Promise<{ status: number; json: any }> {
  return new Promise((resolve, reject) => {
    const socketPath = join(dataFolder, 'operator.sock');
    request({ socketPath, method, path, agent: false }, (incoming) => {
      let text = '';
      incoming.on('data', (chunk) => {
        text += chunk;
      });
      incoming.on('end', () =>
        resolve({ status: incoming.statusCode ?? 0, json: JSON.parse(text) }),
      );
    })
      .on('error', reject)
      .end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** Of alice, in the place of one made for the request. */
const jobPath = `/people/alice/jobs/${'a'.repeat(32)}`;
const simulation = {
  ...{ profileName: 'alice', action: 'sagemaker:DescribeDomain', resource: '*' },
};
/** Every route, each asked by the one account that may open the socket. */
const rows: readonly [route: string, path: string, body?: unknown][] = [
  ['GET /status', '/status'],
  ['GET /metrics', '/metrics'],
  ['GET /audit', '/audit'],
  ['GET /people', '/people'],
  ['POST /people/<profile>/one-time-password', '/people/alice/one-time-password'],
  ['GET /policies', '/policies'],
  ['POST /policies/simulate', '/policies/simulate', simulation],
  ['POST /authority/rotate', '/authority/rotate', { immediately: false }],
  ['GET /images', '/images'],
  [
    'POST /images',
    '/images',
    { imageName: 'custom', displayName: 'Custom', rootFileSystem: { folder: '/srv/root' } },
  ],
  ['POST /images/<image>/check', '/images/custom/check', {}],
  ['DELETE /images/<image>', '/images/custom'],
  ['GET /people/<profile>/jobs', '/people/alice/jobs'],
  ['POST /people/<profile>/jobs', '/people/alice/jobs', jobDefinition()],
  ['GET /people/<profile>/jobs/<job>', jobPath],
  ['GET /people/<profile>/jobs/<job>/log', `${jobPath}/log`],
  ['POST /people/<profile>/jobs/<job>/cancel', `${jobPath}/cancel`, {}],
  ['GET /keys', '/keys'],
  ['POST /keys', '/keys', { key: 'alias/strongroom-data', command: 'rotate' }],
  ['POST /credentials', '/credentials', { profileName: 'alice', lifetimeHours: 1 }],
  ['POST /storage/scrub', '/storage/scrub', {}],
  ['GET /homes/<profile>/snapshots', '/homes/alice/snapshots'],
  ['POST /homes/<profile>/snapshots', '/homes/alice/snapshots', { stopStudio: false }],
  [
    'POST /homes/<profile>/snapshots/<id>/restore',
    `/homes/alice/snapshots/${snapshot.snapshotId}/restore`,
    { target: 'restored' },
  ],
  ['DELETE /homes/<profile>/snapshots/<id>', `/homes/alice/snapshots/${snapshot.snapshotId}`],
];

async function makeJob(): Promise<string> {
  return (await ask('POST', '/people/alice/jobs', jobDefinition())).json.jobId;
}

describe('access to the operator socket', () => {
  it('is listed here for every route that exists, and is the one in the documents', async () => {
    await open();
    const found = rows.map(([route, path]) => {
      const question = `${route.split(' ')[0]} ${path}`;
      return routes.findIndex(({ pattern }) => pattern.test(question));
    });
    expect(found).toEqual(routes.map((_, index) => index));
    const page = accessTable(
      "The operator's socket",
      'A unix socket of mode 0600 in a folder of mode 0700: no session of the console and no studio reaches it.',
      {
        callers: ['operator', 'everybody else'],
        rows: rows.map(([name]) => ({ name, answers: [200, 'cannot connect'] })),
      },
    );
    await expect(page).toMatchFileSnapshot(accessPage('operator'));
  });

  it.each(rows)('answers its owner: %s', async (route, path, body) => {
    await open();
    const address = path.startsWith(jobPath) ? path.replace('a'.repeat(32), await makeJob()) : path;
    expect((await ask(route.split(' ')[0] ?? '', address, body)).status).toBe(200);
  });

  it.runIf(process.getuid?.() === 0)('cannot be opened by another account', async () => {
    await open();
    const script = `require('node:net').connect(${JSON.stringify(join(dataFolder, 'operator.sock'))})
      .on('connect', () => process.exit(0)).on('error', (error) => { console.log(error.code); process.exit(1); })`;
    const tried = spawnSync(process.execPath, ['-e', script], { uid: 65_534, gid: 65_534 });
    expect([tried.status, tried.stdout.toString().trim()]).toEqual([1, 'EACCES']);
  });
});

describe('the operator socket', () => {
  it('lists people and policies, and answers what a policy would', async () => {
    await open();
    const { people } = (await ask('GET', '/people')).json;
    expect(people.map((person: { profileName: string }) => person.profileName)).toEqual([
      ...['admin', 'alice', 'bob'],
    ]);
    const { policies } = (await ask('GET', '/policies')).json;
    expect(policies.map((policy: { name: string }) => policy.name)).toContain('studio-owner');
    const action = 'sagemaker:CreatePresignedDomainUrl';
    const asked = (profileName: string) =>
      ask('POST', '/policies/simulate', { profileName, action, resource: 'alice' });
    expect((await asked('alice')).json).toMatchObject({ allowed: true, effect: 'allow' });
    const refused = (await asked('bob')).json;
    expect(refused).toMatchObject({ allowed: false, rule: 'studio-owner/OnlyOwnStudio' });
    expect(refused.sentence.korean).toMatch(/\p{Script=Hangul}/u);
    expect((await asked('nobody')).json.error.code).toBe('ProfileNotFound');
    const malformed = await ask('POST', '/policies/simulate', { profileName: 'alice' });
    expect(malformed.json.error.code).toBe('InvalidRequest');
  });

  it('rotates the authority, and only as it is asked to', async () => {
    await open();
    const rotate = (body: unknown) => ask('POST', '/authority/rotate', body);
    expect((await rotate({ immediately: false })).json).toEqual({
      ...{ fingerprint: 'AB:CD', expiresAt: '1970-01-01T00:00:00.000Z' },
      previousTrustedUntil: '1970-01-01T00:00:00.001Z',
    });
    expect((await rotate({ immediately: true })).json.previousTrustedUntil).toBeNull();
    expect((await rotate({})).json.error.code).toBe('InvalidRequest');
  });

  it('makes, lists, restores and deletes snapshots of homes, and records it', async () => {
    await open();
    const path = '/homes/alice/snapshots';
    expect((await ask('POST', path, { stopStudio: true })).json).toEqual(snapshot);
    expect((await ask('GET', path)).json).toEqual({ snapshots: [snapshot] });
    const one = `${path}/${snapshot.snapshotId}`;
    const restored = await ask('POST', `${one}/restore`, { target: 'before' });
    expect(restored.json).toEqual({ target: 'before' });
    expect((await ask('DELETE', one)).json).toEqual({});
    const malformed = await ask('POST', path, {});
    expect(malformed.json.error.code).toBe('InvalidRequest');
    const nobody = await ask('GET', '/homes/zelda/snapshots');
    expect(nobody.json.error.code).toBe('ProfileNotFound');
    const recorded = running.logged.join('');
    for (const event of ['home-snapshot-created', 'home-restored', 'home-snapshot-deleted']) {
      expect(recorded).toContain(event);
    }
  });

  it('is for its owner alone and tells the status', async () => {
    await open();
    expect(statSync(join(dataFolder, 'operator.sock')).mode & 0o777).toBe(0o600);
    expect((await ask('GET', '/status')).json.profileCount).toBe(3);
    expect((await ask('GET', '/audit')).json.last).toEqual(running.trail.last);
  });

  it('makes a one-time password that signs in, and ends the sessions before it', async () => {
    await open();
    const alice = await running.browserOf('alice');
    const answer = await ask('POST', '/people/alice/one-time-password');
    expect(answer.json.profileName).toBe('alice');
    expect((await alice.send('/api/session')).json.signedIn).toBe(false);
    const signedIn = await running.browser().signIn('alice', answer.json.oneTimePassword);
    expect(signedIn.json.mustChangePassword).toBe(true);
  });

  it('does nothing that it cannot record', async () => {
    await open();
    const alice = await running.browserOf('alice');
    await running.trail.close();
    const refused = { status: 503, json: { error: { code: 'AuditUnavailable' } } };
    expect(await ask('POST', '/people/alice/one-time-password')).toMatchObject(refused);
    expect((await alice.send('/api/session')).json.signedIn).toBe(true);
    const rotated = await ask('POST', '/authority/rotate', { immediately: true });
    expect(rotated).toMatchObject(refused);
    expect(rotationCount).toBe(0);
  });

  it.each([
    ['GET', '/', 400, 'InvalidRequest'],
    ['GET', '/people/alice/one-time-password', 400, 'InvalidRequest'],
    ['POST', '/people/zelda/one-time-password', 404, 'ProfileNotFound'],
    ['POST', '/people/%2e/one-time-password', 404, 'ProfileNotFound'],
  ])('refuses %s %s', async (method, path, status, code) => {
    await open();
    const answer = await ask(method, path);
    expect([answer.status, answer.json.error.code]).toEqual([status, code]);
  });

  it('replaces the socket of a process that was killed', async () => {
    const left = createServer();
    await new Promise<void>((resolve) => left.listen(join(dataFolder, 'operator.sock'), resolve));
    await open();
    expect((await ask('GET', '/status')).status).toBe(200);
    await new Promise((resolve) => left.close(resolve));
  });

  it('lies in a folder of any depth', async () => {
    dataFolder = join(running.folder, 'deep'.repeat(20), 'deeper'.repeat(20));
    await mkdir(dataFolder, { recursive: true });
    await open();
    expect(statSync(join(dataFolder, 'operator.sock')).isSocket()).toBe(true);
  });
});
