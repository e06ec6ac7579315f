import { jsonFramesOf, type MessageFrames } from './message-frames.ts';
import type { MessageSigner } from './message-signer.ts';
import { ProtocolError } from './protocol-error.ts';

/**
 * The ZeroMQ parts of a message:
 * `[…identities, <IDS|MSG>, signature, header, parent header, metadata, content, …buffers]`
 * (messaging protocol, "The wire protocol").
 */
const delimiter = Buffer.from('<IDS|MSG>', 'latin1');
const jsonFrameCount = 4;

/** Without identities: a DEALER socket's routing id is added by the kernel's ROUTER. */
export function encodeWireMessage(frames: MessageFrames, signer: MessageSigner): Buffer[] {
  return [delimiter, signer.sign(frames), ...jsonFramesOf(frames), ...frames.buffers];
}

/** Throws `DelimiterMissing`, `FramesMissing` or `SignatureInvalid`; nothing unsigned passes. */
export function decodeWireMessage(parts: readonly Buffer[], signer: MessageSigner): MessageFrames {
  const delimiterIndex = parts.findIndex((part) => part.equals(delimiter));
  if (delimiterIndex < 0) {
    throw new ProtocolError('DelimiterMissing', 'The message has no <IDS|MSG> delimiter');
  }
  const [signature, header, parentHeader, metadata, content, ...buffers] = parts.slice(
    delimiterIndex + 1,
  );
  if (!signature || !header || !parentHeader || !metadata || !content) {
    throw new ProtocolError('FramesMissing', `The message needs ${jsonFrameCount} JSON parts`);
  }
  const frames = { header, parentHeader, metadata, content, buffers };
  if (!signer.accepts(signature, frames)) {
    throw new ProtocolError('SignatureInvalid', "The message's signature is not the kernel's");
  }
  return frames;
}
