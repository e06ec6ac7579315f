import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../testing/browser-double.ts';
import { type RunningConsole, runConsole } from '../testing/running-console.ts';

let running: RunningConsole;
beforeAll(async () => {
  running = await runConsole();
});
afterAll(() => running.close());

const preferences = { language: 'en', theme: 'dark' };

describe('a request that another origin’s page sends', () => {
  it.each([
    ['no Origin', { origin: undefined }],
    ['another origin', { origin: 'http://evil.example' }],
    ['a studio’s origin', { origin: 'http://bob.studio.localhost:8080' }],
    ['an opaque origin', { origin: 'null' }],
    ['the origin of another port', { origin: 'http://console.localhost:1' }],
    ['a cross-site mark', { 'sec-fetch-site': 'cross-site' }],
    ['a same-site mark, as a studio’s page gets', { 'sec-fetch-site': 'same-site' }],
    ['no CSRF token', { 'x-strongroom-csrf': undefined }],
    ['another CSRF token', { 'x-strongroom-csrf': 'A'.repeat(43) }],
  ])('is refused with %s', async (_, headers) => {
    const alice = await running.browserOf('alice');
    const answer = await alice.send('/api/preferences', {
      ...{ method: 'PUT', body: preferences, headers },
    });
    expect(answer.status).toBe(403);
    expect(answer.json.error.code).toBe('CrossSiteRequest');
  });

  it('cannot sign anybody in', async () => {
    const answer = await running.browser().send('/api/session', {
      method: 'POST',
      body: { profileName: 'alice', password: running.oneTimePasswords.get('alice') },
      headers: { origin: 'http://bob.studio.localhost' },
    });
    expect(answer.json.error.code).toBe('CrossSiteRequest');
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('cannot read the API, by a link either', async () => {
    const alice = await running.browserOf('alice');
    const link = {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    };
    expect((await alice.send('/api/domain', { headers: link })).status).toBe(403);
    const download = '/api/profiles/alice/files/content?path=x';
    expect((await alice.send(download, { headers: link })).status).toBe(403);
    expect((await alice.send('/profiles/alice', { headers: link })).status).toBe(200);
    const frame = { ...link, 'sec-fetch-dest': 'iframe' };
    expect((await alice.send('/profiles/alice', { headers: frame })).status).toBe(403);
  });
});

describe('malformed input', () => {
  it.each([
    ['broken JSON', '{"language":', {}],
    ['a form', 'language=en', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['text', JSON.stringify(preferences), { 'content-type': 'text/plain' }],
    ['no content type', JSON.stringify(preferences), { 'content-type': undefined }],
    ['a prototype', '{"__proto__": {"language": "en"}}', {}],
    ['no body', '', {}],
  ])('is refused: %s', async (_, body, headers) => {
    const alice = await running.browserOf('alice');
    const answer = await alice.send('/api/preferences', { method: 'PUT', body, headers });
    expect(answer.status).toBe(400);
    expect(answer.json.error.code).toBe('InvalidRequest');
  });

  it.each([
    [{ ...preferences, admin: true }, 'admin'],
    [{ language: 'fr', theme: 'dark' }, 'language'],
    [{ language: 'en' }, 'theme'],
    [['en'], 'body'],
    [null, 'body'],
  ])('names the field: %j', async (body, field) => {
    const alice = await running.browserOf('alice');
    const answer = await alice.send('/api/preferences', {
      method: 'PUT',
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(400);
    expect(answer.json.error.values).toEqual({ field });
  });

  it('larger than the console needs is refused before it is read', async () => {
    const alice = await running.browserOf('alice');
    const body = JSON.stringify({ ...preferences, theme: 'x'.repeat(40_000) });
    const answer = await alice.send('/api/preferences', { method: 'PUT', body });
    expect(answer.status).toBe(413);
  });

  it.each(['Bob', '-x', 'x'.repeat(33), '..%2f..', '%00', '%ff'])(
    'has no profile of the name %s',
    async (name) => {
      const admin = await running.browserOf('admin');
      const answer = await admin.send(`/api/profiles/${name}`, {
        method: 'PATCH',
        body: { disabled: true },
      });
      expect([400, 404]).toContain(answer.status);
    },
  );

  it('that is no HTTP is answered with the security headers', async () => {
    const socket = connect(running.listener.port, '127.0.0.1');
    socket.write('NONSENSE\r\n\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer.toString()).toContain('x-content-type-options: nosniff');
    socket.destroy();
  });

  it('with headers too large is refused', async () => {
    const headers = { 'x-large': 'x'.repeat(40_000) };
    expect((await running.browser().send('/', { headers })).status).toBe(431);
  });
});

describe('every answer', () => {
  const addresses: readonly (readonly [string, string, number])[] = [
    ['GET', '/', 200],
    ['GET', '/assets/main-1a2b.js', 200],
    ['GET', '/api/session', 200],
    ['GET', '/api/domain', 401],
    ['GET', '/nowhere', 404],
    ['GET', '/%ff', 400],
    ['POST', '/api/session', 400],
    ['PUT', '/api/session', 401],
  ];
  it.each(addresses)('has the security headers: %s %s', async (method, path, status) => {
    const answer = await running.browser().send(path, { method });
    expect(answer.status).toBe(status);
    expectSecurityHeaders(answer);
  });

  it('is the console itself for a person who mistyped an address, and JSON for a program', async () => {
    const page = await running.browser().send('/nowhere', { headers: { accept: 'text/html,*/*' } });
    expect(page.status).toBe(404);
    expect(page.headers['content-type']).toMatch(/^text\/html/);
    expectSecurityHeaders(page);
    const answer = await running.browser().send('/nowhere');
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
  });

  it('has them when something unexpected fails, and tells nothing of it but a reference', async () => {
    const alice = await running.browserOf('alice');
    running.studios.failure = new Error('SQLITE_IOERR: /secret/path');
    const answer = await alice.send('/api/profiles/alice/launches', { method: 'POST', body: {} });
    running.studios.failure = undefined;
    expect(answer.status).toBe(500);
    expectSecurityHeaders(answer);
    expect(answer.text).not.toContain('secret');
    const { code, reference } = answer.json.error;
    expect(code).toBe('Internal');
    const logged = running.logged.findLast((line) => line.includes(reference));
    expect(logged).toContain('SQLITE_IOERR');
  });

  it('of the API is kept by no cache; a file named by its content is, in its best form', async () => {
    const api = await running.browser().send('/api/session');
    expect(api.headers['cache-control']).toBe('no-store');
    const file = await running.browser().send('/assets/main-1a2b.js', {
      headers: { 'accept-encoding': 'gzip, br' },
    });
    expect(file.headers['cache-control']).toContain('immutable');
    expect(file.headers['content-encoding']).toBe('br');
    const again = await running.browser().send('/assets/main-1a2b.js', {
      headers: { 'if-none-match': file.headers.etag },
    });
    expect(again.status).toBe(304);
  });

  it('with a refusal has a reference that the log has', async () => {
    const bob = await running.browserOf('bob');
    const answer = await bob.send('/api/profiles/alice/launches', { method: 'POST', body: {} });
    expect(answer.json.error).toMatchObject({
      code: 'AccessDenied',
      values: { action: 'sagemaker:CreatePresignedDomainUrl', profileName: 'alice' },
    });
    const logged = running.logged.filter((line) => line.includes(answer.json.error.reference));
    expect(logged.some((line) => line.includes('"event":"access-denied"'))).toBe(true);
  });

  function expectSecurityHeaders({ headers }: Answer): void {
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-frame-options': 'DENY',
    });
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['permissions-policy']).toContain('camera=()');
    expect(headers['set-cookie']).toBeUndefined();
  }
});

describe('requests without a session', () => {
  it('are limited by address, and come back with time', async () => {
    const limited = await runConsole();
    const statuses: number[] = [];
    for (let index = 0; index < 201; index += 1) {
      statuses.push((await limited.browser().send('/api/session')).status);
    }
    expect(statuses.indexOf(429)).toBe(200);
    expect((await (await limited.browserOf('alice')).send('/api/session')).status).toBe(200);
    limited.advanceMinutes(1);
    expect((await limited.browser().send('/api/session')).status).toBe(200);
    await limited.close();
  });
});

describe('a host name', () => {
  const send = (host: string, method = 'GET') =>
    running.browser().send('/anything', { method, headers: { host } });

  it('of a studio leads to its gateway', async () => {
    const answer = await send(`alice.studio.localhost:${running.listener.port}`);
    expect(answer.text).toBe('studio of alice');
    const upperCase = await send(`ALICE.studio.localhost:${running.listener.port}`);
    expect(upperCase.text).toBe('studio of alice');
  });

  it('that is bare leads to the console, whatever the path says', async () => {
    for (const host of ['localhost', '127.0.0.1', '[::1]']) {
      const answer = await send(`${host}:${running.listener.port}`);
      expect(answer.status).toBe(307);
      expect(answer.headers.location).toBe(`${running.origins.console}/`);
    }
  });

  it.each([
    'evil.example',
    'console.localhost',
    'console.localhost:1',
    'console.localhost.evil.example',
    'a.b.studio.localhost',
    '-.studio.localhost',
    'studio.localhost',
    'x@console.localhost',
  ])('that is not ours is refused: %s', async (host) => {
    const answer = await send(host);
    expect(answer.status).toBe(421);
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  });
});
