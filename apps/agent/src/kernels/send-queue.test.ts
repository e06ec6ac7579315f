import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { SendQueue } from './send-queue.ts';

/** A socket that, as zeromq's, refuses a second send while one is under way. */
class OneAtATime {
  readonly sent: string[] = [];
  #sending = false;

  async send(parts: Buffer[]): Promise<void> {
    if (this.#sending) throw new Error('Socket is busy');
    this.#sending = true;
    await setImmediate();
    this.sent.push(parts.map(String).join('|'));
    this.#sending = false;
  }
}

test('messages are sent one after the other, in order', async () => {
  const socket = new OneAtATime();
  const queue = new SendQueue(socket);
  for (const text of ['a', 'b', 'c']) queue.push([Buffer.from(text), Buffer.from('.')]);
  expect(queue.waitingBytes).toBe(6);
  while (queue.waitingBytes > 0) await setImmediate();
  queue.push([Buffer.from('d')]);
  while (queue.waitingBytes > 0) await setImmediate();
  expect(socket.sent).toEqual(['a|.', 'b|.', 'c|.', 'd']);
});

test('a socket that closes under a message drops what waits, and breaks nothing', async () => {
  const queue = new SendQueue({ send: () => Promise.reject(new Error('EAGAIN')) });
  queue.push([Buffer.from('a')]);
  queue.push([Buffer.from('b')]);
  await setImmediate();
  expect(queue.waitingBytes).toBe(0);
  queue.push([Buffer.from('c')]);
  expect(queue.waitingBytes).toBe(0);
});
