import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** What a read or write moves at once; Node's own default of 64 KiB is slower. */
const pieceBytes = 1024 ** 2;
const folder = process.argv[2] ?? '.';

/** The peer: a file server in Node.js that encrypts, signs and checks nothing, and syncs what it wrote. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = join(folder, basename(request.url ?? ''));
  if (request.method === 'DELETE') {
    await rm(path);
    response.end();
    return;
  }
  if (request.method === 'GET') {
    await pipeline(createReadStream(path, { highWaterMark: pieceBytes }), response);
    return;
  }
  await pipeline(request, createWriteStream(path, { flush: true, highWaterMark: pieceBytes }));
  response.end();
}

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    console.error(error);
    response.destroy();
  });
});
// Longer than the other server's turns take: a connection that is kept must not end as it is used again.
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
process.on('message', () => process.send?.({ cpuUsage: process.cpuUsage() }));
process.once('disconnect', () => process.exit(0));
