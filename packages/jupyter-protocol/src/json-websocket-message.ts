import { parseChannel } from './channel.ts';
import { jsonFramesOf, type MessageFrames } from './message-frames.ts';
import { parseHeader } from './message-header.ts';
import { ProtocolError } from './protocol-error.ts';
import type { ChannelMessage } from './v1-websocket-message.ts';

/**
 * The WebSocket protocol without a name, Jupyter's first: one JSON object as text or, where there
 * are binary buffers, `[count, …offsets, JSON, …buffers]` with 32-bit big-endian words.
 */
export interface JsonWebSocketMessage {
  readonly data: Buffer;
  readonly isBinary: boolean;
}

const wordBytes = 4;

/** The JSON parts go in as they are, unparsed: a 20 MB output costs one copy. */
export function encodeJsonMessage({ channel, frames }: ChannelMessage): JsonWebSocketMessage {
  const { messageId, messageType } = parseHeader(frames.header);
  const [header, parentHeader, metadata, content] = jsonFramesOf(frames);
  const identity = `"msg_id":${JSON.stringify(messageId)},"msg_type":${JSON.stringify(messageType)}`;
  const json = Buffer.concat([
    Buffer.from('{"header":'),
    header,
    Buffer.from(`,${identity},"parent_header":`),
    parentHeader,
    Buffer.from(',"metadata":'),
    metadata,
    Buffer.from(',"content":'),
    content,
    Buffer.from(`,"channel":"${channel}","buffers":[]}`),
  ]);
  if (frames.buffers.length === 0) return { data: json, isBinary: false };
  return { data: joinParts([json, ...frames.buffers]), isBinary: true };
}

/** Throws `LayoutInvalid`, `JsonInvalid` or `ChannelUnknown`. */
export function decodeJsonMessage({ data, isBinary }: JsonWebSocketMessage): ChannelMessage {
  if (!isBinary) return parseMessage(data, []);
  const [json, ...buffers] = splitParts(data);
  if (json === undefined) throw invalidLayout('it has no JSON part');
  return parseMessage(json, buffers);
}

function parseMessage(json: Buffer, buffers: readonly Buffer[]): ChannelMessage {
  let message: unknown;
  try {
    message = JSON.parse(json.toString('utf8'));
  } catch (cause) {
    throw new ProtocolError('JsonInvalid', 'The message is not JSON', { cause });
  }
  if (!isObject(message) || !isObject(message.header)) {
    throw new ProtocolError('JsonInvalid', 'The message is not a JSON object with a header');
  }
  const frames: MessageFrames = {
    header: encodeObject(message.header),
    parentHeader: encodeObject(message.parent_header),
    metadata: encodeObject(message.metadata),
    content: encodeObject(message.content),
    buffers,
  };
  // Jupyter server takes a message without a channel as one for the shell.
  return { channel: parseChannel(message.channel ?? 'shell'), frames };
}

function joinParts(parts: readonly Buffer[]): Buffer {
  const words = Buffer.allocUnsafe(wordBytes * (1 + parts.length));
  let offset = words.length;
  words.writeUInt32BE(parts.length, 0);
  for (const [index, part] of parts.entries()) {
    words.writeUInt32BE(offset, wordBytes * (1 + index));
    offset += part.length;
  }
  return Buffer.concat([words, ...parts], offset);
}

function splitParts(data: Buffer): Buffer[] {
  if (data.length < wordBytes) throw invalidLayout('it is too short');
  const count = data.readUInt32BE(0);
  const firstOffset = wordBytes * (1 + count);
  if (count < 1 || firstOffset > data.length) throw invalidLayout('more offsets than bytes');
  const parts: Buffer[] = [];
  for (let index = 0; index < count; index += 1) {
    const begin = data.readUInt32BE(wordBytes * (1 + index));
    const end = index + 1 < count ? data.readUInt32BE(wordBytes * (2 + index)) : data.length;
    if (begin < firstOffset || end < begin || end > data.length) {
      throw invalidLayout('a part is outside the message');
    }
    parts.push(data.subarray(begin, end));
  }
  return parts;
}

function encodeObject(value: unknown): Buffer {
  return Buffer.from(isObject(value) ? JSON.stringify(value) : '{}');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalidLayout(detail: string): ProtocolError {
  return new ProtocolError('LayoutInvalid', `The binary message is malformed: ${detail}`);
}
