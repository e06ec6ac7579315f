import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { allowLongBody, startBodyDeadline } from './body-deadline.ts';

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** Sends a piece every 20 ms, `pieces` of the ten that are announced. */
async function send(pieces: number, onRequest: (request: IncomingMessage) => void) {
  server = createServer((incoming, response) => {
    onRequest(incoming);
    incoming.on('error', () => undefined);
    incoming.resume().once('end', () => response.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return new Promise<'answered' | 'cut'>((resolve) => {
    const headers = { 'content-length': 10 };
    const outgoing = request({ host: '127.0.0.1', port, method: 'PUT', headers, agent: false });
    outgoing.once('response', () => resolve('answered')).once('error', () => resolve('cut'));
    let sent = 0;
    const timer = setInterval(() => {
      if (sent === pieces) return clearInterval(timer);
      sent += 1;
      outgoing.write('x');
      if (sent === 10) outgoing.end();
    }, 20);
    outgoing.once('close', () => clearInterval(timer));
  });
}

describe('a request’s body', () => {
  it('is cut where it is not there in time', async () => {
    const outcome = await send(10, (request) => startBodyDeadline(request, undefined, 60));
    expect(outcome).toBe('cut');
  });

  it('may take longer where that is allowed and it moves', async () => {
    const outcome = await send(10, (request) => {
      startBodyDeadline(request, undefined, 60);
      // Far more than this machine stands still between two pieces.
      allowLongBody(request, 5_000);
    });
    expect(outcome).toBe('answered');
  });

  it('is cut where it is allowed to take longer and stands still', async () => {
    const outcome = await send(3, (request) => {
      startBodyDeadline(request, undefined, 60);
      allowLongBody(request, 100);
    });
    expect(outcome).toBe('cut');
  });
});
