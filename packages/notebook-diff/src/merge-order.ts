import { matchCells } from './match-cells.ts';
import type { Cell, Notebook } from './notebook.ts';

/** One cell of the merge: where it is in each notebook, if it is there. */
export interface CellTriple {
  readonly base: Cell | undefined;
  readonly ours: Cell | undefined;
  readonly theirs: Cell | undefined;
}

/**
 * All cells of the two sides in one order. Ours is the order, unless only theirs moved cells. What only the
 * other side has stands behind the cell that it stands behind there.
 */
export function mergeOrder(base: Notebook, ours: Notebook, theirs: Notebook): CellTriple[] {
  const triples = new Map<string, { -readonly [Side in keyof CellTriple]: CellTriple[Side] }>();
  base.cells.forEach((cell, index) => {
    triples.set(`base ${index}`, { base: cell, ours: undefined, theirs: undefined });
  });
  const our = keysOf(base, ours, 'ours');
  our.keys.forEach((key, index) => {
    const triple = triples.get(key) ?? { base: undefined, ours: undefined, theirs: undefined };
    triples.set(key, { ...triple, ours: ours.cells[index] });
  });
  const their = keysOf(base, theirs, 'theirs');
  const theirKeys = sharedAdditions(their.keys, theirs, our.keys, ours);
  theirKeys.forEach((key, index) => {
    const triple = triples.get(key) ?? { base: undefined, ours: undefined, theirs: undefined };
    triples.set(key, { ...triple, theirs: theirs.cells[index] });
  });
  const isTheirOrder = their.hasMoves && !our.hasMoves;
  const order = isTheirOrder
    ? insertInto(theirKeys, our.keys)
    : insertInto(our.keys, theirKeys, true);
  return order.map((key) => triples.get(key)).filter((triple) => triple !== undefined);
}

/** A key for each cell of a side, the base's where it was there. */
function keysOf(
  base: Notebook,
  side: Notebook,
  name: string,
): { keys: string[]; hasMoves: boolean } {
  const pairs = matchCells(base.cells, side.cells);
  const keys = side.cells.map((_, index) => `${name} ${index}`);
  for (const pair of pairs) keys[pair.after] = `base ${pair.before}`;
  return { keys, hasMoves: pairs.some((pair) => pair.isMoved) };
}

/** What both added is one cell: by its id, or by the same source between the same neighbours. */
function sharedAdditions(
  theirKeys: readonly string[],
  theirs: Notebook,
  ourKeys: readonly string[],
  ours: Notebook,
): string[] {
  const ourAdditions = new Map<string, string[]>();
  ours.cells.forEach((cell, index) => {
    const key = ourKeys[index] ?? '';
    if (key.startsWith('base ')) return;
    for (const name of names(cell))
      ourAdditions.set(name, [...(ourAdditions.get(name) ?? []), key]);
  });
  const used = new Set<string>();
  return theirs.cells.map((cell, index) => {
    const key = theirKeys[index] ?? '';
    if (key.startsWith('base ')) return key;
    const shared = names(cell)
      .flatMap((name) => ourAdditions.get(name) ?? [])
      .find((ourKey) => !used.has(ourKey));
    if (shared === undefined) return key;
    used.add(shared);
    return shared;
  });
}

function names(cell: Cell): string[] {
  const bySource = `source ${cell.cell_type} ${cell.source}`;
  return cell.id === undefined ? [bySource] : [`id ${cell.id}`, bySource];
}

/** `behindOthers`: behind what the order itself has there that the other list does not know. */
function insertInto(
  order: readonly string[],
  other: readonly string[],
  behindOthers = false,
): string[] {
  const known = new Set(order);
  const inOther = new Set(other);
  const following = new Map<string | undefined, string[]>();
  let predecessor: string | undefined;
  for (const key of other) {
    if (known.has(key)) predecessor = key;
    else following.set(predecessor, [...(following.get(predecessor) ?? []), key]);
  }
  const result: string[] = [];
  let waiting = following.get(undefined) ?? [];
  for (const key of order) {
    if (waiting.length > 0 && !(behindOthers && !inOther.has(key))) {
      result.push(...waiting);
      waiting = [];
    }
    result.push(key);
    waiting = [...waiting, ...(following.get(key) ?? [])];
  }
  return [...result, ...waiting];
}
