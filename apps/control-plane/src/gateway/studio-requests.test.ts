import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import { StrongroomError } from '@strongroom/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../studios/testing/eventually.ts';
import { echoAgent } from './testing/echo-agents.ts';
import { codeOf, type GatewayBench, openGatewayBench } from './testing/gateway-bench.ts';

let bench: GatewayBench;

beforeEach(async () => {
  bench = await openGatewayBench();
});

afterEach(() => bench.close());

describe('what reaches the agent', () => {
  it('is the request without cookie, credentials, forwarded identity and host', async () => {
    const { cookie } = await bench.openStudio('alice');
    await bench.serveAgent('alice', { http: echoAgent() });
    const answer = await bench.ask('/api/contents/a%20b.txt?content=1', {
      cookie,
      method: 'PUT',
      body: '{"content":"x"}',
      headers: {
        authorization: 'Bearer secret',
        'content-type': 'application/json',
        'proxy-authorization': 'Basic x',
        'x-forwarded-for': '1.2.3.4',
        'x-forwarded-user': 'bob',
        'x-strongroom-csrf': 'token',
        forwarded: 'for=bob',
        'x-anything': 'else',
      },
    });
    const seen = JSON.parse(answer.text);
    expect(seen).toMatchObject({
      method: 'PUT',
      url: '/api/contents/a%20b.txt?content=1',
      body: '{"content":"x"}',
    });
    expect(Object.keys(seen.headers).sort()).toEqual([
      'connection',
      'content-length',
      'content-type',
      'host',
    ]);
    expect(seen.headers.host).toBe('studio');
  });

  it.each([
    '/api/../strongroom/api/studio',
    '/api/%2e%2e/files/x',
    '/files/..%2f..%2fetc/passwd',
    '/files/a%5c..%5cb',
    '/files/%00',
    '/files/%ff',
    '//evil.example/api/status',
    '/api/status#x',
  ])('is nothing where the address is %s', async (path) => {
    const { cookie } = await bench.openStudio('alice');
    await bench.serveAgent('alice', { http: echoAgent() });
    expect((await bench.ask(path, { cookie })).status).toBe(400);
  });

  it.each(['/metrics', '/hub/api', '/strongroom/api/other', '/apis/x', '/login', '/lab/apix'])(
    'is nothing at %s, which no studio has',
    async (path) => {
      const { cookie } = await bench.openStudio('alice');
      await bench.serveAgent('alice', { http: echoAgent() });
      expect((await bench.ask(path, { cookie })).status).toBe(404);
    },
  );
});

describe('streams', () => {
  it('asks for the body only once a client waits to be asked', async () => {
    const { cookie } = await bench.openStudio('alice');
    await bench.serveAgent('alice', { http: echoAgent() });
    const host = `alice.studio.localhost:${bench.port}`;
    const outgoing = request({
      ...{ host: '127.0.0.1', port: bench.port, path: '/api/contents/a', method: 'PUT' },
      headers: { host, cookie, origin: `http://${host}`, expect: '100-continue' },
    });
    outgoing.flushHeaders();
    await once(outgoing, 'continue');
    outgoing.end('the body');
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    const [chunk] = (await once(incoming, 'data')) as [Buffer];
    expect(JSON.parse(chunk.toString()).body).toBe('the body');
  });

  it('delivers a refusal that comes in the middle of an upload', async () => {
    const { cookie } = await bench.openStudio('alice');
    await bench.serveAgent('alice', {
      raw: (socket) =>
        void socket.once('data', () => {
          const text = '{"message":"too large"}';
          socket.end(
            `HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: ${text.length}\r\n\r\n${text}`,
          );
        }),
    });
    const body = 'x'.repeat(32 * 1024 * 1024);
    const answer = await bench.ask('/api/contents/big', { cookie, method: 'PUT', body });
    expect(answer.status).toBe(413);
    expect(answer.text).toContain('too large');
  });

  it('delivers a refusal of our own in the middle of an upload', async () => {
    await bench.addPerson('alice');
    const body = 'x'.repeat(32 * 1024 * 1024);
    expect((await bench.ask('/api/contents/big', { method: 'PUT', body })).status).toBe(401);
  });

  it('ends the request to the agent when the browser leaves', async () => {
    const { cookie } = await bench.openStudio('alice');
    const server = createServer((_request, response) => response.writeHead(200).write('begin'));
    const { openSockets } = await bench.serveAgent('alice', { http: server });
    const host = `alice.studio.localhost:${bench.port}`;
    const outgoing = request({
      host: '127.0.0.1',
      port: bench.port,
      path: '/files/big',
      headers: { host, cookie },
    });
    outgoing.on('error', () => undefined);
    outgoing.end();
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    await once(incoming, 'data');
    const [agentSocket] = openSockets;
    outgoing.destroy();
    if (agentSocket !== undefined && !agentSocket.destroyed) await once(agentSocket, 'close');
    await eventually(() => bench.visits.open).toBe(0);
  });

  it('passes 64 MB both ways without holding them', async () => {
    const { cookie } = await bench.openStudio('alice');
    await bench.serveAgent('alice', {
      http: createServer((request, response) => void request.pipe(response)),
    });
    const sizeBytes = 64 * 1024 * 1024;
    const received = await pourThrough(cookie, sizeBytes);
    expect(received).toBe(sizeBytes);
  });
});

describe('a studio that cannot start', () => {
  it('says so with its own code', async () => {
    const { cookie } = await bench.openStudio('alice');
    bench.failures.set('alice', new StrongroomError('DiskFull', 'The disk is full'));
    const answer = await bench.ask('/api/status', { cookie });
    expect(answer.status).toBe(507);
    expect(codeOf(answer.text)).toBe('DiskFull');
    const { reference } = JSON.parse(answer.text).error;
    expect(bench.log.lines.some((line) => line.includes(reference))).toBe(true);
  });

  it('leaves its log with room when it is refused without end', async () => {
    await bench.addPerson('alice');
    for (let round = 0; round < 20; round += 1) {
      await Promise.all(Array.from({ length: 20 }, () => bench.ask('/api/status')));
    }
    const refused = bench.log.lines.filter((line) => line.includes('Refused a request'));
    expect(refused).toHaveLength(400);
    expect(refused.filter((line) => line.startsWith('info')).length).toBeLessThan(380);
  });

  it('still shows the page, which then tells why', async () => {
    const { cookie } = await bench.openStudio('alice');
    bench.failures.set('alice', new StrongroomError('DiskFull', 'The disk is full'));
    expect((await bench.ask('/lab', { cookie })).status).toBe(200);
  });
});

async function pourThrough(cookie: string, sizeBytes: number): Promise<number> {
  const host = `alice.studio.localhost:${bench.port}`;
  const outgoing = request({
    ...{ host: '127.0.0.1', port: bench.port, path: '/api/contents/big', method: 'PUT' },
    headers: { host, cookie, origin: `http://${host}`, 'content-length': sizeBytes },
  });
  const answered = once(outgoing, 'response') as Promise<[IncomingMessage]>;
  const piece = Buffer.alloc(1024 * 1024);
  const sending = (async () => {
    for (let sent = 0; sent < sizeBytes; sent += piece.length) {
      if (!outgoing.write(piece)) await once(outgoing, 'drain');
    }
    outgoing.end();
  })();
  const [incoming] = await answered;
  let receivedBytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) receivedBytes += chunk.length;
  await sending;
  return receivedBytes;
}
