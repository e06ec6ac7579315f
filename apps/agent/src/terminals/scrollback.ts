/** The last output of a terminal, for a page that comes back to it. */
export class Scrollback {
  readonly #limitCharacters: number;
  #chunks: string[] = [];
  #length = 0;
  #isCut = false;

  constructor(limitCharacters: number) {
    this.#limitCharacters = limitCharacters;
  }

  push(text: string): void {
    this.#chunks.push(text);
    this.#length += text.length;
    while (this.#length > this.#limitCharacters && this.#chunks.length > 1) {
      this.#length -= this.#chunks.shift()?.length ?? 0;
      this.#isCut = true;
    }
  }

  /** Where older output was dropped it begins with a whole line: half an escape sequence garbles. */
  read(): string {
    const text = this.#chunks.join('');
    return this.#isCut ? text.slice(text.indexOf('\n') + 1) : text;
  }
}
