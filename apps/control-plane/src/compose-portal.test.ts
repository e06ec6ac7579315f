import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { notebookBytes } from './shares/testing/open-test-sharing.ts';
import { type RunningPortal, runPortal } from './testing/run-portal.ts';

let portal: RunningPortal;
let alice: Awaited<ReturnType<RunningPortal['browserOf']>>;
let bob: typeof alice;
let admin: typeof alice;
beforeAll(async () => {
  portal = await runPortal();
  alice = await portal.browserOf('alice');
  bob = await portal.browserOf('bob');
  admin = await portal.browserOf('admin');
});
afterAll(() => portal.close());

const spaces = '/api/profiles/alice/spaces';
const small = { instanceType: 'ml.t3.medium' };
const launch = async (browser: typeof alice, body: object = {}) => {
  const options = { method: 'POST', body };
  const { json, status } = await browser.send('/api/profiles/alice/launches', options);
  if (status !== 201) return { status, code: json.error.code };
  const { text } = await browser.send(`/api/launches/${json.launchId}/events`);
  const last = text.trim().split('\n\n').at(-1) ?? '';
  return JSON.parse(last.replace(/^data: /, ''));
};

describe('the console before a SageMaker domain', () => {
  it('says what runs the studios, and what AWS calls them', async () => {
    expect((await alice.send('/api/session')).json.domain.runtime).toBe('sagemaker');
    const { json } = await alice.send('/api/domain');
    expect(json.domainArn).toMatch(/:domain\/d-abcdefghijkl$/);
    const self = json.profiles.find((each: { isSelf: boolean }) => each.isSelf);
    expect(self.userProfileArn).toMatch(/:user-profile\/d-abcdefghijkl\/alice$/);
  });

  it.each([
    ...['/api/repositories', '/api/egress', '/api/flows', '/api/images', '/api/jobs'],
    ...['/api/profiles/alice/files?path=', '/api/tokens'],
  ])('does not serve what only a studio on this machine has: %s', async (path) => {
    expect((await alice.send(path)).status).toBe(404);
  });

  it('makes a space for its owner, opens it and tells what it costs', async () => {
    const made = await alice.send(spaces, { method: 'POST', body: small });
    expect([made.status, made.json.spaceName]).toEqual([201, 'alice']);
    portal.fake.state.settle();
    portal.fake.state.apps.push({
      ...{ SpaceName: 'alice', AppType: 'JupyterLab', AppName: 'default' },
      ...{
        instanceType: 'ml.t3.medium',
        Status: 'InService',
        CreationTime: Date.now() / 1000 - 60,
      },
    });
    const ready = await launch(alice, { spaceName: 'alice' });
    expect(ready.presignedUrl).toContain('fake-for-alice');
  });

  it("keeps everybody else from a person's spaces and studio", async () => {
    for (const browser of [bob, admin]) {
      expect((await browser.send(spaces)).json.error.code).toBe('AccessDenied');
      const made = await browser.send(spaces, { method: 'POST', body: small });
      expect(made.json.error.code).toBe('AccessDenied');
      const changed = await browser.send(`${spaces}/alice`, {
        ...{ method: 'PATCH', body: { instanceType: 'ml.m5.large' } },
      });
      expect(changed.json.error.code).toBe('AccessDenied');
      const deleted = await browser.send(`${spaces}/alice`, { method: 'DELETE' });
      expect(deleted.json.error.code).toBe('AccessDenied');
      expect((await launch(browser)).code).toBe('AccessDenied');
    }
    expect(portal.fake.callsOf('DeleteSpace')).toEqual([]);
  });

  it('offers the sizes of the domain file, and none of SageMaker’s own', async () => {
    const { json } = await alice.send('/api/instance-types');
    const types = json.instanceTypes.map((type: { instanceType: string }) => type.instanceType);
    expect(types).toEqual(['ml.t3.medium', 'ml.m5.large', 'ml.m5.xlarge']);
    const body = { instanceType: 'ml.p4d.24xlarge' };
    const refused = await alice.send(spaces, { method: 'POST', body });
    expect(refused.json.error.code).toBe('AccessDenied');
  });

  it('writes down who made and opened what, and no address', async () => {
    expect((await admin.send('/api/logs')).status).toBe(200);
    const { json } = await admin.send('/api/audit');
    const names = json.events.map(({ event }: { event: string }) => event);
    expect(names).toEqual(
      expect.arrayContaining(['space-created', 'studio-launched', 'studio-presigned']),
    );
    expect(JSON.stringify(json)).not.toContain('fake-for-alice');
    const log = await readFile(join(portal.folder, 'data/log/control-plane.jsonl'), 'utf8');
    expect(log).not.toContain('fake-for-alice');
  });

  it('keeps notebooks and objects in the real bucket, under the real key', async () => {
    const path = '/api/buckets/research-risk-models/objects/content?key=report.txt';
    const sent = await alice.send(path, {
      ...{ method: 'PUT', body: 'hello', headers: { 'content-type': 'application/octet-stream' } },
    });
    expect(sent.status).toBeLessThan(300);
    const bucket = 'research-risk-models';
    const caller = { principal: 'fake' };
    const { info } = await portal.s3.store.getObject({ bucket, key: 'report.txt', caller });
    expect(info.encryption?.keyArn).toBe(portal.s3.keyArn);
  });

  it('shares a notebook that is in a bucket with whom its owner names, and with nobody else', async () => {
    const path = 's3://research-risk-models/model.ipynb';
    const body = notebookBytes().toString();
    const headers = { 'content-type': 'application/octet-stream' };
    const address = '/api/buckets/research-risk-models/objects/content?key=model.ipynb';
    await alice.send(address, { method: 'PUT', body, headers });
    const asked = {
      ...{ path, includesOutputs: true, note: '', acceptsWarnings: false },
      audience: { everyone: false, teams: [], people: ['bob'] },
      expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
    };
    const made = await alice.send('/api/shares', { method: 'POST', body: asked });
    expect([made.status, made.json.error?.code]).toEqual([201, undefined]);
    const notebook = `/api/shares/${made.json.shareId}/versions/1/notebook`;
    expect((await bob.send(notebook)).text).toContain('nbformat');
    expect((await admin.send(notebook)).status).toBe(403);
    const stored = await portal.s3.store.listObjects({
      ...{
        bucket: 'strongroom-000000000000-sharing',
        prefix: '',
        maximumKeys: 10,
        caller: { principal: 'fake' },
      },
    });
    expect(stored.objects.length).toBeGreaterThan(0);
  });

  it.each(['s3://research-risk-models/report.txt', 'notebook.ipynb', 's3://elsewhere/x.ipynb'])(
    'shares nothing that is no notebook of a bucket that the person may read: %s',
    async (path) => {
      const asked = {
        ...{ path, includesOutputs: true, note: '', acceptsWarnings: false },
        audience: { everyone: false, teams: [], people: ['bob'] },
        expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
      };
      const refused = await alice.send('/api/shares', { method: 'POST', body: asked });
      expect(refused.status).toBeGreaterThanOrEqual(400);
    },
  );

  it.each(['GET', 'POST'])('asks who it is before anything of a space: %s', async (method) => {
    expect((await portal.browser().send(spaces, { method, body: small })).status).toBe(401);
  });

  it('says that credentials are expired, and goes on when they are not', async () => {
    portal.fake.fail('ListSpaces', { code: 'ExpiredTokenException' });
    await expect
      .poll(async () => (await alice.send(spaces)).json.error?.code, { timeout: 8_000 })
      .toBe('AwsCredentialsUnusable');
    expect((await alice.send(spaces)).status).toBe(200);
  });

  it('stops the apps of whoever is disabled', async () => {
    const body = { disabled: true };
    await admin.send('/api/profiles/alice', { method: 'PATCH', body });
    await expect.poll(() => portal.fake.callsOf('DeleteApp').length).toBeGreaterThan(0);
  });
});
