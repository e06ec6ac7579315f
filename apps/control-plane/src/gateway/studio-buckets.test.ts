import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { denying } from '../policies/testing/authorize-for.ts';
import { eventually } from '../studios/testing/eventually.ts';
import {
  type AskOptions,
  codeOf,
  type GatewayBench,
  openGatewayBench,
} from './testing/gateway-bench.ts';

const api = '/strongroom/api/buckets';
const models = `${api}/research-risk-models`;
const reference = `${api}/research-reference`;
const objectAt = (bucket: string, key: string) => `${bucket}/object?key=${encodeURIComponent(key)}`;

let bench: GatewayBench;
let cookie: string;
let sessionId: string;

beforeEach(async () => {
  bench = await openGatewayBench({ hasBuckets: true });
  ({ cookie, sessionId } = await bench.openStudio('alice', { team: 'risk-models' }));
});
afterEach(() => bench.close());

const ask = (path: string, asked: AskOptions = {}) => bench.ask(path, { cookie, ...asked });
const put = (key: string, body: string, asked: AskOptions = {}) =>
  ask(objectAt(models, key), { method: 'PUT', body, ...asked });

/** A request that is only begun; what becomes of it is the test's. */
function begin(path: string, headers: Record<string, string | number> = {}, method = 'GET') {
  const host = `alice.studio.localhost:${bench.port}`;
  const outgoing = request({
    ...{ host: '127.0.0.1', port: bench.port, path, method, agent: false },
    headers: { host, cookie, origin: `http://${host}`, ...headers },
  });
  outgoing.on('error', () => undefined);
  return outgoing;
}

/** Each is on the disk before the next is acknowledged, beside whatever else runs. */
const thousandWritesMilliseconds = 120_000;

describe('the buckets of a studio', () => {
  it('are those that its notebooks may list, with what they may do there', async () => {
    const { text } = await ask(api);
    expect(JSON.parse(text)).toEqual({
      buckets: [
        { bucket: 'research-reference', mayRead: true, mayWrite: false, mayDelete: false },
        { bucket: 'research-risk-models', mayRead: true, mayWrite: true, mayDelete: true },
      ],
    });
  });

  it('are listed a level at a time', async () => {
    for (const key of ['a.csv', 'rates/today.csv', 'rates/old/1.csv']) await put(key, 'x,y');
    const top = JSON.parse((await ask(models)).text);
    expect(top).toMatchObject({
      ...{
        folders: ['rates/'],
        objects: [{ key: 'a.csv', sizeBytes: 3 }],
        continuationToken: null,
      },
    });
    const below = JSON.parse((await ask(`${models}?prefix=rates/`)).text);
    expect(below.folders).toEqual(['rates/old/']);
    expect(below.objects.map(({ key }: { key: string }) => key)).toEqual(['rates/today.csv']);
  });

  it(
    'go on past 1,000 names',
    async () => {
      const { access } = bench.storage ?? expect.fail('no storage');
      const acting = { kind: 'execution-role', profileName: 'alice' as never } as const;
      const asker = { acting, from: 'studio' } as const;
      const place = { bucket: 'research-risk-models', contentType: 'text/plain', sizeBytes: 0 };
      const writes = Array.from({ length: 1_003 }, (_, index) =>
        access.write(asker, { ...place, key: `many/${index}`, body: nothing() }),
      );
      await Promise.all(writes);
      const first = JSON.parse((await ask(`${models}?prefix=many/`)).text);
      expect(first.objects).toHaveLength(1_000);
      const token = encodeURIComponent(first.continuationToken);
      const rest = JSON.parse(
        (await ask(`${models}?prefix=many/&continuationToken=${token}`)).text,
      );
      expect([rest.objects.length, rest.continuationToken]).toEqual([3, null]);
    },
    thousandWritesMilliseconds,
  );
});

describe('an object', () => {
  it('comes back as it was written, under whatever name', async () => {
    for (const key of ['a b+c&d=é.txt', '../x', 'a//b', '버킷/🙂.csv', '.']) {
      expect((await put(key, `in ${key}`)).status).toBe(204);
      expect((await ask(objectAt(models, key))).text).toBe(`in ${key}`);
    }
  });

  it('is never a page of this origin', async () => {
    await put('page.html', '<script>alert(1)</script>', {
      headers: { 'content-type': 'text/html' },
    });
    const { headers } = await ask(objectAt(models, 'page.html'));
    expect(headers).toMatchObject({
      ...{ 'content-type': 'application/octet-stream', 'content-disposition': 'attachment' },
      ...{ 'x-content-type-options': 'nosniff', 'content-length': '25' },
    });
    expect(headers['content-security-policy']).toMatch(/^default-src 'none';.*sandbox$/);
  });

  it('is gone once it is deleted, and deleting it again is no failure', async () => {
    await put('a.txt', 'a');
    expect((await ask(objectAt(models, 'a.txt'), { method: 'DELETE' })).status).toBe(204);
    expect(codeOf((await ask(objectAt(models, 'a.txt'))).text)).toBe('ObjectNotFound');
    expect((await ask(objectAt(models, 'a.txt'), { method: 'DELETE' })).status).toBe(204);
  });

  it.each([
    ['no key', `${models}/object`],
    ['an empty key', `${models}/object?key=`],
    ['two keys', `${models}/object?key=a&key=b`],
    ['a key that is too long', objectAt(models, 'k'.repeat(1_025))],
  ])('has one name that S3 knows: %s', async (_why, path) => {
    const answer = await ask(path, { method: 'PUT', body: 'x' });
    expect([answer.status, codeOf(answer.text)]).toEqual([400, 'InvalidRequest']);
  });

  it('is not written by a request that does not say how long it is', async () => {
    const headers = { 'transfer-encoding': 'chunked' };
    const answer = await put('a.txt', 'x', { headers });
    expect(codeOf(answer.text)).toBe('InvalidRequest');
  });

  it('is refused by name of the rule, in both languages, before its body is read', async () => {
    const body = 'x'.repeat(8 * 1024 * 1024);
    const answer = await ask(objectAt(reference, 'mine.csv'), { method: 'PUT', body });
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.text).error).toMatchObject({
      code: 'AccessDenied',
      values: { action: 's3:PutObject', rule: 'implicit-deny' },
    });
    expect(JSON.parse(answer.text).error.values.koreanSentence).toMatch(/[가-힣]/);
  });

  it("follows a denial of the administrators' own at once", async () => {
    await put('a.txt', 'a');
    bench.own.policies = [denying({ Sid: 'NoReading', Action: 's3:GetObject' })];
    const answer = await ask(objectAt(models, 'a.txt'));
    expect(JSON.parse(answer.text).error.values.rule).toContain('NoReading');
  });
});

describe('another site', () => {
  const other = { origin: 'http://bob.studio.localhost', 'sec-fetch-site': 'same-site' };

  it.each(['PUT', 'DELETE', 'GET'])('may not %s an object', async (method) => {
    await put('a.txt', 'a');
    const answer = await ask(objectAt(models, 'a.txt'), { method, headers: other });
    expect([answer.status, codeOf(answer.text)]).toEqual([403, 'CrossSiteRequest']);
    expect((await ask(objectAt(models, 'a.txt'))).text).toBe('a');
  });

  it('may not change what can only be read', async () => {
    expect((await ask(models, { method: 'DELETE' })).status).toBe(400);
    expect((await ask(api, { method: 'PUT', body: '' })).status).toBe(400);
    expect((await ask(objectAt(models, 'a'), { method: 'POST', body: '' })).status).toBe(400);
  });
});

describe('a teammate in a shared studio', () => {
  it("acts with the owner's rights, and who it was is written down first", async () => {
    bench.rules.sharing = 'team';
    await put('a.txt', 'a');
    expect(bench.audit.of('bucket-used-by-visitor')).toEqual([]);
    const { sessionId } = await bench.addPerson('carol', { team: 'risk-models' });
    const token = await bench.presignedUrls.issue('alice' as never, sessionId);
    const exchanged = await bench.ask(`/auth?token=${token}`);
    const visitor = String(exchanged.headers['set-cookie']).split(';')[0] ?? '';
    expect((await ask(objectAt(models, 'a.txt'), { cookie: visitor })).text).toBe('a');
    await ask(objectAt(models, 'a.txt'), { cookie: visitor, method: 'DELETE' });
    const place = { bucket: 'research-risk-models', key: 'a.txt' };
    expect(bench.audit.of('bucket-used-by-visitor')).toMatchObject([
      { profileName: 'carol', target: 'alice', action: 's3:GetObject', ...place },
      { profileName: 'carol', target: 'alice', action: 's3:DeleteObject', ...place },
    ]);
  });
});

describe('the end of a session', () => {
  it('cuts a download', async () => {
    await put('large', 'x'.repeat(24 * 1024 * 1024));
    const outgoing = begin(objectAt(models, 'large'));
    outgoing.end();
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    await once(incoming, 'readable');
    const isBroken = once(incoming, 'error');
    bench.events.emit('sessionEnded', { sessionId, profileName: 'alice' as never });
    incoming.resume();
    await isBroken;
    expect(incoming.complete).toBe(false);
  });

  it('cuts an upload, of which nothing is kept', async () => {
    const outgoing = begin(objectAt(models, 'half'), { 'content-length': 1_000_000 }, 'PUT');
    outgoing.write('x'.repeat(100_000));
    await eventually(() => bench.log.lines.join('')).toContain('"half"');
    const isClosed = new Promise((resolve) => outgoing.once('close', resolve));
    bench.events.emit('sessionEnded', { sessionId, profileName: 'alice' as never });
    await isClosed;
    const erin = await bench.openStudio('erin', { team: 'risk-models' });
    const asked = { profileName: 'erin', cookie: erin.cookie };
    expect(codeOf((await ask(objectAt(models, 'half'), asked)).text)).toBe('ObjectNotFound');
    expect(bench.log.lines.join('')).not.toContain('"Internal"');
  });
});

async function* nothing(): AsyncGenerator<Buffer> {}
