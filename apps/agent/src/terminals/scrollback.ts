/** The last output of a terminal, for a page that comes back to it. */
export class Scrollback {
  readonly #limitBytes: number;
  #chunks: string[] = [];
  #sizeBytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  push(text: string): void {
    this.#chunks.push(text);
    this.#sizeBytes += Buffer.byteLength(text);
    while (this.#sizeBytes > this.#limitBytes && this.#chunks.length > 1) {
      this.#sizeBytes -= Buffer.byteLength(this.#chunks.shift() ?? '');
    }
  }

  /** Begins at a line's start where something older was dropped: escape sequences stay whole. */
  read(): string {
    return this.#chunks.join('');
  }
}
