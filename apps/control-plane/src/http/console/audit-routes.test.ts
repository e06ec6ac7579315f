import { readFile } from 'node:fs/promises';
import { verifyTrail } from '@strongroom/audit-trail';
import type { ProfileName } from '@strongroom/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningConsole, runConsole } from '../testing/running-console.ts';
import { knownAppId } from '../testing/studios-double.ts';

let running: RunningConsole;
beforeEach(async () => {
  running = await runConsole();
});
afterEach(() => running.close());

const aboutAlice = {
  ...{ subject: { kind: 'person', profileName: 'alice' }, mode: 'open' },
  ...{ reason: 'A data set has to come from outside', endsAt: '2026-01-01T01:00:00.000Z' },
};
const post = (body: unknown = {}) => ({ method: 'POST', body: JSON.stringify(body) });

describe('the audit trail of the console', () => {
  it('has who did what by which rule, and who was refused what', async () => {
    const [alice, bob, otto] = await Promise.all(
      ['alice', 'bob', 'admin'].map((name) => running.browserOf(name)),
    );
    await alice?.send('/api/profiles/alice/launches', post());
    await bob?.send('/api/profiles/alice/launches', post());
    const { events } = (await otto?.send('/api/audit'))?.json ?? {};
    const seen = events.map(
      ({ event, fields }: { event: string; fields: Record<string, string> }) => [
        ...[event, fields.profileName, fields.rule],
      ],
    );
    expect(seen).toEqual([
      ['log-read', 'admin', undefined],
      ['access-denied', 'bob', 'studio-owner/OnlyOwnStudio'],
      ['studio-launched', 'alice', undefined],
      ['access-allowed', 'alice', 'studio-owner/OpenOwnStudio'],
    ]);
    const verdict = await verifyTrail(running.auditFolder, Buffer.alloc(32));
    expect(verdict.problems).toEqual([]);
  });

  it('is read page by page and by what happened, and goes out as CSV', async () => {
    const admin = await running.browserOf('admin');
    for (let index = 0; index < 119; index += 1) {
      await running.audit.authorityRotated(
        { profileName: undefined, remoteAddress: '=1+1', reference: String(index) },
        { fingerprint: 'x', immediately: true },
      );
    }
    const first = (await admin.send('/api/audit')).json;
    expect(first.events).toHaveLength(100);
    const second = (await admin.send(`/api/audit?cursor=${first.cursor}`)).json;
    expect(second.events).toHaveLength(20);
    expect(second.cursor).toBeNull();
    expect((await admin.send('/api/audit?event=profile-removed')).json.events).toEqual([]);
    expect((await admin.send('/api/audit?event=nothing')).json.error.code).toBe('InvalidRequest');
    expect((await admin.send('/api/audit?from=yesterday')).json.error.code).toBe('InvalidRequest');
    const { text } = await admin.send('/api/audit.csv');
    expect(text.split('\r\n')).toHaveLength(124);
    expect(text).toContain("'=1+1");
  });

  it('shows a person what others did to their studio, and not what they did themselves', async () => {
    const [alice, bob, admin] = await Promise.all(
      ['alice', 'bob', 'admin'].map((name) => running.browserOf(name)),
    );
    await alice?.send('/api/profiles/alice/launches', post());
    await bob?.send('/api/profiles/alice/launches', post());
    await admin?.send(`/api/profiles/alice/apps/${knownAppId}`, { method: 'DELETE' });
    const { events } = (await alice?.send('/api/profiles/alice/accesses'))?.json ?? {};
    const seen = events.map(
      ({ event, fields }: { event: string; fields: Record<string, string> }) => [
        ...[event, fields.profileName],
      ],
    );
    expect(seen).toEqual([
      ['app-stopped', 'admin'],
      ['access-allowed', 'admin'],
      ['access-denied', 'bob'],
    ]);
  });

  it('shows a person what their studio may reach because others changed it', async () => {
    const [alice, admin] = await Promise.all(
      ['alice', 'admin'].map((name) => running.browserOf(name)),
    );
    const team = (await running.identity.people.find('alice'))?.team;
    for (const subject of [
      { kind: 'person', profileName: 'alice' },
      { kind: 'person', profileName: 'bob' },
      { kind: 'team', team },
      { kind: 'domain' },
    ]) {
      const request = {
        ...{ subject, mode: 'open', reason: 'A data set has to come from outside' },
        endsAt: '2026-01-01T01:00:00.000Z',
      };
      expect((await admin?.send('/api/egress/requests', post(request)))?.status).toBe(201);
    }
    const { events } = (await alice?.send('/api/profiles/alice/accesses'))?.json ?? {};
    const subjects = events
      .filter(({ event }: { event: string }) => event === 'egress-changed')
      .map(({ fields }: { fields: { subject: { kind: string } } }) => fields.subject.kind);
    expect(subjects).toEqual(['domain', 'team', 'person']);
  });

  it('shows a person all of that, page after page', async () => {
    const alice = await running.browserOf('alice');
    for (let number = 0; number < 230; number += 1) {
      const actor = { profileName: 'admin' as ProfileName, remoteAddress: '', reference: '' };
      await running.audit.appStopped(actor, 'alice' as ProfileName, String(number));
    }
    let count = 0;
    let cursor = '';
    do {
      const page = (await alice.send(`/api/profiles/alice/accesses?cursor=${cursor}`)).json;
      count += page.events.length;
      ({ cursor } = page);
    } while (cursor !== null);
    expect(count).toBe(230);
  });

  it('has who read it, and who took it out, before they see any of it', async () => {
    const admin = await running.browserOf('admin');
    for (const path of ['/api/audit?profileName=bob', '/api/audit?profileName=bob']) {
      expect((await admin.send(path)).status).toBe(200);
    }
    for (const path of ['/api/audit.csv?from=2025-12-01', '/api/flows', '/api/flows.csv']) {
      expect((await admin.send(path)).status).toBe(200);
    }
    const { events } = (await admin.send('/api/audit?profileName=admin')).json;
    const seen = events
      .slice(1)
      .map(({ event, fields }: { event: string; fields: Record<string, unknown> }) => [
        ...[event, fields.log, fields.question],
      ]);
    expect(seen).toEqual([
      ['log-exported', 'flow-log', {}],
      ['log-read', 'flow-log', {}],
      ['log-exported', 'audit-trail', { fromDay: '2025-12-01' }],
      ['log-read', 'audit-trail', { profileName: 'bob' }],
    ]);
    await running.trail.close();
    for (const path of ['/api/audit', '/api/audit.csv', '/api/flows.csv', '/api/audit/counts']) {
      expect((await admin.send(path)).json.error.code, path).toBe('AuditUnavailable');
    }
  });

  it('is counted over time, of everything that fits, and its size is told', async () => {
    running.advanceMinutes(50);
    const [admin, bob] = await Promise.all(['admin', 'bob'].map((name) => running.browserOf(name)));
    await bob?.send('/api/profiles/alice/launches', post());
    running.advanceMinutes(20);
    await bob?.send('/api/profiles/bob/launches', post());
    const day = '2026-01-01';
    const path = `/api/audit/counts?profileName=bob&from=${day}&to=${day}`;
    const counts = (await admin?.send(path))?.json;
    expect(counts).toMatchObject({ unit: 'hour', isComplete: true });
    expect(counts.buckets.slice(0, 3)).toEqual([
      { start: '2026-01-01T00:00:00.000Z', count: 1, refusedCount: 1 },
      { start: '2026-01-01T01:00:00.000Z', count: 2, refusedCount: 0 },
      { start: '2026-01-01T02:00:00.000Z', count: 0, refusedCount: 0 },
    ]);
    const sizes = (await admin?.send('/api/logs'))?.json;
    expect(sizes.retentionDays).toBe(100);
    const [trail] = sizes.logs;
    expect(trail).toMatchObject({ log: 'audit-trail', dayCount: 1 });
    expect(trail.estimatedBytes).toBe(trail.sizeBytes * 100);
  });

  it('refuses what it cannot write down, and nothing is done', async () => {
    const [alice, admin] = await Promise.all(
      ['alice', 'admin'].map((name) => running.browserOf(name)),
    );
    await running.trail.close();
    const before = await readFile(running.domainFile.path, 'utf8');
    const answers = await Promise.all([
      alice?.send('/api/profiles/alice/launches', post()),
      alice?.send('/api/profiles/alice/files/content?path=notes.txt'),
      admin?.send('/api/profiles/bob', { method: 'PATCH', body: '{"disabled":true}' }),
      admin?.send('/api/profiles/bob', { method: 'DELETE', body: '{"deleteHome":true}' }),
      admin?.send(
        '/api/profiles',
        post({ profileName: 'new', displayName: 'New', role: 'data-scientist', team: 'platform' }),
      ),
      running.browser().send('/api/session', post({ profileName: 'alice', password: 'wrong' })),
    ]);
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 503, json: { error: { code: 'AuditUnavailable' } } });
    }
    expect(running.studios.calls).toEqual([]);
    expect(await readFile(running.domainFile.path, 'utf8')).toBe(before);
    expect((await running.identity.people.find('bob'))?.disabled).toBe(false);
  });

  it('refuses a way out that it cannot write down, and none is open', async () => {
    const [alice, admin] = await Promise.all(
      ['alice', 'admin'].map((name) => running.browserOf(name)),
    );
    const asked = await alice?.send('/api/egress/requests', post(aboutAlice));
    const path = `/api/egress/requests/${asked?.json.requestId}`;
    await running.trail.close();
    const refused = { status: 503, json: { error: { code: 'AuditUnavailable' } } };
    expect(await admin?.send(`${path}/approve`, post())).toMatchObject(refused);
    expect(await alice?.send(`${path}/withdraw`, post())).toMatchObject(refused);
    expect(running.egress.list().map(({ state }) => state)).toEqual(['Pending']);
  });

  it('keeps no request for a way out that it cannot write down', async () => {
    const alice = await running.browserOf('alice');
    const begun: unknown[] = [];
    running.trail.append = async ({ event, fields }) => {
      if (event !== 'egress-change-begun') return;
      begun.push({ fields, kept: running.egress.list() });
      throw new Error('full');
    };
    const answer = await alice.send('/api/egress/requests', post(aboutAlice));
    expect(answer).toMatchObject({ status: 503, json: { error: { code: 'AuditUnavailable' } } });
    const { subject, mode, reason } = aboutAlice;
    const fields = { profileName: 'alice', subject, mode, reason, state: 'Pending' };
    expect(begun).toMatchObject([{ fields, kept: [] }]);
    expect(running.egress.list()).toEqual([]);
  });

  it('has the end of what a person asked for who was removed', async () => {
    const [alice, admin] = await Promise.all(
      ['alice', 'admin'].map((name) => running.browserOf(name)),
    );
    const asked = await alice?.send('/api/egress/requests', post(aboutAlice));
    const { requestId } = asked?.json ?? {};
    const ended = new Promise<unknown>((resolve) => {
      const append = running.trail.append.bind(running.trail);
      running.trail.append = async (event) => {
        if (event.event === 'egress-changed') resolve(event.fields);
        return append(event);
      };
    });
    await admin?.send('/api/profiles/alice', { method: 'DELETE', body: { deleteHome: false } });
    expect(await ended).toMatchObject({ requestId, state: 'Withdrawn', profileName: undefined });
  });

  it('names the request, and what it opens, before a way out is open', async () => {
    const [alice, admin] = await Promise.all(
      ['alice', 'admin'].map((name) => running.browserOf(name)),
    );
    const asked = await alice?.send('/api/egress/requests', post(aboutAlice));
    const requestId = asked?.json.requestId;
    let statesThen: string[] = [];
    const append = running.trail.append.bind(running.trail);
    running.trail.append = async (event) => {
      if (event.event === 'egress-change-begun') {
        expect(event.fields).toMatchObject({ requestId, state: 'Approved', mode: 'open' });
        statesThen = running.egress.list().map(({ state }) => state);
      }
      if (event.event === 'egress-changed') throw new Error('full');
      return append(event);
    };
    const approved = await admin?.send(`/api/egress/requests/${requestId}/approve`, post());
    expect(statesThen).toEqual(['Pending']);
    // What is in force is not answered as though it were not.
    expect(approved?.status).toBe(200);
  });

  it('refuses to sign in and out where it cannot write that down', async () => {
    const alice = await running.browserOf('alice');
    await running.trail.close();
    const password = running.oneTimePasswords.get('alice');
    const signedIn = await running.browser().signIn('alice', password ?? '');
    expect(signedIn).toMatchObject({ status: 503, json: { error: { code: 'AuditUnavailable' } } });
    expect(signedIn.headers['set-cookie']).toBeUndefined();
    expect((await alice.send('/api/session', { method: 'DELETE' })).status).toBe(503);
    expect((await alice.send('/api/session')).json.signedIn).toBe(true);
  });
});
