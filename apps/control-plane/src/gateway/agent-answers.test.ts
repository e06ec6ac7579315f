import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { echoAgent } from './testing/echo-agents.ts';
import { codeOf, type GatewayBench, openGatewayBench } from './testing/gateway-bench.ts';

let bench: GatewayBench;

beforeEach(async () => {
  bench = await openGatewayBench();
});

afterEach(() => bench.close());

describe('what an agent answers', () => {
  it('cannot set a cookie, weaken a policy or redirect elsewhere', async () => {
    const { cookie } = await bench.openStudio('alice');
    await bench.serveAgent('alice', {
      http: createServer((_request, response) => {
        response.writeHead(302, {
          'set-cookie': '__Host-strongroom-studio=stolen',
          'content-security-policy': 'default-src *',
          'access-control-allow-origin': '*',
          'clear-site-data': '"*"',
          'strict-transport-security': 'max-age=0',
          'service-worker-allowed': '/',
          'cache-control': 'public',
          refresh: '0; url=https://evil.example',
          location: '//evil.example/',
          etag: '"1"',
          'content-type': 'text/html',
        });
        response.end('<script>alert(1)</script>');
      }),
    });
    const { headers, status } = await bench.ask('/api/status', { cookie });
    expect(status).toBe(302);
    for (const name of [
      'set-cookie',
      'access-control-allow-origin',
      'clear-site-data',
      'service-worker-allowed',
      'refresh',
      'location',
    ]) {
      expect(headers[name], name).toBeUndefined();
    }
    expect(headers['content-security-policy']).toContain('sandbox');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers.etag).toBe('"1"');
  });

  it('redirects within the studio', async () => {
    const { cookie } = await bench.openStudio('alice');
    await bench.serveAgent('alice', {
      http: createServer((_request, response) => {
        response.writeHead(302, { location: '/files/a.txt?x=1' }).end();
      }),
    });
    expect((await bench.ask('/api/x', { cookie })).headers.location).toBe('/files/a.txt?x=1');
  });

  it('shows files in an origin of their own', async () => {
    const { cookie } = await bench.openStudio('alice');
    await bench.serveAgent('alice', { http: echoAgent() });
    const { headers } = await bench.ask('/files/page.html', { cookie });
    expect(headers['content-security-policy']).toMatch(/; sandbox allow-scripts$/);
  });

  it.each([
    ['nothing but an end', (socket: Socket) => socket.end()],
    ['no HTTP', (socket: Socket) => socket.end('SSH-2.0-OpenSSH\r\n')],
    ['endless headers', (socket: Socket) => floodHeaders(socket)],
    [
      'two lengths',
      (socket: Socket) =>
        socket.end('HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'),
    ],
    [
      'a length and chunks',
      (socket: Socket) =>
        socket.end(
          'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
        ),
    ],
    [
      'an upgrade that nobody asked for',
      (socket: Socket) =>
        socket.write('HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'),
    ],
  ])('is a clear error when it is %s', async (_what, raw) => {
    const { cookie } = await bench.openStudio('alice');
    await bench.serveAgent('alice', {
      raw: (socket) => void socket.once('data', () => raw(socket)),
    });
    const answer = await bench.ask('/api/status', { cookie });
    expect(answer.status).toBe(503);
    expect(codeOf(answer.text)).toBe('StudioStopped');
    expect(bench.visits.open).toBe(0);
  });

  it('is asked for once more when the agent was just ending, but never for a change', async () => {
    const { cookie } = await bench.openStudio('alice');
    let count = 0;
    await bench.serveAgent('alice', {
      http: createServer((request, response) => {
        count += 1;
        if (count === 1) request.socket.destroy();
        else response.end('answered');
      }),
    });
    expect((await bench.ask('/api/status', { cookie })).text).toBe('answered');
    count = 0;
    const asked = { cookie, method: 'POST', body: 'x' };
    expect((await bench.ask('/api/kernels', asked)).status).toBe(503);
    expect(count).toBe(1);
  });

  it('is cut off visibly when it ends in the middle', async () => {
    const { cookie } = await bench.openStudio('alice');
    await bench.serveAgent('alice', {
      raw: (socket) =>
        void socket.once('data', () =>
          socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf'),
        ),
    });
    await expect(bench.ask('/api/status', { cookie })).rejects.toThrow(
      /aborted|hang up|ECONNRESET/,
    );
  });

  it('does not end the gateway when it answers before the request was sent', async () => {
    const { cookie } = await bench.openStudio('alice');
    await bench.serveAgent('alice', {
      raw: (socket) => void socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'),
    });
    await bench.ask('/api/status', { cookie }).catch(() => undefined);
    await bench.ask('/api/contents/x', { cookie, method: 'PUT', body: 'x' }).catch(() => undefined);
    expect((await bench.ask('/strongroom/api/studio', { cookie })).status).toBe(200);
  });

  it('is waited for no longer than the limit', async () => {
    await bench.close();
    bench = await openGatewayBench({ timeouts: { answerMilliseconds: 100 } });
    const { cookie } = await bench.openStudio('alice');
    await bench.serveAgent('alice', { raw: () => undefined });
    const answer = await bench.ask('/api/status', { cookie });
    expect(codeOf(answer.text)).toBe('StudioStopped');
  });

  it.each([
    ['POST', '/api/sessions'],
    ['PATCH', '/api/sessions/x'],
    ['POST', '/api/kernels'],
    ['POST', '/api/kernels/x/restart'],
  ])('is waited for longer where a kernel may wait for its turn: %s %s', async (method, path) => {
    await bench.close();
    bench = await openGatewayBench({ timeouts: { answerMilliseconds: 100 } });
    const { cookie } = await bench.openStudio('alice');
    const waiting: ServerResponse[] = [];
    const http = createServer((_request, response) => waiting.push(response));
    await bench.serveAgent('alice', { http });
    const started = bench.ask(path, { cookie, method, body: '{}' });
    await once(http, 'request');
    // Asked later, and given up before.
    expect((await bench.ask('/api/status', { cookie })).status).toBe(503);
    waiting[0]?.end('{}');
    expect((await started).status).toBe(200);
  });
});

function floodHeaders(socket: Socket): void {
  socket.write('HTTP/1.1 200 OK\r\n');
  for (let index = 0; index < 2000; index += 1) socket.write(`X-${index}: ${'y'.repeat(100)}\r\n`);
}
