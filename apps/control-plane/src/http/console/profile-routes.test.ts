import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { denying } from '../../policies/testing/authorize-for.ts';
import type { BrowserDouble } from '../testing/browser-double.ts';
import { type RunningConsole, runConsole } from '../testing/running-console.ts';
import { knownAppId } from '../testing/studios-double.ts';

let running: RunningConsole;
let admin: BrowserDouble;

beforeEach(async () => {
  running = await runConsole();
  admin = await running.browserOf('admin');
});
afterEach(() => running.close());

const carol = {
  profileName: 'carol',
  displayName: 'Carol',
  role: 'data-scientist',
  team: 'platform',
};
const create = (person: object) => admin.send('/api/profiles', { method: 'POST', body: person });
const patch = (name: string, disabled: boolean) =>
  admin.send(`/api/profiles/${name}`, { method: 'PATCH', body: { disabled } });
const remove = (name: string) =>
  admin.send(`/api/profiles/${name}`, { method: 'DELETE', body: { deleteHome: true } });

describe('the domain page', () => {
  it('shows one’s own profile, and to administrators all of them', async () => {
    const bob = await running.browserOf('bob');
    const seenByBob = await bob.send('/api/domain');
    expect(seenByBob.json.profiles.map((profile: never) => summarize(profile))).toEqual([
      ['bob', true, true, 1],
    ]);
    const seenByAdmin = await admin.send('/api/domain');
    expect(seenByAdmin.json.profiles.map((profile: never) => summarize(profile))).toEqual([
      ['admin', true, true, 0],
      ['alice', false, false, 1],
      ['bob', false, false, 1],
    ]);
    expect(seenByAdmin.json.profiles[1].userProfileArn).toMatch(
      /^arn:aws:sagemaker:ap-northeast-2:000000000000:user-profile\/d-[0-9a-f]{12}\/alice$/,
    );
  });

  function summarize(profile: {
    profileName: string;
    isSelf: boolean;
    mayLaunch: boolean;
    apps: unknown[] | null;
  }) {
    return [
      profile.profileName,
      profile.isSelf,
      profile.mayLaunch,
      profile.apps === null ? null : profile.apps.length,
    ];
  }
});

describe('adding a person', () => {
  it('writes them into the domain file and gives them a one-time password', async () => {
    const answer = await create(carol);
    expect(answer.status).toBe(201);
    const file = await readFile(running.domainFile.path, 'utf8');
    expect(file).toContain('  - profileName: carol\n    displayName: Carol\n');
    expect(file).toContain('# What kernels run on, read-only.');
    const signedIn = await running.browser().signIn('carol', answer.json.oneTimePassword);
    expect(signedIn.json.mustChangePassword).toBe(true);
  });

  it.each([
    [{ ...carol, profileName: 'Carol' }, 400],
    [{ ...carol, profileName: 'alice' }, 409],
    [{ ...carol, team: 'nowhere' }, 400],
    [{ ...carol, role: 'root' }, 400],
    [{ ...carol, displayName: ' ' }, 400],
    [{ ...carol, disabled: false }, 400],
  ])('refuses %j', async (person, status) => {
    const before = await readFile(running.domainFile.path, 'utf8');
    expect((await create(person)).status).toBe(status);
    expect(await readFile(running.domainFile.path, 'utf8')).toBe(before);
  });

  it('keeps a display name that means something to YAML as it was typed', async () => {
    const displayName = 'yes: "[*a] # & \u{1F600}';
    expect((await create({ ...carol, displayName })).status).toBe(201);
    const domain = await admin.send('/api/domain');
    expect(domain.json.profiles.at(-1).displayName).toBe(displayName);
  });
});

describe('disabling a person', () => {
  it('ends their session at once, tells the studios, and can be undone', async () => {
    const told: string[] = [];
    running.events.on('sessionEnded', ({ profileName }) => told.push(`session of ${profileName}`));
    running.events.on('disabled', ({ profileName }) => told.push(profileName));
    const alice = await running.browserOf('alice');
    expect((await patch('alice', true)).status).toBe(204);
    expect((await alice.send('/api/apps')).status).toBe(401);
    expect(told).toEqual(['session of alice', 'alice']);
    const domain = await admin.send('/api/domain');
    expect(domain.json.profiles[1].status).toBe('Disabled');
    expect((await patch('alice', false)).status).toBe(204);
    expect((await alice.send('/api/apps')).status).toBe(401);
    const password = running.oneTimePasswords.get('alice') ?? '';
    expect((await running.browser().signIn('alice', password)).status).toBe(200);
  });
});

describe('removing a person', () => {
  it('takes them out of the file and their state out of the database', async () => {
    const told: unknown[] = [];
    running.events.on('removed', (event) => told.push(event));
    const alice = await running.browserOf('alice');
    expect((await remove('alice')).status).toBe(204);
    expect(told).toEqual([{ profileName: 'alice', deleteHome: true }]);
    expect((await alice.send('/api/session')).json.signedIn).toBe(false);
    expect(await readFile(running.domainFile.path, 'utf8')).not.toContain('alice');
    const rows = await running.state.selectFrom('sessions').select('profile_name').execute();
    expect(rows.map((row) => row.profile_name)).not.toContain('alice');
    expect((await remove('alice')).status).toBe(404);
  });

  it('gives their host uid to nobody else, not even to somebody of the same name', async () => {
    const before = await running.identity.people.find('alice');
    await remove('alice');
    await create({ ...carol, profileName: 'alice' });
    const after = await running.identity.people.find('alice');
    expect(before?.hostUid).toBe(200_001);
    // 200_003 is that of the hosted repositories.
    expect(after?.hostUid).toBe(200_004);
  });
});

describe('the last administrator', () => {
  it('can be neither disabled nor removed', async () => {
    for (const answer of [await patch('admin', true), await remove('admin')]) {
      expect(answer.status).toBe(409);
      expect(answer.json.error.code).toBe('LastAdministrator');
    }
  });
});

describe('a new one-time password', () => {
  it('replaces the old password and ends the sessions', async () => {
    const alice = await running.browserOf('alice');
    const answer = await admin.send('/api/profiles/alice/one-time-password', {
      method: 'POST',
      body: {},
    });
    expect((await alice.send('/api/session')).json.signedIn).toBe(false);
    const old = running.oneTimePasswords.get('alice') ?? '';
    expect((await running.browser().signIn('alice', old)).status).toBe(401);
    const signedIn = await running.browser().signIn('alice', answer.json.oneTimePassword);
    expect(signedIn.json.mustChangePassword).toBe(true);
  });
});

describe('what looks like another name', () => {
  it.each(['Car\u200bol', '\u202elorac', 'C\u0430rol', '\u3164'])(
    'is no display name: %j',
    async (displayName) => {
      const answer = await create({ ...carol, displayName });
      expect(answer.json.error).toMatchObject({
        ...{ code: 'InvalidRequest', values: { field: 'displayName' } },
      });
    },
  );

  it.each(['\u0024{aws:username}', '*', 'a*', '../bob', 'C\u0430rol'])(
    'is no profile, and nothing is written: %s',
    async (profileName) => {
      const answer = await create({ ...carol, profileName });
      expect(answer.json.error).toMatchObject({
        ...{ code: 'InvalidRequest', values: { field: 'profileName' } },
      });
      expect(running.domainFile.domain.people).toHaveLength(3);
    },
  );

  it('is no reason for a way out', async () => {
    const answer = await admin.send('/api/egress/requests', {
      method: 'POST',
      body: {
        ...{ subject: { kind: 'person', profileName: 'alice' }, mode: 'open' },
        ...{ reason: 'For the \u202eelpmaxe\u202c data', endsAt: '2026-01-01T01:00:00.000Z' },
      },
    });
    expect(answer.json.error).toMatchObject({
      ...{ code: 'InvalidRequest', values: { field: 'reason' } },
    });
  });
});

describe('a policy about the name of a new profile', () => {
  it('refuses that name and no other', async () => {
    running.own.policies = [
      denying({
        Action: 'sagemaker:CreateUserProfile',
        Resource: 'arn:aws:sagemaker:*:*:user-profile/*/root*',
      }),
    ];
    const refused = await create({ ...carol, profileName: 'root-2' });
    expect(refused.json.error.values.rule).toBe('own/Denied');
    expect((await create(carol)).status).toBe(201);
    const { events } = (await admin.send('/api/audit')).json;
    const denied = events.find(({ event }: { event: string }) => event === 'access-denied');
    expect(denied.fields.target).toBe('root-2');
  });
});

describe('what policies say of looking', () => {
  it('hides the domain, a profile and an app that one may not describe', async () => {
    running.own.policies = [
      denying({
        Action: 'sagemaker:DescribeUserProfile',
        Resource: 'arn:aws:sagemaker:*:*:user-profile/*/bob',
      }),
      denying({
        Action: 'sagemaker:DescribeApp',
        Resource: 'arn:aws:sagemaker:*:*:app/*/alice/JupyterServer/default',
      }),
    ];
    const { profiles } = (await admin.send('/api/domain')).json;
    const names = profiles.map((profile: { profileName: string }) => profile.profileName);
    expect(names).toEqual(['admin', 'alice']);
    expect(profiles[1].apps).toEqual([]);
    const { apps } = (await admin.send('/api/apps')).json;
    expect(apps.map((app: { profileName: string }) => app.profileName)).toEqual(['bob']);
    const stop = { method: 'DELETE' };
    running.own.policies = [
      denying({
        Action: 'sagemaker:DeleteApp',
        Resource: 'arn:aws:sagemaker:*:*:app/*/alice/JupyterServer/*',
      }),
    ];
    const path = `/profiles/alice/apps/${knownAppId}`;
    expect((await admin.send(`/api${path}`, stop)).json.error.code).toBe('AccessDenied');
    running.own.policies = [denying({ Action: 'sagemaker:DescribeDomain' })];
    expect((await admin.send('/api/domain')).json.error.code).toBe('AccessDenied');
    running.own.policies = [denying({ Action: 'sagemaker:ListApps' })];
    expect((await admin.send('/api/apps')).json.error.code).toBe('AccessDenied');
    running.own.policies = [denying({ Action: 'strongroom:DescribeEgress' })];
    expect((await admin.send('/api/egress')).json.error.code).toBe('AccessDenied');
  });

  it('keeps a way out from being ended by its owner', async () => {
    const alice = await running.browserOf('alice');
    const made = await alice.send('/api/egress/requests', {
      method: 'POST',
      body: {
        ...{ subject: { kind: 'person', profileName: 'alice' }, mode: 'open' },
        ...{ reason: 'A data set is needed', endsAt: '2026-01-01T01:00:00.000Z' },
      },
    });
    const withdraw = () =>
      alice.send(`/api/egress/requests/${made.json.requestId}/withdraw`, { method: 'POST' });
    running.own.policies = [denying({ Action: 'strongroom:EndEgress' })];
    expect((await withdraw()).json.error.code).toBe('AccessDenied');
    running.own.policies = [];
    expect((await withdraw()).json.state).toBe('Withdrawn');
  });
});
