const newline = 0x0a;

/** Cuts a byte stream into lines of UTF-8, however it is chunked. */
export class LineReader {
  readonly #maximumLineBytes: number;
  readonly #onLine: (line: string) => void;
  #pending: Buffer[] = [];
  #pendingBytes = 0;

  constructor(maximumLineBytes: number, onLine: (line: string) => void) {
    this.#maximumLineBytes = maximumLineBytes;
    this.#onLine = onLine;
  }

  /** Throws where a line exceeds the limit: what follows could not be told apart from it. */
  push(chunk: Buffer): void {
    let begin = 0;
    for (;;) {
      const end = chunk.indexOf(newline, begin);
      if (end < 0) break;
      this.#keep(chunk.subarray(begin, end));
      const line = Buffer.concat(this.#pending, this.#pendingBytes).toString('utf8');
      this.#pending = [];
      this.#pendingBytes = 0;
      begin = end + 1;
      if (line !== '') this.#onLine(line);
    }
    if (begin < chunk.length) this.#keep(chunk.subarray(begin));
  }

  #keep(part: Buffer): void {
    this.#pendingBytes += part.length;
    if (this.#pendingBytes > this.#maximumLineBytes) {
      throw new Error(`A line of the agent channel exceeds ${this.#maximumLineBytes} bytes`);
    }
    this.#pending.push(part);
  }
}
