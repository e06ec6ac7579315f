import { expect, test } from 'vitest';
import { createMessage } from './create-message.ts';
import type { MessageFrames } from './message-frames.ts';
import { MessageSigner } from './message-signer.ts';
import { ProtocolError, type ProtocolErrorCode } from './protocol-error.ts';
import { decodeWireMessage, encodeWireMessage } from './wire-message.ts';

const signer = new MessageSigner('0f1e2d3c');
const message: MessageFrames = {
  ...createMessage({ type: 'execute_request', session: 's', content: { code: '1 + 1 # 가' } }),
  buffers: [Buffer.from([0, 255]), Buffer.alloc(0)],
};

function codeOf(action: () => unknown): ProtocolErrorCode | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    return error instanceof ProtocolError ? error.code : undefined;
  }
}

test('a signed message is read back as it was, whatever identities are before it', () => {
  const parts = encodeWireMessage(message, signer);
  expect(decodeWireMessage(parts, signer)).toEqual(message);
  const routed = [Buffer.from('client'), Buffer.from('kernel.1.status'), ...parts];
  expect(decodeWireMessage(routed, signer)).toEqual(message);
});

test('the signature is the HMAC-SHA256 of the four JSON parts', () => {
  const frames = {
    header: Buffer.from('{"a":1}'),
    parentHeader: Buffer.from('{}'),
    metadata: Buffer.from('{}'),
    content: Buffer.from('{"b":2}'),
    buffers: [Buffer.from('not signed')],
  };
  // python3: hmac.new(b'key', b'{"a":1}{}{}{"b":2}', 'sha256').hexdigest()
  expect(new MessageSigner('key').sign(frames).toString()).toBe(
    '0206f42f4ae2a48f6054ab91271f90c100f7022f55fb1f23de6377624d533752',
  );
});

test('one changed byte in any signed part, or another key, is refused', () => {
  const parts = encodeWireMessage(message, signer);
  for (let index = 1; index <= 5; index += 1) {
    const changed = parts.map((part) => Buffer.from(part));
    const part = changed[index];
    if (part === undefined) throw new Error('The message has fewer parts');
    part[0] = (part[0] ?? 0) ^ 1;
    expect(codeOf(() => decodeWireMessage(changed, signer))).toBe('SignatureInvalid');
  }
  const other = new MessageSigner('another');
  expect(codeOf(() => decodeWireMessage(parts, other))).toBe('SignatureInvalid');
});

test('an empty or short signature is refused', () => {
  const [delimiter, , ...rest] = encodeWireMessage(message, signer);
  for (const signature of ['', 'ab', 'A'.repeat(64)]) {
    const parts = [delimiter ?? Buffer.alloc(0), Buffer.from(signature), ...rest];
    expect(codeOf(() => decodeWireMessage(parts, signer))).toBe('SignatureInvalid');
  }
});

test('a message without delimiter or without all parts is refused', () => {
  const parts = encodeWireMessage(message, signer);
  expect(codeOf(() => decodeWireMessage([], signer))).toBe('DelimiterMissing');
  expect(codeOf(() => decodeWireMessage(parts.slice(1), signer))).toBe('DelimiterMissing');
  for (let count = 1; count < 6; count += 1) {
    expect(codeOf(() => decodeWireMessage(parts.slice(0, count), signer))).toBe('FramesMissing');
  }
});
