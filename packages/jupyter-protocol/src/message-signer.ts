import { createHmac, timingSafeEqual } from 'node:crypto';
import { jsonFramesOf, type MessageFrames } from './message-frames.ts';

/**
 * HMAC-SHA256 over the four JSON parts, hexadecimal (messaging protocol, "The wire protocol").
 * Binary buffers are not signed, by that definition.
 */
export class MessageSigner {
  readonly #key: Buffer;

  constructor(key: string) {
    this.#key = Buffer.from(key, 'utf8');
  }

  sign(frames: MessageFrames): Buffer {
    return Buffer.from(this.#digest(frames).toString('hex'), 'latin1');
  }

  /** Takes the same time for every wrong signature of the right length. */
  accepts(signature: Buffer, frames: MessageFrames): boolean {
    const expected = this.sign(frames);
    return signature.length === expected.length && timingSafeEqual(signature, expected);
  }

  #digest(frames: MessageFrames): Buffer {
    const hmac = createHmac('sha256', this.#key);
    for (const frame of jsonFramesOf(frames)) hmac.update(frame);
    return hmac.digest();
  }
}
