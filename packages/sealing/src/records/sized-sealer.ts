import {
  type CipherGCM,
  createCipheriv,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { createHeader, nonceOf, recordBytes, recordCountOf } from './record-format.ts';
import { sealedSize } from './sealed-size.ts';
import type { Sealer } from './sealer.ts';

/**
 * Seals one stream whose size is known before it comes: it is known of each record whether it is the
 * last, so that none has to wait, and nothing is copied. What comes out are pieces of any size, to be
 * written one behind the other.
 *
 * @param dataKey 32 bytes that seal this stream and no other. It is copied.
 * @throws {RangeError} from `update` and `final` where there are more or fewer bytes
 */
export function createSizedSealer(dataKey: Buffer, sizeBytes: number): Sealer {
  return new SizedSealer(dataKey, sizeBytes);
}

class SizedSealer implements Sealer {
  readonly #key: KeyObject;
  readonly #header = createHeader(randomBytes(7));
  readonly #sizeBytes: number;
  #plainBytes = 0;
  #position = 0;
  /** Of the record under way. */
  #cipher: CipherGCM | undefined;
  #leftBytes = 0;
  #ready: Buffer[] = [this.#header];
  #isFinal = false;

  constructor(dataKey: Buffer, sizeBytes: number) {
    if (dataKey.length !== 32) throw new RangeError('A data key has 32 bytes');
    sealedSize(sizeBytes);
    this.#key = createSecretKey(dataKey);
    this.#sizeBytes = sizeBytes;
  }

  get plainBytes(): number {
    return this.#plainBytes;
  }

  update(plain: Uint8Array): readonly Buffer[] {
    if (this.#isFinal || this.#plainBytes + plain.length > this.#sizeBytes) {
      throw new RangeError(`Cannot seal more: there were to be ${this.#sizeBytes} bytes`);
    }
    this.#plainBytes += plain.length;
    for (let at = 0; at < plain.length; ) {
      const cipher = this.#cipher ?? this.#openRecord();
      const count = Math.min(plain.length - at, this.#leftBytes);
      this.#ready.push(cipher.update(plain.subarray(at, at + count)));
      at += count;
      this.#leftBytes -= count;
      if (this.#leftBytes === 0) this.#closeRecord(cipher);
    }
    return this.#takeReady();
  }

  final(): readonly Buffer[] {
    if (this.#isFinal || this.#plainBytes !== this.#sizeBytes) {
      throw new RangeError(`Cannot end here: there were to be ${this.#sizeBytes} bytes`);
    }
    this.#isFinal = true;
    // Also an empty stream has a record.
    if (this.#sizeBytes === 0) this.#closeRecord(this.#openRecord());
    return this.#takeReady();
  }

  #openRecord(): CipherGCM {
    const isLast = this.#position === recordCountOf(this.#sizeBytes) - 1;
    const nonce = nonceOf(this.#header, this.#position, isLast);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(this.#header);
    const recordStart = this.#position * recordBytes;
    this.#leftBytes = Math.min(recordBytes, this.#sizeBytes - recordStart);
    this.#cipher = cipher;
    return cipher;
  }

  #closeRecord(cipher: CipherGCM): void {
    cipher.final();
    this.#ready.push(cipher.getAuthTag());
    this.#position += 1;
    this.#cipher = undefined;
  }

  #takeReady(): readonly Buffer[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }
}
