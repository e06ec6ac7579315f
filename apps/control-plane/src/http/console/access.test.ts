import { Readable } from 'node:stream';
import type { Role } from '@strongroom/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noActor } from '../../audit/audit-writer.ts';
import { jobDefinition } from '../../jobs/testing/open-test-jobs.ts';
import { type GitClient, openGitClient } from '../../repositories/testing/git-client.ts';
import { notebookBytes } from '../../shares/testing/open-test-sharing.ts';
import { accessPage, accessTable } from '../testing/access-table.ts';
import type { BrowserDouble } from '../testing/browser-double.ts';
import { type RunningConsole, runConsole } from '../testing/running-console.ts';
import { knownAppId, knownLaunchId } from '../testing/studios-double.ts';

const callers = [
  'signed out',
  'must change password',
  'owner',
  'colleague',
  'administrator',
  'auditor',
  'disabled',
] as const;
type Caller = (typeof callers)[number];

interface Row {
  readonly route: string;
  /** Instead of the route's own path; `<new>` is a profile made for this request alone. */
  readonly path?: string;
  /** Sent as JSON; a string as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Expected statuses, in the order of `callers`. `alice` is the owner of what is asked for. */
  readonly statuses: readonly [number, number, number, number, number, number, number];
}

const alice = '/api/profiles/alice';
const onlyAdministrators = (status: number) => [401, 403, 403, 403, status, 403, 401] as const;
const onlyForEvidence = (status: number) => [401, 403, 403, 403, status, status, 401] as const;
const onlyOwner = (status: number) => [401, 403, status, 403, 403, 403, 401] as const;
/** Whom the domain file lets into the bucket: owner and colleague are of one team. */
const onlyTeam = (status: number) => [401, 403, status, status, 403, 403, 401] as const;
/** The owner, and with whom it is shared. */
const onlyAudience = (status: number) => [401, 403, status, status, 403, 403, 401] as const;
const everybody = [401, 403, 200, 200, 200, 200, 401] as const;
const bucket = '/api/buckets/research-risk-models';
/** Of alice, who lets her team read it. */
const repository = '/api/repositories/models';
const schedule = {
  ...{ definition: jobDefinition(), cron: '0 9 * * *', timeZone: 'Asia/Seoul', isEnabled: false },
};
const page = [200, 200, 200, 200, 200, 200, 200] as const;

/** Every route of the console × everybody who could ask for it. */
const rows: readonly Row[] = [
  { route: 'GET /api/session', statuses: [200, 200, 200, 200, 200, 200, 200] },
  {
    route: 'POST /api/session',
    body: { profileName: '<fresh>', password: 'wrong' },
    statuses: [401, 401, 401, 401, 401, 401, 401],
  },
  { route: 'DELETE /api/session', statuses: [204, 204, 204, 204, 204, 204, 204] },
  {
    route: 'POST /api/password',
    body: { currentPassword: 'x', newPassword: 'y', other: 1 },
    statuses: [401, 400, 400, 400, 400, 400, 401],
  },
  {
    route: 'PUT /api/preferences',
    body: { language: 'en', theme: 'dark' },
    statuses: [401, 200, 200, 200, 200, 200, 401],
  },
  { route: 'GET /api/domain', statuses: [401, 403, 200, 200, 200, 200, 401] },
  { route: 'GET /api/compute/apps', statuses: [401, 403, 200, 200, 200, 200, 401] },
  { route: 'GET /api/instance-types', statuses: [401, 403, 200, 200, 200, 200, 401] },
  { route: 'GET /api/jobs', statuses: everybody },
  {
    route: 'POST /api/jobs',
    body: jobDefinition(),
    // Whoever has a studio.
    statuses: [401, 403, 201, 201, 201, 403, 401],
  },
  {
    route: 'GET /api/jobs/:jobId',
    path: '/api/jobs/<job>',
    statuses: [401, 403, 200, 404, 200, 200, 401],
  },
  {
    route: 'GET /api/jobs/:jobId/log',
    path: '/api/jobs/<job>/log',
    statuses: [401, 403, 200, 404, 403, 403, 401],
  },
  {
    route: 'POST /api/jobs/:jobId/cancel',
    path: '/api/jobs/<job>/cancel',
    body: {},
    statuses: [401, 403, 204, 404, 204, 403, 401],
  },
  { route: 'GET /api/job-schedules', statuses: everybody },
  {
    route: 'POST /api/job-schedules',
    body: schedule,
    statuses: [401, 403, 201, 201, 201, 403, 401],
  },
  {
    route: 'PUT /api/job-schedules/:scheduleId',
    path: '/api/job-schedules/<schedule>',
    body: schedule,
    statuses: [401, 403, 200, 404, 403, 403, 401],
  },
  {
    route: 'DELETE /api/job-schedules/:scheduleId',
    path: '/api/job-schedules/<schedule>',
    statuses: [401, 403, 204, 404, 204, 403, 401],
  },
  { route: 'GET /api/cost', statuses: everybody },
  { route: 'GET /api/cost.csv', statuses: everybody },
  { route: 'GET /api/metrics', statuses: onlyForEvidence(200) },
  {
    route: 'GET /api/budgets/grants',
    path: '/api/budgets/grants?month=2026-01',
    statuses: onlyForEvidence(200),
  },
  {
    route: 'POST /api/budgets/grants',
    body: { kind: 'person', name: 'alice', amount: 1, reason: 'A model has to be trained again' },
    statuses: onlyAdministrators(204),
  },
  { route: 'GET /api/images', statuses: everybody },
  {
    route: 'GET /api/images/:imageName/icon',
    // The image of the default domain file has no picture.
    path: '/api/images/host-python/icon',
    statuses: [401, 403, 404, 404, 404, 404, 401],
  },
  { route: 'GET /api/controls', statuses: onlyForEvidence(200) },
  { route: 'GET /api/policies', statuses: onlyForEvidence(200) },
  {
    route: 'POST /api/policies/simulate',
    body: {
      ...{ profileName: 'bob', action: 'sagemaker:CreatePresignedDomainUrl' },
      resource: 'alice',
    },
    statuses: onlyForEvidence(200),
  },
  { route: 'GET /api/egress', statuses: [401, 403, 200, 200, 200, 200, 401] },
  {
    route: 'POST /api/egress/requests',
    body: {
      ...{ subject: { kind: 'person', profileName: 'alice' }, mode: 'open' },
      ...{ reason: 'A data set has to come from outside', endsAt: '2026-01-01T01:00:00.000Z' },
    },
    statuses: [401, 403, 201, 403, 201, 403, 401],
  },
  ...['approve', 'refuse'].map((act) => ({
    route: `POST /api/egress/requests/:requestId/${act}`,
    path: `/api/egress/requests/<pending>/${act}`,
    body: {},
    statuses: onlyAdministrators(200),
  })),
  {
    route: 'POST /api/egress/requests/:requestId/withdraw',
    path: '/api/egress/requests/<pending>/withdraw',
    body: {},
    statuses: [401, 403, 200, 403, 200, 403, 401],
  },
  {
    route: 'POST /api/egress/requests/:requestId/end',
    path: '/api/egress/requests/<approved>/end',
    body: {},
    statuses: [401, 403, 200, 403, 200, 403, 401],
  },
  { route: 'GET /api/audit', statuses: onlyForEvidence(200) },
  { route: 'GET /api/audit/counts', statuses: onlyForEvidence(200) },
  { route: 'GET /api/audit.csv', statuses: onlyForEvidence(200) },
  { route: 'GET /api/logs', statuses: onlyForEvidence(200) },
  {
    route: 'GET /api/profiles/:profileName/accesses',
    path: `${alice}/accesses`,
    statuses: [401, 403, 200, 403, 200, 200, 401],
  },
  { route: 'GET /api/flows', statuses: onlyForEvidence(200) },
  { route: 'GET /api/flows/summary', statuses: onlyForEvidence(200) },
  { route: 'GET /api/flows.csv', statuses: onlyForEvidence(200) },
  {
    route: 'GET /api/policies/matrix',
    path: '/api/policies/matrix?resource=alice',
    statuses: onlyForEvidence(200),
  },
  {
    route: 'POST /api/profiles',
    body: { profileName: '<fresh>', displayName: 'New', role: 'data-scientist', team: 'platform' },
    statuses: onlyAdministrators(201),
  },
  {
    route: 'PATCH /api/profiles/:profileName',
    path: '/api/profiles/<new>',
    body: { disabled: true },
    statuses: onlyAdministrators(204),
  },
  {
    route: 'DELETE /api/profiles/:profileName',
    path: '/api/profiles/<new>',
    body: { deleteHome: true },
    statuses: onlyAdministrators(204),
  },
  {
    route: 'POST /api/profiles/:profileName/one-time-password',
    path: '/api/profiles/<new>/one-time-password',
    body: {},
    statuses: onlyAdministrators(201),
  },
  {
    route: 'POST /api/profiles/:profileName/launches',
    path: `${alice}/launches`,
    body: {},
    statuses: onlyOwner(201),
  },
  {
    route: 'GET /api/launches/:launchId/events',
    path: `/api/launches/${knownLaunchId}/events`,
    statuses: [401, 403, 200, 404, 404, 404, 401],
  },
  { route: 'GET /api/apps', statuses: [401, 403, 200, 200, 200, 200, 401] },
  {
    route: 'DELETE /api/profiles/:profileName/apps/:appId',
    path: `${alice}/apps/${knownAppId}`,
    statuses: [401, 403, 204, 403, 204, 403, 401],
  },
  {
    route: 'GET /api/profiles/:profileName/files',
    path: `${alice}/files?path=`,
    statuses: onlyOwner(200),
  },
  {
    route: 'GET /api/profiles/:profileName/files/content',
    path: `${alice}/files/content?path=notes.txt`,
    statuses: onlyOwner(200),
  },
  { route: 'GET /api/buckets', statuses: [401, 403, 200, 200, 200, 200, 401] },
  {
    route: 'GET /api/buckets/:bucket',
    path: bucket,
    statuses: onlyForEvidence(200),
  },
  {
    route: 'GET /api/buckets/:bucket/objects',
    path: `${bucket}/objects`,
    statuses: onlyTeam(200),
  },
  ...['details', 'content'].map((what) => ({
    route: `GET /api/buckets/:bucket/objects/${what}`,
    path: `${bucket}/objects/${what}?key=kept.txt`,
    statuses: onlyTeam(200),
  })),
  {
    route: 'GET /api/buckets/:bucket/objects/upload-check',
    path: `${bucket}/objects/upload-check?key=new.txt`,
    statuses: onlyTeam(200),
  },
  {
    route: 'PUT /api/buckets/:bucket/objects/content',
    path: `${bucket}/objects/content?key=new.txt&overwrite=true`,
    body: 'content',
    headers: { 'content-type': 'application/octet-stream' },
    statuses: onlyTeam(204),
  },
  {
    route: 'DELETE /api/buckets/:bucket/objects',
    path: `${bucket}/objects?key=other.txt`,
    statuses: onlyTeam(204),
  },
  { route: 'GET /api/repositories', statuses: [401, 403, 200, 200, 200, 200, 401] },
  {
    route: 'POST /api/repositories',
    body: { name: '<fresh>', description: '', access: [] },
    statuses: [401, 403, 201, 201, 201, 403, 401],
  },
  {
    route: 'GET /api/repositories/:repository',
    path: repository,
    statuses: [401, 403, 200, 200, 200, 200, 401],
  },
  {
    route: 'PATCH /api/repositories/:repository',
    path: repository,
    body: { description: 'Ours', protectedBranches: ['main'], defaultBranch: 'main' },
    statuses: [401, 403, 200, 403, 200, 403, 401],
  },
  {
    route: 'DELETE /api/repositories/:repository',
    path: '/api/repositories/<repository>',
    body: {},
    statuses: [401, 403, 204, 403, 204, 403, 401],
  },
  ...[
    ['branches', ''],
    ['tree', ''],
    ['file', '?path=n.ipynb'],
    ['raw', '?path=n.ipynb'],
    ['commits', ''],
    ['commits/:commit', ''],
    ['notebook-versions', '?commit=<commit>&path=n.ipynb'],
  ].map(([what = '', query]) => ({
    route: `GET /api/repositories/:repository/${what}`,
    path: `${repository}/${what.replace(':commit', '<commit>')}${query}`,
    statuses: [401, 403, 200, 200, 403, 403, 401] as const,
  })),
  { route: 'GET /api/personal-tokens', statuses: [401, 403, 200, 200, 200, 200, 401] },
  {
    route: 'POST /api/personal-tokens',
    body: { name: 'laptop', permission: 'read', lifetimeDays: 1 },
    statuses: [401, 403, 201, 201, 201, 201, 401],
  },
  {
    route: 'DELETE /api/personal-tokens/:tokenId',
    path: '/api/personal-tokens/<token>',
    body: {},
    statuses: [401, 403, 204, 404, 404, 404, 401],
  },
  { route: 'GET /api/keys', statuses: onlyForEvidence(200) },
  {
    route: 'POST /api/keys',
    body: { key: 'alias/strongroom-data', command: 'rotate' },
    statuses: onlyAdministrators(200),
  },
  // Alice's, shared with bob.
  { route: 'GET /api/shares', path: '/api/shares?list=with-me', statuses: everybody },
  { route: 'GET /api/shares', path: '/api/shares?list=all', statuses: onlyForEvidence(200) },
  {
    route: 'GET /api/shares/:shareId',
    path: '/api/shares/<share>',
    statuses: [401, 403, 200, 200, 200, 200, 401],
  },
  {
    route: 'GET /api/shares/:shareId/versions/:version/notebook',
    path: '/api/shares/<share>/versions/1/notebook',
    statuses: onlyAudience(200),
  },
  {
    route: 'POST /api/shares/:shareId/revoke',
    path: '/api/shares/<share>/revoke',
    body: {},
    statuses: [401, 403, 200, 403, 200, 403, 401],
  },
  {
    route: 'POST /api/shares/:shareId/extend',
    path: '/api/shares/<share>/extend',
    body: { expiresAt: '2026-02-01T00:00:00.000Z' },
    statuses: onlyOwner(200),
  },
  {
    route: 'GET /api/shares/:shareId/views',
    path: '/api/shares/<share>/views',
    statuses: [401, 403, 200, 403, 200, 200, 401],
  },
  {
    route: 'POST /api/shares/:shareId/copies',
    path: '/api/shares/<share>/copies',
    body: { version: 1 },
    statuses: onlyAudience(201),
  },
  {
    route: 'GET /api/shares/:shareId/comments',
    path: '/api/shares/<share>/comments',
    statuses: onlyAudience(200),
  },
  {
    route: 'POST /api/shares/:shareId/comments',
    path: '/api/shares/<share>/comments',
    body: { version: 1, cellIndex: 0, text: 'Why?' },
    statuses: onlyAudience(201),
  },
  ...['resolve', 'reopen'].map((act) => ({
    route: `POST /api/shares/:shareId/comments/:commentId/${act}`,
    path: `/api/shares/<share>/comments/<comment>/${act}`,
    body: {},
    statuses: onlyAudience(200),
  })),
  {
    // Bob wrote it; the notebook is alice's.
    route: 'DELETE /api/shares/:shareId/comments/:commentId',
    path: '/api/shares/<share>/comments/<comment>',
    statuses: onlyAudience(204),
  },
  ...['GET', 'HEAD'].flatMap((method) =>
    [
      '/',
      '/apps',
      '/buckets',
      '/keys',
      '/shares',
      '/people',
      '/controls',
      '/internet-access',
      '/policies',
      '/flows',
      '/audit',
      '/password',
      '/repositories',
      '/images',
      '/instance-types',
      '/jobs',
      '/cost',
      '/spaces',
      '/tokens',
      '/sign-out',
      '/assets/main-1a2b.js',
    ].map((path) => ({
      route: `${method} ${path}`,
      statuses: page,
    })),
  ),
  ...['GET', 'HEAD'].flatMap((method) =>
    [
      '/launch/:profileName',
      '/profiles/:profileName',
      '/buckets/:bucket',
      '/buckets/:bucket/details',
      '/shares/:shareId',
      '/shares/:shareId/compare',
      '/repositories/*',
    ].map((route) => ({
      route: `${method} ${route}`,
      path: route.replace(':profileName', 'alice').replace(':bucket', 'research-risk-models'),
      statuses: page,
    })),
  ),
];

let running: RunningConsole;
let client: GitClient;
let commit: string;
let freshCount = 0;

/** Made once: whoever is only refused or reads is the same afterwards. */
const known = { newcomer: '', auditor: '', disabled: '' };

beforeAll(async () => {
  running = await runConsole();
  const caller = { principal: 'platform' };
  const content = { body: Readable.from([Buffer.from('kept')]), sizeBytes: 4 };
  const bucket = 'research-risk-models';
  await running.storage.store.putObject({ bucket, key: 'kept.txt', content, caller });
  known.newcomer = await createPerson();
  known.auditor = await createPerson('auditor');
  known.disabled = await createPerson();
  client = await openGitClient(running);
  const access = [{ to: { team: 'risk-models' }, permission: 'read' } as const];
  await client.create('alice', { name: 'models', access });
  const notebook = JSON.stringify({ nbformat: 4, cells: [] });
  commit = await client.commit('work', { 'n.ipynb': notebook });
  await client.push('work', client.url('models', 'alice', await client.token('alice')), 'main');
});
afterAll(async () => {
  await client.close();
  await running.close();
});

const written = (body: unknown) => JSON.stringify(body).replace('<fresh>', `made-${freshCount}`);

async function createPerson(role: Role = 'data-scientist'): Promise<string> {
  freshCount += 1;
  const profileName = `fresh-${freshCount}` as never;
  await running.identity.administration.addPerson({
    ...{ profileName, displayName: 'Fresh', role, team: 'platform' },
  });
  return profileName;
}

/** Alice's own, waiting or approved by somebody else. */
async function createRequest(state: 'pending' | 'approved'): Promise<string> {
  const { egress, identity } = running;
  const person = async (name: string) => {
    const found = await identity.people.find(name);
    if (found === undefined) throw new Error(`Nobody is called ${name}`);
    return found;
  };
  const alice = await person('alice');
  const { requestId } = await egress.request(alice, {
    ...{
      subject: { kind: 'person', profileName: alice.profileName },
      mode: 'open',
      allowLists: [],
    },
    ...{ names: [], ports: [], reason: 'A data set has to come from outside' },
    endsAt: '2026-01-01T01:00:00.000Z',
  });
  if (state === 'approved') await egress.decide(await person('bob'), requestId, 'Approved');
  return requestId;
}

/** Alice's own, made for this request alone. */
async function createOwn(what: 'repository' | 'token'): Promise<string> {
  if (what === 'repository') {
    const name = `own-${freshCount}`;
    await client.create('alice', { name });
    return name;
  }
  const { tokens } = running.repositories;
  const asked = { name: 'laptop', permission: 'read', lifetimeDays: 1 } as const;
  const made = await tokens.create('alice' as never, asked, async () => undefined);
  return made.tokenId;
}

/** Alice's own. */
async function createJob(what: 'job' | 'schedule'): Promise<string> {
  const { identity, jobs } = running;
  const person = (await identity.people.find('alice' as never)) ?? expect.fail('no alice');
  const asker = { person, actor: { ...noActor, profileName: person.profileName } };
  if (what === 'job') return (await jobs.access.create(asker, jobDefinition())).jobId;
  return (await jobs.access.createSchedule(asker, schedule)).scheduleId;
}

/** Alice's own, shared with bob, who says something about it. */
async function createShare(): Promise<{ shareId: string; commentId: string }> {
  const { sharing, identity } = running;
  const asker = async (name: string) => {
    const person = (await identity.people.find(name)) ?? expect.fail(`Nobody is called ${name}`);
    const { profileName } = person;
    return { person, actor: { profileName, remoteAddress: undefined, reference: '-' } };
  };
  const shareId = await sharing.writer.create(
    await asker('alice'),
    {
      ...{ path: 'rates.ipynb', includesOutputs: true, note: '', acceptsWarnings: false },
      audience: { everyone: false, teams: [], people: ['bob' as never] },
      expiresAt: '2026-01-08T00:00:00.000Z',
    },
    async () => ({ kind: 'notebook', bytes: notebookBytes() }),
  );
  const comment = { version: 1, cellIndex: 0, text: 'Why?' };
  const { commentId } = await sharing.comments.add(await asker('bob'), shareId, comment);
  return { shareId, commentId };
}

async function browserOf(caller: Caller): Promise<BrowserDouble> {
  switch (caller) {
    case 'signed out':
      return running.browser();
    case 'must change password':
      return running.browserOf(known.newcomer, { mustChangePassword: true });
    case 'owner':
      return running.browserOf('alice');
    case 'colleague':
      return running.browserOf('bob');
    case 'administrator':
      return running.browserOf('admin');
    case 'auditor':
      return running.browserOf(known.auditor);
    case 'disabled': {
      const { administration } = running.identity;
      await administration.setDisabled(known.disabled as never, false);
      const browser = await running.browserOf(known.disabled);
      await administration.setDisabled(known.disabled as never, true);
      return browser;
    }
  }
}

describe('access to the console', () => {
  it('is listed here for every route that exists, and for no other', () => {
    const listed = [...new Set(rows.map(({ route }) => route))];
    expect(listed.sort()).toEqual([...running.routes.keys()].sort());
  });

  it('is the one in the documents', async () => {
    const page = accessTable(
      'The console',
      'Each route of the console, and the status with which each kind of caller is answered; "owner" and "colleague" are data scientists.',
      {
        callers,
        rows: rows.map(({ route, path, statuses }) => ({
          // One route may be two questions.
          name: path?.startsWith('/api/shares?') ? `GET ${path}` : route,
          answers: statuses,
        })),
      },
    );
    await expect(page).toMatchFileSnapshot(accessPage('console'));
  });

  const cells = rows.flatMap((row) =>
    callers.map((caller, index) => ({ ...row, caller, status: row.statuses[index] ?? 0 })),
  );
  it.each(cells)(
    '$route, $caller: $status',
    async ({ route, path, body, headers, caller, status }) => {
      const [method = '', ownPath = ''] = route.split(' ');
      const browser = await browserOf(caller);
      const address = path ?? ownPath;
      // Nobody is made to be left alone: a refusal is of whoever is there already.
      const target = address.includes('<new>') && status < 400 ? await createPerson() : 'bob';
      freshCount += 1;
      const made = /<(pending|approved)>/.exec(address)?.[1] as 'pending' | 'approved' | undefined;
      const requestId = made === undefined ? '' : await createRequest(made);
      const own = /<(repository|token)>/.exec(address)?.[1] as 'repository' | 'token' | undefined;
      const job = /<(job|schedule)>/.exec(address)?.[1] as 'job' | 'schedule' | undefined;
      const share = address.includes('<share>') ? await createShare() : undefined;
      const filled = address
        .replace('<new>', target)
        .replace(/<(?:pending|approved)>/, requestId)
        .replace('<share>', share?.shareId ?? '')
        .replace('<comment>', share?.commentId ?? '')
        .replace('<commit>', commit)
        .replace(/<(?:job|schedule)>/, job === undefined ? '' : await createJob(job))
        .replace(/<(?:repository|token)>/, own === undefined ? '' : await createOwn(own));
      const answer = await browser.send(filled, {
        ...{ method, ...(headers && { headers }) },
        body: typeof body === 'object' ? written(body) : body,
      });
      expect(answer.status).toBe(status);
      if (status >= 400) expect(answer.json.error.reference).toMatch(/^[0-9a-f]{12}$/);
    },
  );

  it('refuses an unknown address of the API to who is signed out, and does not know it otherwise', async () => {
    expect((await running.browser().send('/api/unknown')).status).toBe(401);
    expect((await (await running.browserOf('alice')).send('/api/unknown')).status).toBe(404);
  });
});
