import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient, type ApiResponse } from '../support/api-client.ts';
import { type RunningDomain, startDomain } from '../support/running-domain.ts';

const mayMount = process.getuid?.() === 0;
const refused = { status: 503, json: { error: { code: 'AuditUnavailable' } } };
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

// Only root may mount the small file system that stands for the disk of the evidence.
describe.runIf(mayMount)('a disk that is full where the audit trail is', () => {
  let domain: RunningDomain;
  let audit: string;
  let alice: ApiClient;
  let admin: ApiClient;
  let alicePassword: string;
  let requestId: string;

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'strongroom-full-audit-'));
    audit = join(folder, 'data', 'audit');
    mkdirSync(audit, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m,mode=0700', 'tmpfs', audit]);
    domain = await startDomain({ folder });
    [alice, admin] = [new ApiClient(domain), new ApiClient(domain)];
    alicePassword = await alice.firstSignIn('alice', domain.oneTimePasswords.get('alice') ?? '');
    await admin.firstSignIn('admin', domain.oneTimePasswords.get('admin') ?? '');
    await alice.openStudio('alice');
    const asked = await alice.console('/api/egress/requests', {
      method: 'POST',
      body: {
        ...{ subject: { kind: 'person', profileName: 'alice' }, mode: 'open', endsAt: inAnHour() },
        reason: 'A data set has to come from outside',
      },
    });
    ({ requestId } = asked.json);
    await fill();
  });

  afterAll(async () => {
    await domain.stop();
    execFileSync('umount', [audit]);
    await domain.remove();
  });

  /** Also the rest of the last block: with lines of one kind, then with shorter ones of two others. */
  async function fill(): Promise<void> {
    const filler = await open(join(audit, 'filler'), 'w');
    await filler.writeFile(Buffer.alloc(2 * 1024 * 1024)).catch(() => undefined);
    await filler.close();
    const body = { currentPassword: 'wrong', newPassword: 'a sentence that nobody will ever use' };
    let answer: ApiResponse;
    do {
      answer = await admin.console('/api/password', { method: 'POST', body });
    } while (answer.json.error.code !== 'AuditUnavailable');
    const visitors = [await visit()];
    while (visitors.at(-1)?.isIn) visitors.push(await visit());
    for (const { client, isIn } of visitors) {
      if (!isIn || (await client.console('/api/session', { method: 'DELETE' })).status === 503)
        break;
    }
  }

  async function visit() {
    const client = new ApiClient(domain);
    const { status } = await client.signIn('alice', alicePassword);
    return { client, isIn: status === 200 };
  }

  it('lets nobody in', async () => {
    const client = new ApiClient(domain);
    expect(await client.signIn('alice', alicePassword)).toMatchObject(refused);
    expect((await client.console('/api/session')).json.signedIn).toBe(false);
  });

  it('lets nobody out, so that every end is in the evidence', async () => {
    const { csrfToken } = alice;
    expect(await alice.console('/api/session', { method: 'DELETE' })).toMatchObject(refused);
    const session = (await alice.console('/api/session')).json;
    expect(session).toMatchObject({ signedIn: true, csrfToken });
  });

  it('opens no way out', async () => {
    const path = `/api/egress/requests/${requestId}/approve`;
    const body = {};
    expect(await admin.console(path, { method: 'POST', body })).toMatchObject(refused);
    const egress = (await alice.console('/api/egress')).json;
    expect(egress.now.mode).toBe('off');
    expect(egress.requests[0].state).toBe('Pending');
  });

  it('makes no one-time password, by the console or by the operator', async () => {
    const path = '/api/profiles/bob/one-time-password';
    expect(await admin.console(path, { method: 'POST', body: {} })).toMatchObject(refused);
    expect(await askOperator('POST', '/people/bob/one-time-password')).toMatchObject(refused);
    const client = new ApiClient(domain);
    const before = domain.oneTimePasswords.get('bob') ?? '';
    // The password of before still is the one: what is refused is only the record of its use.
    expect(await client.signIn('bob', before)).toMatchObject(refused);
  });

  it('replaces no authority', async () => {
    const rotated = await askOperator('POST', '/authority/rotate', { immediately: true });
    expect(rotated).toMatchObject(refused);
  });

  it('launches no studio, starts no kernel and hands out no file', async () => {
    const launches = '/api/profiles/alice/launches';
    expect(await alice.console(launches, { method: 'POST', body: {} })).toMatchObject(refused);
    const start = () => alice.studio('alice', '/api/kernels', { method: 'POST', body: {} });
    // The one that was started ahead of need is in the evidence already.
    await start();
    const before = (await alice.console('/api/apps')).json.apps.length;
    expect((await start()).status).toBeGreaterThanOrEqual(500);
    expect((await alice.console('/api/apps')).json.apps.length).toBe(before);
    const file = '/api/profiles/alice/files/content?path=x';
    expect(await alice.console(file)).toMatchObject(refused);
  });

  it('goes on where there is room again, with a whole trail', async () => {
    await rm(join(audit, 'filler'));
    const path = `/api/egress/requests/${requestId}/approve`;
    expect(await admin.console(path, { method: 'POST', body: {} })).toMatchObject({ status: 200 });
    expect((await admin.console('/api/audit')).json.events[1].event).toBe('egress-changed');
    const cli = join(import.meta.dirname, '../../apps/cli/dist/main.js');
    const folder = join(domain.folder, 'data');
    const verified = execFileSync(process.execPath, [
      cli,
      'audit',
      'verify',
      '--data-folder',
      folder,
    ]);
    expect(verified.toString()).toContain('The trail is whole');
  });

  function askOperator(method: string, path: string, body?: unknown) {
    const socketPath = join(domain.folder, 'data', 'operator.sock');
    return new Promise<{ status: number | undefined; json: unknown }>((resolve, reject) => {
      request({ socketPath, method, path, agent: false }, async (incoming) => {
        let text = '';
        for await (const chunk of incoming) text += chunk;
        resolve({ status: incoming.statusCode, json: JSON.parse(text) });
      })
        .on('error', reject)
        .end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
});
