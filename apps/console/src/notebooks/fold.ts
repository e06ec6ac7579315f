/** A run of what did not change, or one item that did. */
export type Fold<Item> =
  | { readonly kind: 'shown'; readonly item: Item; readonly index: number }
  | { readonly kind: 'folded'; readonly items: readonly Item[]; readonly index: number };

interface FoldOptions<Item> {
  readonly isSame: (item: Item) => boolean;
  /** How many on either side of a change stay in sight. */
  readonly context: number;
  /** A shorter run is not worth a click. */
  readonly minimum: number;
}

/** What changed with its surroundings; the rest in runs that can be opened. `index`: among all items. */
export function fold<Item>(items: readonly Item[], options: FoldOptions<Item>): Fold<Item>[] {
  const { isSame, context, minimum } = options;
  const folds: Fold<Item>[] = [];
  const show = (from: number, to: number) => {
    items.slice(from, to).forEach((item, offset) => {
      folds.push({ kind: 'shown', item, index: from + offset });
    });
  };
  let index = 0;
  while (index < items.length) {
    const end = endOfRun(items, index, isSame);
    if (end === index) {
      show(index, index + 1);
      index += 1;
      continue;
    }
    // Nothing before the first item and after the last one changed: no surroundings there.
    const from = index === 0 ? index : Math.min(end, index + context);
    const to = end === items.length ? end : Math.max(from, end - context);
    if (to - from < minimum) show(index, end);
    else {
      show(index, from);
      folds.push({ kind: 'folded', items: items.slice(from, to), index: from });
      show(to, end);
    }
    index = end;
  }
  return folds;
}

function endOfRun<Item>(
  items: readonly Item[],
  start: number,
  isSame: (item: Item) => boolean,
): number {
  let end = start;
  while (end < items.length && isSame(items[end] as Item)) end += 1;
  return end;
}
