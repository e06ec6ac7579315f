import { readFile } from 'node:fs/promises';
import { verifyTrail } from '@strongroom/audit-trail';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningConsole, runConsole } from '../testing/running-console.ts';
import { knownAppId } from '../testing/studios-double.ts';

let running: RunningConsole;
beforeEach(async () => {
  running = await runConsole();
});
afterEach(() => running.close());

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
      ['access-denied', 'bob', 'studio-owner/OnlyOwnStudio'],
      ['studio-launched', 'alice', undefined],
      ['access-allowed', 'alice', 'studio-owner/OpenOwnStudio'],
    ]);
    const verdict = await verifyTrail(running.auditFolder, Buffer.alloc(32));
    expect(verdict.problems).toEqual([]);
  });

  it('is read page by page and by what happened, and goes out as CSV', async () => {
    const admin = await running.browserOf('admin');
    for (let index = 0; index < 120; index += 1) {
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
    expect((await admin.send('/api/audit?event=nothing')).json.events).toEqual([]);
    expect((await admin.send('/api/audit?from=yesterday')).json.error.code).toBe('InvalidRequest');
    const { text } = await admin.send('/api/audit.csv');
    expect(text.split('\r\n')).toHaveLength(122);
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
});
