/** Cuts a byte stream into lines, none longer than a limit. */
export class LimitedLines {
  readonly #maximumBytes: number;
  #pieces: Buffer[] = [];
  #heldBytes = 0;

  constructor(maximumBytes: number) {
    this.#maximumBytes = maximumBytes;
  }

  /** The lines that are complete now, or `undefined` once one exceeded the limit. */
  push(chunk: Buffer): string[] | undefined {
    const lines: string[] = [];
    let start = 0;
    for (let end = chunk.indexOf(0x0a); end !== -1; end = chunk.indexOf(0x0a, start)) {
      if (!this.#hold(chunk.subarray(start, end))) return undefined;
      lines.push(this.#take());
      start = end + 1;
    }
    return this.#hold(chunk.subarray(start)) ? lines : undefined;
  }

  #hold(piece: Buffer): boolean {
    this.#heldBytes += piece.length;
    if (piece.length > 0) this.#pieces.push(piece);
    return this.#heldBytes <= this.#maximumBytes;
  }

  #take(): string {
    const line = Buffer.concat(this.#pieces).toString('utf8');
    this.#pieces = [];
    this.#heldBytes = 0;
    return line;
  }
}
