import type { ComparedPart } from './comparison.ts';

/** Beyond this many comparisons the middle of two lines is taken as replaced whole. */
const mostComparisons = 40_000;

/** Two lines, one in the other's place: which words of each the other does not have. */
export function highlightWords(
  before: string,
  after: string,
): { readonly before: ComparedPart[]; readonly after: ComparedPart[] } {
  const from = wordsOf(before);
  const to = wordsOf(after);
  const kept = commonWords(from, to);
  // Only spaces and signs in common: the marks would say nothing.
  const isAlike = kept.some(([index]) => /[\p{L}\p{N}]/u.test(from[index] ?? ''));
  if (!isAlike) return { before: whole(before), after: whole(after) };
  return {
    before: mark(from, new Set(kept.map(([index]) => index))),
    after: mark(to, new Set(kept.map(([, index]) => index))),
  };
}

function wordsOf(line: string): string[] {
  return line.match(/[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu) ?? [];
}

type Pair = readonly [number, number];

/** A longest common subsequence, after what is the same at both ends. */
function commonWords(from: readonly string[], to: readonly string[]): Pair[] {
  const shorter = Math.min(from.length, to.length);
  const kept: Pair[] = [];
  let head = 0;
  while (head < shorter && from[head] === to[head]) {
    kept.push([head, head]);
    head += 1;
  }
  let tail = 0;
  while (tail < shorter - head && from.at(-1 - tail) === to.at(-1 - tail)) {
    tail += 1;
    kept.push([from.length - tail, to.length - tail]);
  }
  const middle = commonMiddle(
    from.slice(head, from.length - tail),
    to.slice(head, to.length - tail),
  );
  return [...kept, ...middle.map(([one, other]): Pair => [one + head, other + head])];
}

function commonMiddle(from: readonly string[], to: readonly string[]): Pair[] {
  if (from.length * to.length > mostComparisons) return [];
  const width = to.length + 1;
  const lengths = new Uint32Array((from.length + 1) * width);
  const at = (row: number, column: number) => lengths[row * width + column] ?? 0;
  for (let row = from.length - 1; row >= 0; row -= 1)
    for (let column = to.length - 1; column >= 0; column -= 1)
      lengths[row * width + column] =
        from[row] === to[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
  const kept: Pair[] = [];
  let [row, column] = [0, 0];
  while (row < from.length && column < to.length) {
    if (from[row] === to[column]) {
      kept.push([row, column]);
      row += 1;
      column += 1;
    } else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
    else column += 1;
  }
  return kept;
}

function mark(words: readonly string[], kept: ReadonlySet<number>): ComparedPart[] {
  const parts: { text: string; isChanged: boolean }[] = [];
  words.forEach((word, index) => {
    const isChanged = !kept.has(index);
    const last = parts.at(-1);
    if (last?.isChanged === isChanged) last.text += word;
    else parts.push({ text: word, isChanged });
  });
  return parts;
}

function whole(line: string): ComparedPart[] {
  return [{ text: line, isChanged: false }];
}
