import { expect, test } from 'vitest';
import type { Channel } from './channel.ts';
import { createMessage } from './create-message.ts';
import {
  decodeJsonMessage,
  encodeJsonMessage,
  type JsonWebSocketMessage,
} from './json-websocket-message.ts';
import { ProtocolError } from './protocol-error.ts';
import { type ChannelMessage, decodeV1Message, encodeV1Message } from './v1-websocket-message.ts';

/** Numbers that look random and are the same in every run (a linear congruential generator). */
function createGenerator(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % limit;
  };
}

const channels: readonly Channel[] = ['shell', 'iopub', 'stdin', 'control'];
const texts = ['', 'a', '가나다', '"quoted" \\ \n', '\u2028', 'x'.repeat(5_000), '🙂'];

function createRandomMessage(next: (limit: number) => number): ChannelMessage {
  const text = () => texts[next(texts.length)] ?? '';
  const parent = createMessage({ type: 'execute_request', session: text(), content: {} });
  return {
    channel: channels[next(channels.length)] ?? 'shell',
    frames: {
      ...createMessage({
        type: 'stream',
        session: text(),
        content: { text: text(), list: [next(9), null, text()] },
        ...(next(2) === 0 && { parentHeader: parent.header }),
      }),
      metadata: Buffer.from(JSON.stringify({ tag: text() })),
      buffers: Array.from({ length: next(4) }, () => Buffer.alloc(next(300), next(256))),
    },
  };
}

test('messages of any shape are read back as they were, in both protocols', () => {
  const next = createGenerator(7);
  for (let count = 0; count < 500; count += 1) {
    const message = createRandomMessage(next);
    expect(partsOf(decodeV1Message(encodeV1Message(message)))).toEqual(partsOf(message));
    const json = encodeJsonMessage(message);
    expect(json.isBinary).toBe(message.frames.buffers.length > 0);
    expect(partsOf(decodeJsonMessage(json))).toEqual(partsOf(message));
  }
});

test('the v1 layout is the one of the protocol', () => {
  const bytes = encodeV1Message({
    channel: 'shell',
    frames: {
      header: Buffer.from('{"h":1}'),
      parentHeader: Buffer.from('{}'),
      metadata: Buffer.from('{}'),
      content: Buffer.from('{"c":2}'),
      buffers: [Buffer.from([9, 9])],
    },
  });
  const offsets = Array.from({ length: 8 }, (_, index) => Number(bytes.readBigUInt64LE(index * 8)));
  expect(offsets).toEqual([7, 64, 69, 76, 78, 80, 87, 89]);
  expect(bytes.subarray(64).toString('latin1')).toBe('shell{"h":1}{}{}{"c":2}\t\t');
});

test('every truncation and every corrupted offset of a v1 message is refused or still a message', () => {
  const next = createGenerator(11);
  const bytes = encodeV1Message(createRandomMessage(next));
  for (let length = 0; length < bytes.length; length += 1) {
    expect(() => decodeV1Message(bytes.subarray(0, length))).toThrow(ProtocolError);
  }
  for (let attempt = 0; attempt < 2_000; attempt += 1) {
    const corrupted = Buffer.from(bytes);
    corrupted[next(64)] = next(256);
    expectRefusalOrMessage(() => decodeV1Message(corrupted));
  }
});

test('every truncation and every corrupted offset of a binary JSON message is refused or still a message', () => {
  const next = createGenerator(13);
  const message = createRandomMessage(next);
  const { data } = encodeJsonMessage({
    ...message,
    frames: { ...message.frames, buffers: [Buffer.from([1, 2, 3])] },
  });
  for (let attempt = 0; attempt < 2_000; attempt += 1) {
    const corrupted = Buffer.from(data.subarray(0, next(data.length)));
    if (corrupted.length > 0) corrupted[next(Math.min(12, corrupted.length))] = next(256);
    expectRefusalOrMessage(() => decodeJsonMessage({ data: corrupted, isBinary: true }));
  }
});

test('JSON that is no message is refused by its code', () => {
  const cases: [string, string][] = [
    ['', 'JsonInvalid'],
    ['[]', 'JsonInvalid'],
    ['{}', 'JsonInvalid'],
    ['{"header":[]}', 'JsonInvalid'],
    ['{"header":{},"channel":"heartbeat"}', 'ChannelUnknown'],
    ['{"header":{},"channel":7}', 'ChannelUnknown'],
  ];
  for (const [text, code] of cases) {
    const message: JsonWebSocketMessage = { data: Buffer.from(text), isBinary: false };
    expect(() => decodeJsonMessage(message)).toThrow(expect.objectContaining({ code }));
  }
});

test('a JSON message may leave out what is empty', () => {
  const { channel, frames } = decodeJsonMessage({
    data: Buffer.from('{"header":{"msg_id":"1"},"parent_header":null}'),
    isBinary: false,
  });
  expect(channel).toBe('shell');
  expect([frames.parentHeader, frames.metadata, frames.content].map(String)).toEqual([
    '{}',
    '{}',
    '{}',
  ]);
});

/** Text of the bytes: comparing texts is a hundred times faster than comparing buffers here. */
function partsOf({ channel, frames }: ChannelMessage): string[] {
  const { header, parentHeader, metadata, content, buffers } = frames;
  const parts = [header, parentHeader, metadata, content, ...buffers];
  return [channel, ...parts.map((part) => part.toString('latin1'))];
}

function expectRefusalOrMessage(decode: () => ChannelMessage): void {
  try {
    expect(channels).toContain(decode().channel);
  } catch (error) {
    expect(error).toBeInstanceOf(ProtocolError);
  }
}
