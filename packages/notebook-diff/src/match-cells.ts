import { longestIncreasing } from './longest-increasing.ts';
import { matchSimilar } from './match-similar.ts';
import type { Cell } from './notebook.ts';

/** A cell before and the cell it became. */
export interface CellPair {
  readonly before: number;
  readonly after: number;
  /** Its neighbours are others now: it is out of the common order. */
  readonly isMoved: boolean;
}

/**
 * Which cell became which: first by id, then between those by the same source, then by a similar one, and
 * last by the same source anywhere.
 */
export function matchCells(before: readonly Cell[], after: readonly Cell[]): CellPair[] {
  const byId = pairsByKey(idsOf(before), idsOf(after));
  const anchors = inOrder(byId);
  const isAnchor = new Set(anchors);
  const pairs: CellPair[] = byId.map((pair) => ({ ...pair, isMoved: !isAnchor.has(pair) }));
  const taken = new Taken(pairs);
  const ends = { before: before.length, after: after.length };
  let start = { before: 0, after: 0 };
  for (const anchor of [...anchors, ends]) {
    for (const pair of matchGap({ before, after, start, end: anchor, taken })) {
      pairs.push({ ...pair, isMoved: false });
      taken.add(pair);
    }
    start = { before: anchor.before + 1, after: anchor.after + 1 };
  }
  pairs.push(...movedPairs(before, after, taken));
  return pairs.sort((a, b) => a.after - b.after);
}

interface Place {
  readonly before: number;
  readonly after: number;
}

class Taken {
  readonly before = new Set<number>();
  readonly after = new Set<number>();

  constructor(pairs: readonly Place[]) {
    for (const pair of pairs) this.add(pair);
  }

  add(pair: Place): void {
    this.before.add(pair.before);
    this.after.add(pair.after);
  }
}

/** In the order of `before`. A key that a side has twice says nothing. */
function pairsByKey(
  before: ReadonlyMap<number, string>,
  after: ReadonlyMap<number, string>,
): Place[] {
  const places = uniqueKeys(after);
  const pairs: Place[] = [];
  for (const [key, index] of uniqueKeys(before)) {
    const place = places.get(key);
    if (place !== undefined) pairs.push({ before: index, after: place });
  }
  return pairs;
}

function uniqueKeys(keys: ReadonlyMap<number, string>): Map<string, number> {
  const indices = new Map<string, number>();
  const repeated = new Set<string>();
  for (const [index, key] of keys) {
    if (indices.has(key)) repeated.add(key);
    indices.set(key, index);
  }
  for (const key of repeated) indices.delete(key);
  return indices;
}

function idsOf(cells: readonly Cell[]): Map<number, string> {
  const ids = new Map<number, string>();
  cells.forEach(({ id }, index) => {
    if (id !== undefined) ids.set(index, id);
  });
  return ids;
}

interface Gap {
  readonly before: readonly Cell[];
  readonly after: readonly Cell[];
  readonly start: Place;
  readonly end: Place;
  readonly taken: Taken;
}

/** Between two pairs: first what is the same and there once, then between those what is similar. */
function matchGap(gap: Gap): Place[] {
  const from = range(gap.start.before, gap.end.before).filter((at) => !gap.taken.before.has(at));
  const to = range(gap.start.after, gap.end.after).filter((at) => !gap.taken.after.has(at));
  const keys = (cells: readonly Cell[], indices: readonly number[]): Map<number, string> =>
    new Map(indices.map((at) => [at, keyOf(cells[at])]));
  const same = pairsByKey(keys(gap.before, from), keys(gap.after, to));
  const pairs: Place[] = [];
  let [nextFrom, nextTo] = [0, 0];
  for (const anchor of [...inOrder(same), gap.end]) {
    const [endFrom, endTo] = [countBelow(from, anchor.before), countBelow(to, anchor.after)];
    pairs.push(...matchSimilar(gap, from.slice(nextFrom, endFrom), to.slice(nextTo, endTo)));
    if (anchor !== gap.end) pairs.push(anchor);
    [nextFrom, nextTo] = [endFrom + 1, endTo + 1];
  }
  return pairs;
}

/** Most of the pairs, so that their order is the same on both sides. */
function inOrder(pairs: readonly Place[]): Place[] {
  return longestIncreasing(pairs.map((pair) => pair.after))
    .map((index) => pairs[index])
    .filter((pair) => pair !== undefined);
}

function countBelow(sorted: readonly number[], limit: number): number {
  const at = sorted.findIndex((number) => number >= limit);
  return at === -1 ? sorted.length : at;
}

/** Cut here and pasted there, without an id that says so. */
function movedPairs(before: readonly Cell[], after: readonly Cell[], taken: Taken): CellPair[] {
  const left = new Map<string, number[]>();
  before.forEach((cell, index) => {
    if (taken.before.has(index) || cell.source.trim() === '') return;
    const key = keyOf(cell);
    left.set(key, [...(left.get(key) ?? []), index]);
  });
  const pairs: CellPair[] = [];
  after.forEach((cell, index) => {
    const from = taken.after.has(index) ? undefined : left.get(keyOf(cell))?.shift();
    if (from !== undefined) pairs.push({ before: from, after: index, isMoved: true });
  });
  return pairs;
}

function keyOf(cell: Cell | undefined): string {
  return `${cell?.cell_type} ${cell?.source}`;
}

function range(start: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - start) }, (_, index) => start + index);
}
