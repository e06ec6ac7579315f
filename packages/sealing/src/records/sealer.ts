import { createCipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { Transform } from 'node:stream';
import {
  batchRecordCount,
  createHeader,
  headerBytes,
  maximumPlainBytes,
  nonceOf,
  recordBytes,
  sealedRecordBytes,
  tagBytes,
} from './record-format.ts';

/** Seals one stream with one fresh key. Shaped like node:crypto's ciphers. */
export interface Sealer {
  /** How many bytes of plaintext went in. */
  readonly plainBytes: number;
  /** What is sealed and ready, often nothing. It is the receiver's own. */
  update(plain: Uint8Array): readonly Buffer[];
  /** What is left, with the last record. An empty stream has one too. Nothing may follow. */
  final(): readonly Buffer[];
}

/** In batches of about 1 MiB. @param dataKey 32 bytes that seal this stream and no other. It is copied. */
export function createSealer(dataKey: Buffer): Sealer {
  return new RecordSealer(dataKey);
}

/** The same as a stream. */
export function createSealingStream(dataKey: Buffer): Transform {
  const sealer = createSealer(dataKey);
  return new Transform({
    writableHighWaterMark: batchRecordCount * recordBytes,
    // One batch waits at most, and stays one: a byte stream would copy several into one.
    readableObjectMode: true,
    readableHighWaterMark: 1,
    transform(chunk: Buffer, _encoding, done) {
      for (const batch of sealer.update(chunk)) this.push(batch);
      done();
    },
    flush(done) {
      for (const batch of sealer.final()) this.push(batch);
      done();
    },
  });
}

class RecordSealer implements Sealer {
  readonly #key: KeyObject;
  readonly #header = createHeader(randomBytes(7));
  /** A whole record waits here until it is known whether it is the last. */
  #held: Buffer | undefined;
  #heldBytes = 0;
  #position = 0;
  #plainBytes = 0;
  #batch: Buffer | undefined;
  #batchBytes = 0;
  #ready: Buffer[] = [];
  #isFinal = false;

  constructor(dataKey: Buffer) {
    if (dataKey.length !== 32) throw new RangeError('A data key has 32 bytes');
    this.#key = createSecretKey(dataKey);
  }

  get plainBytes(): number {
    return this.#plainBytes;
  }

  update(plain: Uint8Array): readonly Buffer[] {
    if (this.#isFinal) throw new Error('Cannot seal more: the stream has its last record');
    if (this.#plainBytes + plain.length > maximumPlainBytes) {
      throw new RangeError('Cannot seal more: the stream has the most records there can be');
    }
    this.#plainBytes += plain.length;
    let at = this.#heldBytes > 0 ? this.#hold(plain) : 0;
    if (this.#held !== undefined && this.#heldBytes === recordBytes && at < plain.length) {
      this.#seal(this.#held, false);
      this.#heldBytes = 0;
    }
    for (; plain.length - at > recordBytes; at += recordBytes) {
      this.#seal(plain.subarray(at, at + recordBytes), false);
    }
    this.#hold(plain.subarray(at));
    return this.#takeReady();
  }

  final(): readonly Buffer[] {
    if (this.#isFinal) throw new Error('Cannot seal more: the stream has its last record');
    this.#isFinal = true;
    this.#seal(this.#held?.subarray(0, this.#heldBytes) ?? Buffer.alloc(0), true);
    this.#held?.fill(0);
    return this.#takeReady();
  }

  /** Copies what fits, because the caller may use its buffer again. */
  #hold(plain: Uint8Array): number {
    if (plain.length === 0) return 0;
    this.#held ??= Buffer.allocUnsafeSlow(recordBytes);
    const count = Math.min(plain.length, recordBytes - this.#heldBytes);
    this.#held.set(plain.subarray(0, count), this.#heldBytes);
    this.#heldBytes += count;
    return count;
  }

  #seal(plain: Uint8Array, isLast: boolean): void {
    const nonce = nonceOf(this.#header, this.#position, isLast);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce);
    cipher.setAAD(this.#header);
    const batch = this.#batch ?? this.#openBatch(isLast ? plain.length : undefined);
    this.#append(batch, cipher.update(plain));
    cipher.final();
    this.#append(batch, cipher.getAuthTag());
    this.#position += 1;
    if (isLast || batch.length - this.#batchBytes < sealedRecordBytes) {
      this.#ready.push(batch.subarray(0, this.#batchBytes));
      this.#batch = undefined;
    }
  }

  /** A small object takes no more memory than it needs. */
  #openBatch(onlyPlainBytes: number | undefined): Buffer {
    const recordsBytes =
      onlyPlainBytes === undefined
        ? batchRecordCount * sealedRecordBytes
        : onlyPlainBytes + tagBytes;
    this.#batch = Buffer.allocUnsafeSlow(recordsBytes + (this.#position === 0 ? headerBytes : 0));
    this.#batchBytes = 0;
    if (this.#position === 0) this.#append(this.#batch, this.#header);
    return this.#batch;
  }

  #append(batch: Buffer, bytes: Buffer): void {
    batch.set(bytes, this.#batchBytes);
    this.#batchBytes += bytes.length;
  }

  #takeReady(): readonly Buffer[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }
}
