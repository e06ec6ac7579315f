import { diffArrays } from 'diff';

export interface LineChange {
  readonly kind: 'same' | 'added' | 'deleted';
  /** Without its line end. */
  readonly text: string;
  /** From 1; null on the side that does not have it. */
  readonly beforeLine: number | null;
  readonly afterLine: number | null;
}

/** Texts with more differences are told as replaced whole: finding the fewest takes quadratic time. */
const mostDifferences = 2_000;

/** A shortest list of changes that makes one text of the other, deletions before additions. */
export function diffLines(before: string, after: string): LineChange[] {
  const [from, to] = linesOf(before, after);
  const writer = new LineWriter();
  const same = from.length < to.length ? from.length : to.length;
  let head = 0;
  while (head < same && from[head] === to[head]) head += 1;
  let tail = 0;
  while (tail < same - head && from[from.length - 1 - tail] === to[to.length - 1 - tail]) tail += 1;
  writer.write('same', from.slice(0, head));
  writeMiddle(writer, from.slice(head, from.length - tail), to.slice(head, to.length - tail));
  writer.write('same', from.slice(from.length - tail));
  return writer.changes;
}

/** A last line that ends is no other line after it, unless the other text's does not. */
function linesOf(before: string, after: string): [string[], string[]] {
  const from = before === '' ? [] : before.split('\n');
  const to = after === '' ? [] : after.split('\n');
  const bothEnd =
    (from.length === 0 || from.at(-1) === '') && (to.length === 0 || to.at(-1) === '');
  if (bothEnd) {
    from.pop();
    to.pop();
  }
  return [from, to];
}

function writeMiddle(writer: LineWriter, from: string[], to: string[]): void {
  const known = new Set(from);
  const changes = !to.some((line) => known.has(line))
    ? undefined
    : diffArrays(from, to, { maxEditLength: mostDifferences });
  if (changes === undefined) {
    writer.write('deleted', from);
    writer.write('added', to);
    return;
  }
  for (const change of changes) {
    writer.write(change.added ? 'added' : change.removed ? 'deleted' : 'same', change.value);
  }
}

class LineWriter {
  readonly changes: LineChange[] = [];
  #beforeLine = 0;
  #afterLine = 0;

  write(kind: LineChange['kind'], lines: readonly string[]): void {
    for (const text of lines) {
      if (kind !== 'added') this.#beforeLine += 1;
      if (kind !== 'deleted') this.#afterLine += 1;
      this.changes.push({
        kind,
        text,
        beforeLine: kind === 'added' ? null : this.#beforeLine,
        afterLine: kind === 'deleted' ? null : this.#afterLine,
      });
    }
  }
}
