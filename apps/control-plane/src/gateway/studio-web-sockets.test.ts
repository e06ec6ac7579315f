import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { denying } from '../policies/testing/authorize-for.ts';
import { eventually } from '../studios/testing/eventually.ts';
import { studioWebSockets } from './routes.ts';
import { echoSocketAgent } from './testing/echo-agents.ts';
import { type GatewayBench, openGatewayBench, webSocketAccept } from './testing/gateway-bench.ts';

let bench: GatewayBench;

beforeEach(async () => {
  bench = await openGatewayBench();
});

afterEach(() => bench.close());

describe('a WebSocket', () => {
  it('passes bytes in both directions', async () => {
    const { cookie } = await bench.openStudio('alice');
    await bench.serveAgent('alice', { http: echoSocketAgent() });
    const { status, socket, headers } = await bench.webSocket('/api/events/subscribe', { cookie });
    expect(status).toBe(101);
    expect(headers['x-content-type-options']).toBe('nosniff');
    socket?.write('frame');
    const [chunk] = (await once(socket as Socket, 'data')) as [Buffer];
    expect(chunk.toString()).toBe('frame');
  });

  it.each(['/api/contents', '/terminals/websocket', '/api/kernels/x/channels/y', '/lab'])(
    'does not exist at %s',
    async (path) => {
      const { cookie } = await bench.openStudio('alice');
      await bench.serveAgent('alice', { http: echoSocketAgent() });
      expect((await bench.webSocket(path, { cookie })).status).toBe(404);
    },
  );

  it.each([
    ['a wrong proof', 'Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n'],
    ['no proof', ''],
    [
      'a protocol that was not offered',
      `Sec-WebSocket-Accept: ${webSocketAccept}\r\nSec-WebSocket-Protocol: other\r\n`,
    ],
  ])('is refused when the agent answers with %s', async (_what, answer) => {
    const { cookie } = await bench.openStudio('alice');
    await bench.serveAgent('alice', { http: echoSocketAgent(answer) });
    expect((await bench.webSocket('/api/events/subscribe', { cookie })).status).toBe(503);
    expect(bench.visits.open).toBe(0);
  });

  it("gets nothing of the agent's own headers", async () => {
    const { cookie } = await bench.openStudio('alice');
    const answer = `Sec-WebSocket-Accept: ${webSocketAccept}\r\nSet-Cookie: a=b\r\nX-Own: 1\r\n`;
    await bench.serveAgent('alice', { http: echoSocketAgent(answer) });
    const { headers } = await bench.webSocket('/api/events/subscribe', { cookie });
    expect(headers['set-cookie']).toBeUndefined();
    expect(headers['x-own']).toBeUndefined();
  });

  it('is closed when its console session ends, and others stay', async () => {
    const alice = await bench.openStudio('alice');
    const bob = await bench.openStudio('bob');
    for (const name of ['alice', 'bob']) await bench.serveAgent(name, { http: echoSocketAgent() });
    const events = '/api/events/subscribe';
    const hers = await bench.webSocket(events, { cookie: alice.cookie });
    const his = await bench.webSocket(events, { profileName: 'bob', cookie: bob.cookie });
    const closed = once(hers.socket as Socket, 'close');
    await bench.sessions.end(alice.sessionId);
    await closed;
    expect(his.socket?.destroyed).toBe(false);
    await eventually(() => bench.visits.open).toBe(1);
  });

  it.each(['disabled', 'removed'] as const)('is closed when its person is %s', async (event) => {
    const { cookie, person } = await bench.openStudio('alice');
    await bench.serveAgent('alice', { http: echoSocketAgent() });
    const { socket } = await bench.webSocket('/api/events/subscribe', { cookie });
    const closed = once(socket as Socket, 'close');
    const { profileName } = person;
    if (event === 'disabled') bench.events.emit('disabled', { profileName });
    else bench.events.emit('removed', { profileName, deleteHome: false });
    await closed;
  });

  it.each(studioWebSockets)(
    'is closed within five seconds of a right that ends by the time: $name',
    async ({ example }) => {
      const { cookie } = await bench.openStudio('alice');
      await bench.serveAgent('alice', { http: echoSocketAgent() });
      const end = new Date(Date.now() + 600_000).toISOString();
      bench.own.policies = [
        denying({
          Action: 'sagemaker:CreatePresignedDomainUrl',
          Condition: { DateGreaterThan: { 'aws:CurrentTime': end } },
        }),
      ];
      const { socket } = await bench.webSocket(example, { cookie });
      const closed = once(socket as Socket, 'close');
      bench.advance(600_001);
      const endedAt = Date.now();
      await closed;
      expect(Date.now() - endedAt).toBeLessThan(6_000);
    },
  );

  const ends = studioWebSockets.flatMap(({ name, example }) =>
    (['disabled', 'reviewed'] as const).map((event) => ({ name, example, event })),
  );
  it.each(ends)(
    'is closed within a second once its person is $event: $name',
    async ({ example, event }) => {
      const { cookie, person } = await bench.openStudio('alice');
      await bench.serveAgent('alice', { http: echoSocketAgent() });
      const { socket } = await bench.webSocket(example, { cookie });
      const closed = once(socket as Socket, 'close');
      bench.own.policies = [denying({ Action: 'sagemaker:CreatePresignedDomainUrl' })];
      const endedAt = Date.now();
      if (event === 'reviewed') await bench.review();
      else bench.events.emit('disabled', { profileName: person.profileName });
      await closed;
      expect(Date.now() - endedAt).toBeLessThan(1_000);
    },
  );

  it('of a teammate is there while the team shares, and no longer', async () => {
    const { person } = await bench.openStudio('alice', { team: 'risk' });
    await bench.serveAgent('alice', { http: echoSocketAgent() });
    const { sessionId } = await bench.addPerson('bob', { team: 'risk' });
    const enter = async () => {
      const token = await bench.presignedUrls.issue(person.profileName, sessionId);
      return bench.ask(`/auth?token=${token}`);
    };
    expect((await enter()).status).toBe(403);
    bench.rules.sharing = 'team';
    const entered = await enter();
    expect(entered.status).toBe(303);
    const cookie = String(entered.headers['set-cookie']).split(';')[0] ?? '';
    const path = '/api/events/subscribe';
    const { socket, status } = await bench.webSocket(path, { cookie });
    expect(status).toBe(101);
    const closed = once(socket as Socket, 'close');
    bench.rules.sharing = 'owner';
    await bench.review();
    await closed;
    expect((await bench.webSocket(path, { cookie })).status).toBe(403);
    const page = await bench.ask('/lab', {
      cookie,
      headers: { accept: 'text/html', 'accept-language': 'ko' },
    });
    expect(page.status).toBe(403);
    expect(page.text).toContain('studio-owner/OnlyOwnStudio');
    expect(page.text).toMatch(/OnlyOwnStudio.*\p{Script=Hangul}/su);
  });

  it('is closed when a right ends without an event', async () => {
    const { cookie, person } = await bench.openStudio('alice');
    await bench.serveAgent('alice', { http: echoSocketAgent() });
    const { socket } = await bench.webSocket('/api/events/subscribe', { cookie });
    bench.people.set('alice', { ...person, disabled: true });
    await once(socket as Socket, 'close');
  });

  it('keeps the console session from idling away while a person works in it', async () => {
    const { cookie, sessionId } = await bench.openStudio('alice');
    await bench.serveAgent('alice', { http: echoSocketAgent() });
    const { socket } = await bench.webSocket('/api/events/subscribe', { cookie });
    bench.advance(50 * 60_000);
    // A masked text frame, as a browser sends a key press.
    socket?.write(Buffer.from([0x81, 0x81, 0, 0, 0, 0, 0x61]));
    await once(socket as Socket, 'data');
    await eventually(async () => {
      const row = await bench.state
        .selectFrom('sessions')
        .select('last_seen_at')
        .where('session_id', '=', sessionId)
        .executeTakeFirst();
      return row?.last_seen_at ?? 0;
    }).toBeGreaterThan(Date.now() + 49 * 60_000);
  });

  it('does not keep it by answering pings', async () => {
    const { cookie, sessionId } = await bench.openStudio('alice');
    await bench.serveAgent('alice', { http: echoSocketAgent() });
    const { socket } = await bench.webSocket('/api/events/subscribe', { cookie });
    bench.advance(50 * 60_000);
    socket?.write(Buffer.from([0x8a, 0x80, 0, 0, 0, 0]));
    await once(socket as Socket, 'data');
    bench.advance(11 * 60_000);
    expect(await bench.sessions.personOf(sessionId)).toBeUndefined();
  });
});
