import { createServer, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { webSocketAccept } from './gateway-bench.ts';

/** An agent that tells what it was asked. */
export function echoAgent() {
  return createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () =>
      response.end(
        JSON.stringify({
          method: request.method,
          url: request.url,
          headers: request.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      ),
    );
  });
}

/** An agent whose WebSocket sends back every byte. */
export function echoSocketAgent(answer = `Sec-WebSocket-Accept: ${webSocketAccept}\r\n`) {
  const server = createServer();
  server.on('upgrade', (_request: IncomingMessage, socket: Socket) => {
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n${answer}\r\n`,
    );
    socket.pipe(socket);
  });
  return server;
}
