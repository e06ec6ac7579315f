import { createMessage } from '@strongroom/jupyter-protocol';
import { expect, test } from 'vitest';
import type { ClientLink } from './client-link.ts';
import { KernelClient } from './kernel-client.ts';
import { KernelMessage } from './kernel-message.ts';

const mebibyte = 1024 * 1024;

/** A client's WebSocket that takes bytes only when told to. */
class StalledLink {
  readonly received: string[] = [];
  waitingBytes = 0;
  isOpen = true;
  isTerminated = false;
  #written: (() => void)[] = [];

  send(message: KernelMessage, onWritten: () => void): void {
    this.received.push(message.header.messageType);
    this.waitingBytes += message.sizeBytes;
    this.#written.push(onWritten);
  }

  takeAll(): void {
    const written = this.#written;
    this.#written = [];
    this.waitingBytes = 0;
    for (const onWritten of written) onWritten();
  }

  terminate(): void {
    this.isTerminated = true;
    this.isOpen = false;
  }

  asLink(): ClientLink {
    return this as unknown as ClientLink;
  }
}

function createClient(): KernelClient {
  return new KernelClient({
    sessionId: 's',
    createDropNotice: () => publish('notice'),
  });
}

function publish(type: string, text = ''): KernelMessage {
  return new KernelMessage('iopub', createMessage({ type, session: 's', content: { text } }));
}

test('a client that reads gets each message as it comes', () => {
  const client = createClient();
  const link = new StalledLink();
  client.attach(link.asLink());
  for (const type of ['status', 'stream', 'status']) client.deliver(publish(type));
  expect(link.received).toEqual(['status', 'stream', 'status']);
});

test('a client that does not read is sent a few MiB, then the rest once it reads', () => {
  const client = createClient();
  const link = new StalledLink();
  client.attach(link.asLink());
  const large = publish('stream', 'x'.repeat(mebibyte));
  for (let count = 0; count < 20; count += 1) client.deliver(large);
  expect(link.waitingBytes).toBeLessThan(6 * mebibyte);
  while (link.received.length < 20) link.takeAll();
  expect(link.received.length).toBe(20);
});

test('what a slow client cannot be kept is left out with a notice; its statuses are not', () => {
  const client = createClient();
  const link = new StalledLink();
  client.attach(link.asLink());
  const large = publish('stream', 'x'.repeat(mebibyte));
  for (let count = 0; count < 200; count += 1) client.deliver(large);
  client.deliver(publish('status'));
  for (let count = 0; count < 300; count += 1) link.takeAll();
  const streams = link.received.filter((type) => type === 'stream').length;
  expect(streams).toBeGreaterThan(30);
  expect(streams).toBeLessThan(40);
  expect(link.received.filter((type) => type === 'notice').length).toBe(1);
  expect(link.received.at(-1)).toBe('status');
});

test('a client that comes back gets what it missed, and its old WebSocket is ended', () => {
  const client = createClient();
  const first = new StalledLink();
  client.attach(first.asLink());
  first.isOpen = false;
  client.deliver(publish('stream'));
  client.deliver(publish('status'));
  const second = new StalledLink();
  client.attach(second.asLink());
  expect(first.received).toEqual([]);
  expect(first.isTerminated).toBe(true);
  expect(second.received).toEqual(['stream', 'status']);
  expect(client.detach(first.asLink())).toBe(false);
  expect(client.isConnected).toBe(true);
  expect(client.detach(second.asLink())).toBe(true);
  expect(client.isConnected).toBe(false);
});
