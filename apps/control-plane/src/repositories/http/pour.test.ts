import { once } from 'node:events';
import { createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pour } from './pour.ts';

let source: PassThrough;
let response: ServerResponse;
let poured: Promise<void>;
let answered: ReturnType<typeof ask>;
const server = createServer((_, given) => {
  response = given;
  poured = pour(source, given);
  given.writeHead(200).flushHeaders();
});

function ask() {
  const { port } = server.address() as AddressInfo;
  const asking = request({ port, host: '127.0.0.1' }).end();
  return once(asking, 'response').then(([answer]) => answer);
}

beforeEach(async () => {
  source = new PassThrough();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  answered = ask();
  await answered;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

describe('what Git says', () => {
  it('arrives whole and in its order, in small pieces and in large ones', async () => {
    const pieces = Array.from({ length: 2_000 }, (_, index) =>
      Buffer.alloc(index % 100 === 0 ? 300_000 : index, `${index} `),
    );
    const received = buffer(await answered);
    for (const piece of pieces) if (!source.write(piece)) await once(source, 'drain');
    source.end();
    await poured;
    response.end();
    expect((await received).equals(Buffer.concat(pieces))).toBe(true);
  });

  it('arrives while there is more to come', async () => {
    const answer = await answered;
    source.write('a little');
    expect(String((await once(answer, 'data'))[0])).toBe('a little');
  });

  it('is over at once where it is nothing', async () => {
    source.end();
    await poured;
  });

  it('is waited for no longer when the client is gone', async () => {
    const answer = await answered;
    // More than fits on the way.
    source.write(Buffer.alloc(64 * 1024 ** 2));
    answer.destroy();
    await poured;
  });

  it('is over where it breaks off', async () => {
    source.write('a little');
    source.destroy();
    await poured;
  });
});
