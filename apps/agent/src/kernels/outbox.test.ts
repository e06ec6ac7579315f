import { createMessage } from '@strongroom/jupyter-protocol';
import { expect, test } from 'vitest';
import { KernelMessage } from './kernel-message.ts';
import { Outbox } from './outbox.ts';

const oneMessageBytes = 20_000;

function publish(type: string, number: number): KernelMessage {
  const content = { number, text: 'x'.repeat(oneMessageBytes) };
  return new KernelMessage('iopub', createMessage({ type, session: 's', content }));
}

function numberOf(message: KernelMessage): number {
  return JSON.parse(message.frames.content.toString()).number;
}

function drain(outbox: Outbox): KernelMessage[] {
  const messages: KernelMessage[] = [];
  for (let next = outbox.shift(); next !== undefined; next = outbox.shift()) messages.push(next);
  return messages;
}

test('messages leave in the order they came', () => {
  const outbox = new Outbox(10 * oneMessageBytes);
  expect(outbox.isEmpty).toBe(true);
  for (const number of [1, 2, 3]) outbox.push(publish('stream', number));
  expect(outbox.isEmpty).toBe(false);
  expect(drain(outbox).map(numberOf)).toEqual([1, 2, 3]);
  expect(outbox.isEmpty).toBe(true);
  expect(outbox.takeFirstDropped()).toBeUndefined();
});

test('beyond the limit the oldest outputs go first, then other publications, never statuses', () => {
  const outbox = new Outbox(3.5 * oneMessageBytes);
  outbox.push(publish('status', 0));
  outbox.push(publish('comm_msg', 1));
  for (const number of [2, 3, 4]) outbox.push(publish('stream', number));
  outbox.push(publish('status', 5));
  expect(drain(outbox).map(numberOf)).toEqual([0, 1, 5]);
  for (const number of [6, 7, 8, 9]) outbox.push(publish('status', number));
  outbox.push(publish('comm_msg', 10));
  expect(drain(outbox).map(numberOf)).toEqual([6, 7, 8, 9]);
});

test('replies are kept however many there are', () => {
  const outbox = new Outbox(oneMessageBytes);
  for (let number = 0; number < 5; number += 1) {
    const frames = createMessage({ type: 'execute_reply', session: 's', content: { number } });
    outbox.push(new KernelMessage('shell', frames));
  }
  expect(drain(outbox).length).toBe(5);
});

test('what was dropped first is told once', () => {
  const outbox = new Outbox(2.5 * oneMessageBytes);
  for (let number = 1; number <= 5; number += 1) outbox.push(publish('display_data', number));
  const dropped = outbox.takeFirstDropped();
  expect(dropped && numberOf(dropped)).toBe(1);
  expect(outbox.takeFirstDropped()).toBeUndefined();
  expect(drain(outbox).map(numberOf)).toEqual([4, 5]);
});

test('hours of output to an absent client leave the newest, in order', () => {
  const outbox = new Outbox(20_000);
  const message = (type: string, number: number) =>
    new KernelMessage('iopub', createMessage({ type, session: 's', content: { number } }));
  outbox.push(message('status', -1));
  for (let number = 0; number < 20_000; number += 1) outbox.push(message('stream', number));
  const numbers = drain(outbox).map(numberOf);
  expect(numbers[0]).toBe(-1);
  expect(numbers.at(-1)).toBe(19_999);
  expect(numbers.slice(1)).toEqual([...numbers.slice(1)].sort((left, right) => left - right));
});
