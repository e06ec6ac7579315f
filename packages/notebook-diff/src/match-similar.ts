import type { Cell } from './notebook.ts';
import { countWords, similarity, type WordCounts } from './similarity.ts';

/** Half of the words are the same. */
const leastSimilarity = 0.5;
/** In larger gaps a cell is compared with those near its own place only. */
const mostPairs = 40_000;
const nearness = 20;

/**
 * The pairs, in one order, whose similarities are highest together (dynamic programming). `from` and `to`
 * are indices into the two lists of cells.
 */
export function matchSimilar(
  cells: { readonly before: readonly Cell[]; readonly after: readonly Cell[] },
  from: readonly number[],
  to: readonly number[],
): { before: number; after: number }[] {
  if (from.length === 0 || to.length === 0) return [];
  const fromWords = from.map((at) => wordsOf(cells.before[at]));
  const toWords = to.map((at) => wordsOf(cells.after[at]));
  const isLarge = from.length * to.length > mostPairs;
  const width = to.length + 1;
  const best = new Float32Array((from.length + 1) * width);
  const similarities = new Float32Array((from.length + 1) * width);
  for (let row = from.length - 1; row >= 0; row -= 1) {
    for (let column = to.length - 1; column >= 0; column -= 1) {
      const isNear = Math.abs((row * to.length) / from.length - column) <= nearness;
      const [a, b] = [fromWords[row], toWords[column]];
      const alike = a === undefined || b === undefined || (isLarge && !isNear) ? 0 : compare(a, b);
      const at = row * width + column;
      similarities[at] = alike;
      best[at] = Math.max(
        best[at + width] ?? 0,
        best[at + 1] ?? 0,
        alike === 0 ? 0 : alike + (best[at + width + 1] ?? 0),
      );
    }
  }
  return readPairs({ best, similarities, width }, from, to);
}

interface Words extends WordCounts {
  readonly cellType: string;
}

function wordsOf(cell: Cell | undefined): Words {
  return { ...countWords(cell?.source ?? ''), cellType: cell?.cell_type ?? '' };
}

function compare(a: Words, b: Words): number {
  // An empty cell became no other cell, and is worth less than any that has something in it.
  if (a.total === 0 && b.total === 0 && a.cellType === b.cellType) return 0.01;
  if (a.total === 0 || b.total === 0) return 0;
  const alike = similarity(a, b, leastSimilarity);
  // Turned from code into text it is the same cell only where hardly anything else changed.
  return a.cellType === b.cellType || alike > 0.9 ? alike : 0;
}

function readPairs(
  table: { best: Float32Array; similarities: Float32Array; width: number },
  from: readonly number[],
  to: readonly number[],
): { before: number; after: number }[] {
  const { best, similarities, width } = table;
  const pairs: { before: number; after: number }[] = [];
  let [row, column] = [0, 0];
  while (row < from.length && column < to.length) {
    const at = row * width + column;
    const value = best[at] ?? 0;
    if (value === best[at + width]) row += 1;
    else if (value === best[at + 1]) column += 1;
    else {
      if ((similarities[at] ?? 0) > 0)
        pairs.push({ before: from[row] ?? 0, after: to[column] ?? 0 });
      row += 1;
      column += 1;
    }
  }
  return pairs;
}
