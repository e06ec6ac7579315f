import { S3Error } from '../s3-error.ts';

/** Reads lines and counted bytes from a stream of chunks, and copies only what lies across two. */
export class ByteCursor {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #current: Buffer = Buffer.alloc(0);
  #isDone = false;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Without its CR LF. @throws {S3Error} `IncompleteBody`, `InvalidRequest` past the limit */
  async readLine(limitBytes: number): Promise<string> {
    let text = '';
    for (;;) {
      const end = this.#current.indexOf(0x0a);
      const upTo = end === -1 ? this.#current.length : end;
      text += this.#current.toString('latin1', 0, upTo);
      if (text.length > limitBytes)
        throw new S3Error('InvalidRequest', 'A chunk header is too long');
      this.#current = this.#current.subarray(end === -1 ? upTo : end + 1);
      if (end === -1) await this.#advance();
      else break;
    }
    if (text.endsWith('\r')) return text.slice(0, -1);
    throw new S3Error('InvalidRequest', 'A chunk header does not end in CR LF');
  }

  /** What is at hand, one byte at least. @throws {S3Error} `IncompleteBody` */
  async readSome(maximumBytes: number): Promise<Buffer> {
    while (this.#current.length === 0) await this.#advance();
    const some = this.#current.subarray(0, maximumBytes);
    this.#current = this.#current.subarray(some.length);
    return some;
  }

  async isAtEnd(): Promise<boolean> {
    while (this.#current.length === 0 && !this.#isDone) await this.#next();
    return this.#current.length === 0;
  }

  async #advance(): Promise<void> {
    await this.#next();
    if (this.#isDone) throw incompleteBody();
  }

  async #next(): Promise<void> {
    const { value, done } = await this.#chunks.next();
    if (done === true) this.#isDone = true;
    else this.#current = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  }
}

function incompleteBody(): S3Error {
  return new S3Error(
    'IncompleteBody',
    'You did not provide the number of bytes specified by the Content-Length HTTP header',
  );
}
