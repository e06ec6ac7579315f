import type { MessageFrames } from './message-frames.ts';
import { ProtocolError } from './protocol-error.ts';

/** The fields that a server reads of a header (messaging protocol 5.3, "General message format"). */
export interface MessageHeader {
  readonly messageId: string;
  readonly messageType: string;
  /** Of the sender: a client's session id or the kernel's. */
  readonly session: string;
}

/** Throws `HeaderInvalid`. */
export function parseHeader(frame: Buffer): MessageHeader {
  const header = toHeader(parseJsonObject(frame));
  if (header === undefined) {
    throw new ProtocolError('HeaderInvalid', 'The header is not a JSON object with id and type');
  }
  return header;
}

/** The header of the request that a message answers; `undefined` where it answers none (`{}`). */
export function parseParentHeader(frame: Buffer): MessageHeader | undefined {
  return toHeader(parseJsonObject(frame));
}

/** The content of a message as an object; `undefined` where it is none. */
export function parseContent(frames: MessageFrames): Readonly<Record<string, unknown>> | undefined {
  return parseJsonObject(frames.content);
}

function parseJsonObject(frame: Buffer): Record<string, unknown> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(frame.toString('utf8'));
  } catch {
    return undefined;
  }
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Record<string, unknown>) : undefined;
}

function toHeader(value: Readonly<Record<string, unknown>> | undefined): MessageHeader | undefined {
  const { msg_id: messageId, msg_type: messageType, session } = value ?? {};
  if (typeof messageId !== 'string' || typeof messageType !== 'string') return undefined;
  return { messageId, messageType, session: typeof session === 'string' ? session : '' };
}
