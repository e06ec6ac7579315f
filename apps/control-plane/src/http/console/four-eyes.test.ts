import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BrowserDouble } from '../testing/browser-double.ts';
import { type RunningConsole, runConsole } from '../testing/running-console.ts';

const password = 'orbit pencil walrus tango';
let running: RunningConsole;
let admin: BrowserDouble;

beforeEach(async () => {
  running = await runConsole();
  admin = await running.browserOf('admin');
});
afterEach(() => running.close());

const post = (body: unknown = {}) => ({ method: 'POST', body });

/** Made by whoever this browser is; answers a browser signed in as the new person. */
async function create(
  by: BrowserDouble,
  profileName: string,
  role = 'administrator',
): Promise<BrowserDouble> {
  const person = { profileName, displayName: profileName, role, team: 'platform' };
  const made = await by.send('/api/profiles', post(person));
  return signInFirst(profileName, made.json.oneTimePassword);
}

async function reset(by: BrowserDouble, profileName: string): Promise<BrowserDouble> {
  const made = await by.send(`/api/profiles/${profileName}/one-time-password`, post());
  return signInFirst(profileName, made.json.oneTimePassword);
}

async function signInFirst(profileName: string, oneTimePassword: string): Promise<BrowserDouble> {
  const browser = running.browser();
  await browser.signIn(profileName, oneTimePassword);
  const change = { currentPassword: oneTimePassword, newPassword: password };
  expect((await browser.send('/api/password', post(change))).status).toBe(200);
  return browser;
}

async function request(by: BrowserDouble, profileName: string): Promise<string> {
  const endsAt = new Date(running.time.now.getTime() + 3_600_000).toISOString();
  const made = await by.send('/api/egress/requests', {
    method: 'POST',
    body: {
      ...{ subject: { kind: 'person', profileName }, mode: 'open', endsAt },
      reason: 'A data set has to come from outside',
    },
  });
  return made.json.requestId;
}

async function approval(by: BrowserDouble, requestId: string): Promise<string> {
  const answer = await by.send(`/api/egress/requests/${requestId}/approve`, post());
  return answer.status === 200 ? answer.json.state : answer.json.error.code;
}

/** Somebody who was an administrator long before anything here happened. */
async function settledAdministrator(profileName: string): Promise<BrowserDouble> {
  await create(admin, profileName);
  running.advanceMinutes(25 * 60);
  admin = await running.browserOf('admin');
  return running.browserOf(profileName);
}

describe('an approval', () => {
  it('is not one of a person whom the asking administrator has just made', async () => {
    const puppet = await create(admin, 'puppet');
    expect(await approval(puppet, await request(admin, 'alice'))).toBe('EgressNotIndependent');
  });

  it('that is refused for want of a second person is in the audit trail, and is not begun', async () => {
    const puppet = await create(admin, 'puppet');
    const requestId = await request(admin, 'alice');
    await approval(puppet, requestId);
    await approval(admin, requestId);
    const { events } = (await admin.send('/api/audit')).json;
    const seen = events.map(({ event, fields }: { event: string; fields: { rule?: string } }) =>
      event === 'access-denied' ? fields.rule : event,
    );
    expect(seen).toEqual(expect.arrayContaining(['EgressOwnRequest', 'EgressNotIndependent']));
    // The request itself alone.
    expect(seen.filter((each: string) => each === 'egress-change-begun')).toHaveLength(1);
  });

  it('is not one of a colleague whose password the asking administrator has reset', async () => {
    await settledAdministrator('carol');
    const requestId = await request(admin, 'alice');
    const asCarol = await reset(admin, 'carol');
    expect(await approval(asCarol, requestId)).toBe('EgressNotIndependent');
  });

  it('is not one through a go-between, also when that one is removed', async () => {
    await settledAdministrator('carol');
    const between = await create(admin, 'between');
    const asCarol = await reset(between, 'carol');
    const gone = { method: 'DELETE', body: { deleteHome: true } };
    expect((await admin.send('/api/profiles/between', gone)).status).toBe(204);
    expect(await approval(asCarol, await request(admin, 'alice'))).toBe('EgressNotIndependent');
  });

  it('is not one where the approver asks under another name, or as two others', async () => {
    const puppet = await create(admin, 'puppet');
    const second = await create(admin, 'second');
    const requestId = await request(puppet, 'alice');
    expect(await approval(admin, requestId)).toBe('EgressNotIndependent');
    expect(await approval(second, requestId)).toBe('EgressNotIndependent');
  });

  it('is one of a colleague whom nobody has reset, a day after they were made', async () => {
    const carol = await settledAdministrator('carol');
    expect(await approval(carol, await request(admin, 'alice'))).toBe('Approved');
  });

  it('still is not one a day later where the password was reset after the request', async () => {
    await settledAdministrator('carol');
    const long = {
      ...{ subject: { kind: 'person', profileName: 'alice' }, mode: 'open' },
      ...{ reason: 'A data set has to come from outside' },
      endsAt: new Date(running.time.now.getTime() + 48 * 3_600_000).toISOString(),
    };
    const { requestId } = (await admin.send('/api/egress/requests', post(long))).json;
    await reset(admin, 'carol');
    running.advanceMinutes(25 * 60);
    expect(await approval(await running.browserOf('carol'), requestId)).toBe(
      'EgressNotIndependent',
    );
  });

  it('may be refused by anybody who may decide', async () => {
    const puppet = await create(admin, 'puppet');
    const requestId = await request(admin, 'alice');
    const answer = await puppet.send(`/api/egress/requests/${requestId}/refuse`, post());
    expect(answer.json.state).toBe('Refused');
  });
});

describe('a password that somebody else has reset', () => {
  it('is seen by its owner among the accesses by others', async () => {
    await reset(admin, 'alice');
    const alice = await running.browserOf('alice');
    const { events } = (await alice.send('/api/profiles/alice/accesses')).json;
    expect(events).toContainEqual(
      expect.objectContaining({
        event: 'one-time-password-created',
        fields: expect.objectContaining({ profileName: 'admin', target: 'alice' }),
      }),
    );
  });
});
