import {
  createServer,
  get,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { sendAnswer } from './s3-answer.ts';

const chunkBytes = 1024 * 1024;
const chunkCount = 500;
let server: Server;
let producedCount: number;
let closed: Promise<void>;
let onClosed: () => void;
let failAt: number;
let served: ServerResponse | undefined;

async function* chunks(): AsyncGenerator<Buffer> {
  try {
    while (producedCount < chunkCount) {
      if (producedCount === failAt) throw new Error('damaged');
      producedCount += 1;
      yield Buffer.alloc(chunkBytes);
    }
  } finally {
    onClosed();
  }
}

beforeEach(async () => {
  producedCount = 0;
  failAt = -1;
  closed = new Promise((resolve) => {
    onClosed = resolve;
  });
  server = createServer((_, response) => {
    served = response;
    const headers = { 'content-length': String(chunkBytes * chunkCount) };
    const answer = { status: 200, headers, stream: chunks() };
    sendAnswer(response, answer, false).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function begin(): Promise<IncomingMessage> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    get({ port, host: '127.0.0.1' }, resolve).on('error', reject);
  });
}

async function receivedBytes(response: IncomingMessage): Promise<number> {
  let sizeBytes = 0;
  for await (const chunk of response) sizeBytes += (chunk as Buffer).length;
  return sizeBytes;
}

it('reads no faster than the client does', async () => {
  const response = await begin();
  await vi.waitFor(() => expect(served?.writableNeedDrain).toBe(true));
  for (let turn = 0; turn < 100; turn += 1) await setImmediate();
  expect(producedCount).toBeLessThan(50);
  expect(await receivedBytes(response)).toBe(chunkBytes * chunkCount);
});

it('closes what it reads from when the client goes', async () => {
  const response = await begin();
  response.destroy();
  await closed;
  expect(producedCount).toBeLessThan(50);
});

it('cuts the connection where the rest cannot be read', async () => {
  failAt = 100;
  const response = await begin();
  await expect(receivedBytes(response)).rejects.toMatchObject({ code: 'ECONNRESET' });
});

it('sends no head where nothing could be read', async () => {
  failAt = 0;
  await expect(begin()).rejects.toMatchObject({ code: 'ECONNRESET' });
});
