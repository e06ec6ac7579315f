import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';

/** What the signer wants of a hash. */
export class Sha256 {
  readonly #hash: Hash | Hmac;

  constructor(key?: string | ArrayBuffer | ArrayBufferView) {
    if (key === undefined) this.#hash = createHash('sha256');
    else this.#hash = createHmac('sha256', toBuffer(key));
  }

  update(bytes: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(toBuffer(bytes));
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {}
}

function toBuffer(bytes: string | ArrayBuffer | ArrayBufferView): Buffer {
  if (typeof bytes === 'string') return Buffer.from(bytes);
  if (bytes instanceof ArrayBuffer) return Buffer.from(bytes);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
