interface Place {
  readonly part: number;
  readonly offset: number;
}

/** Where `sought`, in lower case, is in a text that lies in parts; a match may go over several. */
export function findMatches(
  parts: readonly string[],
  sought: string,
): readonly { readonly start: Place; readonly end: Place }[] {
  if (sought === '') return [];
  // Letters that change their length with their case would move what follows them.
  const text = parts.map((part) => lowerOfSameLength(part)).join('');
  const matches: { start: Place; end: Place }[] = [];
  const cursor = new Cursor(parts);
  for (let at = text.indexOf(sought); at !== -1; at = text.indexOf(sought, at + sought.length)) {
    const start = cursor.placeOf(at);
    const last = cursor.placeOf(at + sought.length - 1);
    matches.push({ start, end: { part: last.part, offset: last.offset + 1 } });
  }
  return matches;
}

function lowerOfSameLength(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return Array.from(text, (letter) => {
    const other = letter.toLowerCase();
    return other.length === letter.length ? other : letter;
  }).join('');
}

/** Goes forward only. */
class Cursor {
  readonly #parts: readonly string[];
  #part = 0;
  #start = 0;

  constructor(parts: readonly string[]) {
    this.#parts = parts;
  }

  placeOf(position: number): Place {
    for (;;) {
      const length = this.#parts[this.#part]?.length ?? Number.POSITIVE_INFINITY;
      if (position < this.#start + length) break;
      this.#start += length;
      this.#part += 1;
    }
    return { part: this.#part, offset: position - this.#start };
  }
}
