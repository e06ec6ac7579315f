import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { echoAgent, echoSocketAgent } from './testing/echo-agents.ts';
import { codeOf, type GatewayBench, openGatewayBench } from './testing/gateway-bench.ts';

let bench: GatewayBench;

beforeEach(async () => {
  bench = await openGatewayBench();
});

afterEach(() => bench.close());

describe('the exchange of a presigned URL', () => {
  it('gives this origin a cookie and leads to Lab', async () => {
    const { person, sessionId } = await bench.addPerson('alice');
    const token = await bench.presignedUrls.issue(person.profileName, sessionId);
    const answer = await bench.ask(`/auth?token=${token}`);
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe('/lab');
    expect(answer.headers['set-cookie']).toEqual([
      expect.stringMatching(
        /^__Host-strongroom-studio=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax$/,
      ),
    ]);
  });

  it('leads to the file in Lab that the link asks for', async () => {
    const { person, sessionId } = await bench.addPerson('alice');
    const token = await bench.presignedUrls.issue(person.profileName, sessionId);
    const answer = await bench.ask(`/auth?token=${token}&open=models%2Fcredit%20risk.ipynb`);
    expect(answer.headers.location).toBe('/lab/tree/models/credit%20risk.ipynb');
  });

  it('refuses a token that was used', async () => {
    const { token } = await bench.openStudio('alice');
    const again = await bench.ask(`/auth?token=${token}`);
    expect(codeOf(again.text)).toBe('PresignedUrlUsed');
    expect(again.headers['set-cookie']).toBeUndefined();
  });

  it('lets one of two simultaneous uses through', async () => {
    const { person, sessionId } = await bench.addPerson('alice');
    const token = await bench.presignedUrls.issue(person.profileName, sessionId);
    const both = await Promise.all([
      bench.ask(`/auth?token=${token}`),
      bench.ask(`/auth?token=${token}`),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([303, 403]);
  });

  it('refuses a token after its time', async () => {
    const { person, sessionId } = await bench.addPerson('alice');
    const token = await bench.presignedUrls.issue(person.profileName, sessionId);
    bench.advance(60_000);
    expect(codeOf((await bench.ask(`/auth?token=${token}`)).text)).toBe('PresignedUrlExpired');
  });

  it('refuses a token on another studio, and spends it', async () => {
    const { person, sessionId } = await bench.addPerson('alice');
    await bench.addPerson('bob');
    const token = await bench.presignedUrls.issue(person.profileName, sessionId);
    const onBobs = await bench.ask(`/auth?token=${token}`, { profileName: 'bob' });
    expect(codeOf(onBobs.text)).toBe('PresignedUrlInvalid');
    expect(codeOf((await bench.ask(`/auth?token=${token}`)).text)).toBe('PresignedUrlUsed');
  });

  it.each([
    ['none', '/auth'],
    ['an empty one', '/auth?token='],
    ['a forged one', `/auth?token=${'A'.repeat(43)}`],
    ['two', `/auth?token=${'A'.repeat(43)}&token=${'B'.repeat(43)}`],
    ['an over-long one', `/auth?token=${'A'.repeat(5000)}`],
  ])('refuses %s', async (_what, path) => {
    await bench.addPerson('alice');
    const answer = await bench.ask(path);
    expect(answer.status).toBe(403);
    expect(codeOf(answer.text)).toBe('PresignedUrlInvalid');
  });

  it('refuses a token whose console session has ended', async () => {
    const { person, sessionId } = await bench.addPerson('alice');
    const token = await bench.presignedUrls.issue(person.profileName, sessionId);
    await bench.sessions.end(sessionId);
    expect(codeOf((await bench.ask(`/auth?token=${token}`)).text)).toBe('NotSignedIn');
  });

  it('refuses a token of a person who was disabled meanwhile', async () => {
    const { person, sessionId } = await bench.addPerson('alice');
    const token = await bench.presignedUrls.issue(person.profileName, sessionId);
    bench.people.set('alice', { ...person, disabled: true });
    expect(codeOf((await bench.ask(`/auth?token=${token}`)).text)).toBe('PersonDisabled');
  });

  it('is not spent by a HEAD request', async () => {
    const { person, sessionId } = await bench.addPerson('alice');
    const token = await bench.presignedUrls.issue(person.profileName, sessionId);
    expect((await bench.ask(`/auth?token=${token}`, { method: 'HEAD' })).status).toBe(400);
    expect((await bench.ask(`/auth?token=${token}`)).status).toBe(303);
  });

  it('shows a person a page in their language with a way to the console', async () => {
    await bench.addPerson('alice');
    const headers = { accept: 'text/html', 'accept-language': 'ko-KR,ko;q=0.9,en;q=0.8' };
    const korean = await bench.ask('/auth?token=x', { headers });
    expect(korean.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(korean.text).toContain('<html lang="ko">');
    expect(korean.text).toContain(`http://console.localhost:${bench.port}/launch/alice`);
    const english = await bench.ask('/auth?token=x', { headers: { accept: 'text/html' } });
    expect(english.text).toContain('<html lang="en">');
  });
});

describe('the cookie', () => {
  it.each([
    ['/lab', 401],
    ['/', 401],
    ['/api/contents', 401],
    ['/files/a.txt', 401],
    ['/strongroom/api/studio', 401],
    ['/static/lab/lab.0123456789abcdef.js', 401],
    ['/nothing-here', 401],
  ])('is needed for %s', async (path, status) => {
    await bench.addPerson('alice');
    await bench.serveAgent('alice', { http: echoAgent() });
    expect((await bench.ask(path)).status).toBe(status);
    const forged = `__Host-strongroom-studio=${'A'.repeat(43)}`;
    expect((await bench.ask(path, { cookie: forged })).status).toBe(status);
  });

  it('opens no other studio', async () => {
    const { cookie } = await bench.openStudio('alice');
    await bench.openStudio('bob');
    await bench.serveAgent('bob', { http: echoSocketAgent() });
    for (const path of ['/lab', '/api/contents', '/strongroom/api/studio']) {
      expect((await bench.ask(path, { profileName: 'bob', cookie })).status).toBe(401);
    }
    const events = '/api/events/subscribe';
    expect((await bench.webSocket(events, { profileName: 'bob', cookie })).status).toBe(401);
  });

  it('is refused when two are sent', async () => {
    const { cookie } = await bench.openStudio('alice');
    expect((await bench.ask('/lab', { cookie: `${cookie}; ${cookie}` })).status).toBe(401);
  });

  it('ends with the console session', async () => {
    const { cookie, sessionId } = await bench.openStudio('alice');
    expect((await bench.ask('/lab', { cookie })).status).toBe(200);
    await bench.sessions.end(sessionId);
    expect((await bench.ask('/lab', { cookie })).status).toBe(401);
  });

  it('ends when the console session idles away', async () => {
    const { cookie } = await bench.openStudio('alice');
    bench.advance(61 * 60_000);
    expect((await bench.ask('/api/status', { cookie })).status).toBe(401);
  });

  it('is worth nothing while its person is disabled', async () => {
    const { cookie, person } = await bench.openStudio('alice');
    bench.people.set('alice', { ...person, disabled: true });
    expect(codeOf((await bench.ask('/api/status', { cookie })).text)).toBe('PersonDisabled');
  });
});
