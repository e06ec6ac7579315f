/** At most one letter in three may differ: farther words have another meaning. */
const lettersPerMistake = 3;

/** The word that was most likely meant; undefined when none is near. Case does not count. */
export function nearestWord(written: string, words: Iterable<string>): string | undefined {
  const from = written.toLowerCase();
  let nearest: string | undefined;
  let distance = Math.max(1, Math.floor(from.length / lettersPerMistake)) + 1;
  for (const word of words) {
    if (Math.abs(word.length - from.length) >= distance) continue;
    const candidate = editDistance(from, word.toLowerCase());
    if (candidate >= distance) continue;
    nearest = word;
    distance = candidate;
  }
  return nearest;
}

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
function editDistance(one: string, other: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current[column] = Math.min(
        at(previous, column) + 1,
        at(current, column - 1) + 1,
        at(previous, column - 1) + (same ? 0 : 1),
        swapped ? at(beforePrevious, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    beforePrevious = previous;
    previous = current;
  }
  return at(previous, other.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
