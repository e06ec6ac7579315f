import { randomBytes } from 'node:crypto';
import { type ClientRequest, request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { denying } from '../../policies/testing/authorize-for.ts';
import type { BrowserDouble } from '../testing/browser-double.ts';
import { type RunningConsole, runConsole } from '../testing/running-console.ts';

const bucket = '/api/buckets/research-risk-models';
const content = (key: string, more = '') =>
  `${bucket}/objects/content?key=${encodeURIComponent(key)}${more}`;

let running: RunningConsole;
let alice: BrowserDouble;
beforeEach(async () => {
  running = await runConsole();
  alice = await running.browserOf('alice');
});
afterEach(() => running.close());

const upload = (key: string, body: string, more = '', browser = alice) =>
  browser.send(content(key, more), {
    ...{ method: 'PUT', body, headers: { 'content-type': 'application/octet-stream' } },
  });
const disableKey = () =>
  running.storage.keys.disable('alias/strongroom-data', { caller: { principal: 'operator' } });

async function eventsOf(name: string) {
  const admin = await running.browserOf('admin');
  const { events } = (await admin.send(`/api/audit?event=${name}`)).json;
  return events.map(({ fields }: { fields: Record<string, unknown> }) => fields);
}

describe('an object in the console', () => {
  it('comes back as it was sent, as a file and never as a page, and both are recorded', async () => {
    const html = '<script>alert(1)</script>'.repeat(40_000);
    const more = '&contentType=text/html';
    expect((await upload('reports/2026 1월.html', html, more)).status).toBe(204);
    const answer = await alice.send(content('reports/2026 1월.html'));
    expect(answer.text).toBe(html);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="2026 1_.html"; filename*=UTF-8''2026%201%EC%9B%94.html`,
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'content-length': String(html.length),
    });
    const target = 'arn:aws:s3:::research-risk-models/reports/2026 1월.html';
    const recorded = { profileName: 'alice', target, sizeBytes: html.length };
    expect(await eventsOf('object-uploaded')).toMatchObject([recorded]);
    expect(await eventsOf('object-downloaded')).toMatchObject([recorded]);
    const details = await alice.send(
      `${bucket}/objects/details?key=reports/2026 1월.html`
        .replace(/ /g, '%20')
        .replace('월', '%EC%9B%94'),
    );
    expect(details.json).toMatchObject({ sizeBytes: html.length, contentType: 'text/html' });
  });

  it('is replaced only where that is asked for', async () => {
    const check = `${bucket}/objects/upload-check?key=a.txt`;
    expect((await alice.send(check)).json).toEqual({ exists: false });
    expect((await upload('a.txt', 'first')).status).toBe(204);
    expect((await alice.send(check)).json).toEqual({ exists: true });
    const refused = await upload('a.txt', 'second');
    expect([refused.status, refused.json.error.code]).toEqual([409, 'ObjectExists']);
    expect((await alice.send(content('a.txt'))).text).toBe('first');
    expect((await upload('a.txt', 'second', '&overwrite=true')).status).toBe(204);
    expect((await alice.send(content('a.txt'))).text).toBe('second');
  });

  it('may be empty, and is deleted', async () => {
    expect((await upload('empty', '')).status).toBe(204);
    expect((await alice.send(content('empty'))).text).toBe('');
    const path = `${bucket}/objects?key=empty`;
    expect((await alice.send(path, { method: 'DELETE' })).status).toBe(204);
    const gone = await alice.send(content('empty'));
    expect([gone.status, gone.json.error.code]).toEqual([404, 'ObjectNotFound']);
    expect(await eventsOf('object-deleted')).toMatchObject([
      { target: 'arn:aws:s3:::research-risk-models/empty' },
    ]);
  });

  it('is refused to whoever has no policy for it, with the rule, and that is recorded', async () => {
    await upload('secret.txt', 'x');
    const admin = await running.browserOf('admin');
    const answers = [
      await admin.send(content('secret.txt')),
      await admin.send(`${bucket}/objects/details?key=secret.txt`),
      await admin.send(`${bucket}/objects?key=secret.txt`, { method: 'DELETE' }),
      await upload('mine.txt', 'x', '', admin),
    ];
    for (const { status, json } of answers) {
      expect(status).toBe(403);
      expect(json.error).toMatchObject({ code: 'AccessDenied', values: { rule: 'implicit-deny' } });
      expect(json.error.values.koreanSentence).toMatch(/\p{Script=Hangul}/u);
    }
    const denied = await eventsOf('access-denied');
    // What is refused again is counted, and not written each time.
    expect(denied.map(({ action }: { action: string }) => action)).toEqual([
      ...['s3:PutObject', 's3:DeleteObject', 's3:GetObject'],
    ]);
    expect(denied[0]).toMatchObject({ target: 'arn:aws:s3:::research-risk-models/mine.txt' });
  });

  it('says that its key is disabled, and is whole again once it is enabled', async () => {
    await upload('kept.txt', 'still here');
    await disableKey();
    for (const path of [content('kept.txt'), `${bucket}/objects/details?key=kept.txt`]) {
      const answer = await alice.send(path);
      expect([answer.status, answer.json.error.code]).toEqual([409, 'KeyUnavailable']);
    }
    const caller = { principal: 'operator' };
    await running.storage.keys.enable('alias/strongroom-data', { caller });
    expect((await alice.send(content('kept.txt'))).text).toBe('still here');
  });

  it('is neither given out nor stored where that cannot be recorded', async () => {
    await upload('kept.txt', 'x');
    await running.trail.close();
    const answers = [
      await alice.send(content('kept.txt')),
      await upload('new.txt', 'x'),
      await alice.send(`${bucket}/objects?key=kept.txt`, { method: 'DELETE' }),
    ];
    for (const { json } of answers) expect(json.error.code).toBe('AuditUnavailable');
    const { objects } = (await alice.send(`${bucket}/objects`)).json;
    expect(objects.map(({ key }: { key: string }) => key)).toEqual(['kept.txt']);
  });

  it('is refused without a length, a CSRF token or a key', async () => {
    const headers = { 'content-type': 'application/octet-stream' };
    const put = (path: string, more: object) =>
      alice.send(path, { method: 'PUT', body: 'x', headers: { ...headers, ...more } });
    const chunked = { 'transfer-encoding': 'chunked', 'content-length': undefined };
    expect((await put(content('a'), chunked)).json.error.code).toBe('InvalidRequest');
    const forged = await put(content('a'), { 'x-strongroom-csrf': 'x' });
    expect(forged.json.error.code).toBe('CrossSiteRequest');
    expect((await put(`${bucket}/objects/content`, {})).json.error.code).toBe('InvalidRequest');
    expect((await put('/api/keys', {})).status).toBe(404);
  });

  it('does not fit a bucket that has reached its quota', async () => {
    const caller = { principal: 'platform' };
    await running.storage.store.putBucketSetting({
      ...{ bucket: 'research-risk-models', setting: 'quotaBytes', value: 4, caller },
    });
    const answer = await upload('large', 'too large');
    expect([answer.status, answer.json.error.code]).toEqual([507, 'BucketFull']);
  });
});

/** More than every buffer on the way holds, so that it is still going out when it is cut. */
async function putLarge(key: string): Promise<void> {
  const bytes = randomBytes(48 * 1024 * 1024);
  const content = {
    body: (async function* () {
      yield bytes;
    })(),
    sizeBytes: bytes.length,
  };
  const caller = { principal: 'platform' };
  await running.storage.store.putObject({ bucket: 'research-risk-models', key, content, caller });
}

/** Begun and not read on; `readOn` tells whether it came whole. */
function begin(path: string): Promise<{ readOn(): Promise<boolean> }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(optionsOf('GET', path));
    outgoing.once('error', reject);
    outgoing.once('response', (incoming) => {
      incoming.on('error', () => undefined);
      const closed = new Promise<boolean>((ended) => {
        incoming.once('close', () => ended(incoming.complete));
      });
      const readOn = () => {
        incoming.resume();
        return closed;
      };
      incoming.once('readable', () => resolve({ readOn }));
    });
    outgoing.end();
  });
}

function optionsOf(method: string, path: string, headers: Record<string, string> = {}) {
  const { cookie = '', csrfToken, host, port } = alice;
  return {
    ...{ host: '127.0.0.1', port, path, method, agent: false as const },
    headers: {
      ...{ host, cookie, 'sec-fetch-site': 'same-origin', origin: `http://${host}` },
      ...{ 'x-strongroom-csrf': csrfToken, ...headers },
    },
  };
}

describe('a download that is under way', () => {
  it('comes whole otherwise', async () => {
    await putLarge('large.bin');
    const { readOn } = await begin(content('large.bin'));
    await running.review();
    expect(await readOn()).toBe(true);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['the key is disabled', disableKey],
    ['its person signs out', () => alice.send('/api/session', { method: 'DELETE' })],
    [
      'a policy takes it away',
      () => {
        running.own.policies = [denying({ Action: 's3:GetObject' })];
        return running.review();
      },
    ],
  ])('is cut once %s', async (_what, act) => {
    await putLarge('large.bin');
    const { readOn } = await begin(content('large.bin'));
    await act();
    expect(await readOn()).toBe(false);
  });
});

describe('an upload that is under way', () => {
  async function half(): Promise<{ outgoing: ClientRequest; closed: Promise<unknown> }> {
    const length = { 'content-type': 'application/octet-stream', 'content-length': '2000000' };
    const outgoing = request(optionsOf('PUT', content('half.bin'), length));
    const closed = new Promise((resolve) => outgoing.once('close', resolve));
    outgoing.on('error', () => undefined);
    const begun = new Promise((resolve) => {
      const wait = running.storage.access.write.bind(running.storage.access);
      running.storage.access.write = async (...asked) => {
        resolve(undefined);
        return wait(...asked);
      };
    });
    outgoing.write(randomBytes(1_000_000));
    await begun;
    return { outgoing, closed };
  }

  it('is cut where its person is disabled, and nothing of it is stored', async () => {
    const { closed } = await half();
    await running.identity.administration.setDisabled('alice' as never, true);
    await closed;
    const caller = { principal: 'platform' };
    const { objects } = await running.storage.store.listObjects({
      ...{ bucket: 'research-risk-models', caller },
    });
    expect(objects).toEqual([]);
  });
});
