const controls = /[\n\b\r]/g;

/**
 * Text as a terminal shows it, and as Lab keeps it: a carriage return begins the line anew, a backspace
 * takes a character away. Only the last line can still change, so the rest is not touched again.
 */
export class TerminalText {
  #lines: string[] = [];
  #line = '';
  #cursor = 0;
  #length = 0;

  get length(): number {
    return this.#length + this.#line.length;
  }

  append(text: string): void {
    const lastMove = Math.max(text.lastIndexOf('\r'), text.lastIndexOf('\b'));
    let position = 0;
    while (position <= lastMove) {
      controls.lastIndex = position;
      const index = controls.exec(text)?.index ?? lastMove;
      this.#write(text.slice(position, index));
      this.#control(text[index]);
      position = index + 1;
    }
    this.#appendPlain(text.slice(position));
  }

  /** The text, and what puts the cursor of who takes it over where it is here. */
  toReplay(): string {
    const text = this.toString();
    const isAtEnd = this.#cursor === this.#line.length;
    return isAtEnd ? text : `${text}\r${this.#line.slice(0, this.#cursor)}`;
  }

  toString(): string {
    // Joined for good: a long text is asked for often while it grows.
    const finished = this.#lines.join('');
    this.#lines = finished === '' ? [] : [finished];
    return finished + this.#line;
  }

  #appendPlain(text: string): void {
    const end = text.lastIndexOf('\n');
    if (end < 0 || this.#cursor < this.#line.length) {
      for (const [index, line] of text.split('\n').entries()) {
        if (index > 0) this.#control('\n');
        this.#write(line);
      }
      return;
    }
    this.#finish(`${this.#line}${text.slice(0, end + 1)}`);
    this.#write(text.slice(end + 1));
  }

  #write(text: string): void {
    const before = this.#line.slice(0, this.#cursor);
    this.#cursor += text.length;
    this.#line = before + text + this.#line.slice(this.#cursor);
  }

  #control(control: string | undefined): void {
    if (control === '\n') {
      // At the end of the line, wherever the cursor is.
      this.#finish(`${this.#line}\n`);
      return;
    }
    if (control === '\r') {
      this.#cursor = 0;
      return;
    }
    if (this.#cursor === 0) return;
    this.#line = this.#line.slice(0, this.#cursor - 1) + this.#line.slice(this.#cursor);
    this.#cursor -= 1;
  }

  #finish(line: string): void {
    this.#lines.push(line);
    this.#length += line.length;
    this.#line = '';
    this.#cursor = 0;
  }
}
