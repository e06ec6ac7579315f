export interface JsonFault {
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
  readonly expected: string;
}

const space = /[ \t\n\r]*/y;
const escapeSequence = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/**
 * Where a text stops being JSON (RFC 8259), or `undefined` where it is JSON. `JSON.parse` tells
 * the place only sometimes and differently in each version of V8.
 */
export function findJsonFault(text: string): JsonFault | undefined {
  const scan = new Scan(text);
  const offset = scan.run();
  if (offset === undefined) return undefined;
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - before.lastIndexOf('\n'), expected: scan.expected };
}

/** Walks the text with an explicit stack: deep nesting must not end the process. */
class Scan {
  expected = '';
  readonly #text: string;
  #offset = 0;
  readonly #closers: ('}' | ']')[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  run(): number | undefined {
    for (;;) {
      if (!this.#value()) return this.#offset;
      if (!this.#afterValue()) return this.#offset;
      if (this.#closers.length === 0 && this.#offset === this.#text.length) return undefined;
    }
  }

  /** A value, or the opening brackets that lead to one. */
  #value(): boolean {
    for (;;) {
      this.#take(space);
      if (this.#takeText('[')) {
        this.#take(space);
        if (this.#text[this.#offset] === ']') return this.#close(']');
        this.#closers.push(']');
        continue;
      }
      if (this.#takeText('{')) {
        this.#take(space);
        if (this.#text[this.#offset] === '}') return this.#close('}');
        this.#closers.push('}');
        if (!this.#key()) return false;
        continue;
      }
      if (this.#take(scalar)) return true;
      return this.#text[this.#offset] === '"' ? this.#string() : this.#fail('a value');
    }
  }

  #afterValue(): boolean {
    for (;;) {
      this.#take(space);
      const closer = this.#closers.at(-1);
      if (closer === undefined) {
        return this.#offset === this.#text.length || this.#fail('the end of the file');
      }
      if (this.#takeText(closer)) {
        this.#closers.pop();
        continue;
      }
      if (!this.#takeText(',')) return this.#fail(`"," or "${closer}"`);
      return closer === ']' || this.#key();
    }
  }

  #key(): boolean {
    this.#take(space);
    if (this.#text[this.#offset] !== '"') return this.#fail('a name in double quotes');
    if (!this.#string()) return false;
    this.#take(space);
    return this.#takeText(':') || this.#fail('":"');
  }

  /** By hand, not by one expression: a cell's output may be a string of many megabytes. */
  #string(): boolean {
    for (this.#offset += 1; this.#offset < this.#text.length; ) {
      const code = this.#text.charCodeAt(this.#offset);
      if (code === 0x22) {
        this.#offset += 1;
        return true;
      }
      if (code < 0x20) return this.#fail('a closing quote (a text cannot span lines)');
      if (code !== 0x5c) this.#offset += 1;
      else if (!this.#take(escapeSequence)) return this.#fail('a valid escape after "\\"');
    }
    return this.#fail('a closing quote');
  }

  #close(closer: string): boolean {
    return this.#takeText(closer);
  }

  #fail(expected: string): false {
    this.expected = expected;
    return false;
  }

  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.#offset;
    const match = pattern.exec(this.#text);
    if (match === null) return false;
    this.#offset += match[0].length;
    return true;
  }

  #takeText(text: string): boolean {
    if (!this.#text.startsWith(text, this.#offset)) return false;
    this.#offset += text.length;
    return true;
  }
}
