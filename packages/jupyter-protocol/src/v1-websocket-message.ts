import { type Channel, parseChannel } from './channel.ts';
import { jsonFramesOf, type MessageFrames } from './message-frames.ts';
import { ProtocolError } from './protocol-error.ts';

export interface ChannelMessage {
  readonly channel: Channel;
  readonly frames: MessageFrames;
}

/** The WebSocket subprotocol whose parts are the ZeroMQ parts ("Kernel WebSocket protocol"). */
export const v1WebSocketProtocol = 'v1.kernel.websocket.jupyter.org';

const wordBytes = 8;
/** Channel and the four JSON parts have a begin each; the last offset is the end of the message. */
const smallestOffsetCount = 6;

/** `[offset count, …offsets, channel, header, parent header, metadata, content, …buffers]`, words little-endian. */
export function encodeV1Message({ channel, frames }: ChannelMessage): Buffer {
  const parts = [Buffer.from(channel, 'latin1'), ...jsonFramesOf(frames), ...frames.buffers];
  const offsetCount = parts.length + 1;
  const words = Buffer.allocUnsafe(wordBytes * (1 + offsetCount));
  let offset = words.length;
  words.writeBigUInt64LE(BigInt(offsetCount), 0);
  words.writeBigUInt64LE(BigInt(offset), wordBytes);
  for (const [index, part] of parts.entries()) {
    offset += part.length;
    words.writeBigUInt64LE(BigInt(offset), wordBytes * (2 + index));
  }
  return Buffer.concat([words, ...parts], offset);
}

/** Throws `LayoutInvalid` or `ChannelUnknown`. The parts are views of `bytes`, not copies. */
export function decodeV1Message(bytes: Buffer): ChannelMessage {
  const [channel, header, parentHeader, metadata, content, ...buffers] = partsOf(bytes);
  if (!channel || !header || !parentHeader || !metadata || !content) {
    throw invalidLayout('parts are missing');
  }
  return {
    channel: parseChannel(channel.toString('latin1')),
    frames: { header, parentHeader, metadata, content, buffers },
  };
}

function partsOf(bytes: Buffer): Buffer[] {
  const offsetCount = readWord(bytes, 0);
  if (offsetCount < smallestOffsetCount) throw invalidLayout('too few offsets');
  const firstOffset = wordBytes * (1 + offsetCount);
  // Checked before anything is allocated: the count is the sender's word.
  if (firstOffset > bytes.length) throw invalidLayout('more offsets than bytes');
  let begin = readWord(bytes, wordBytes);
  if (begin < firstOffset) throw invalidLayout('a part overlaps the offsets');
  const parts: Buffer[] = [];
  for (let index = 1; index < offsetCount; index += 1) {
    const end = readWord(bytes, wordBytes * (1 + index));
    if (end < begin || end > bytes.length) throw invalidLayout('a part ends outside the message');
    parts.push(bytes.subarray(begin, end));
    begin = end;
  }
  return parts;
}

function readWord(bytes: Buffer, position: number): number {
  if (position + wordBytes > bytes.length) throw invalidLayout('it is too short');
  const word = bytes.readBigUInt64LE(position);
  if (word > BigInt(bytes.length)) throw invalidLayout('an offset is outside the message');
  return Number(word);
}

function invalidLayout(detail: string): ProtocolError {
  return new ProtocolError('LayoutInvalid', `The message is not laid out as v1: ${detail}`);
}
