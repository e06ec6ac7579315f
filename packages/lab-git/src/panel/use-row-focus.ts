import {
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
  useLayoutEffect,
  useRef,
} from 'react';

/** What the name of a row is found by. */
const rowSelector = '[data-row]';

const moves: Readonly<Record<string, (index: number, count: number) => number>> = {
  ArrowDown: (index) => index + 1,
  ArrowUp: (index) => index - 1,
  Home: () => 0,
  End: (_index, count) => count - 1,
};

/** Where a row is in its list: `data-group` of its item. */
interface Place {
  readonly group: string | undefined;
  readonly index: number;
}

/**
 * Rows with one tab stop, moved by the arrow keys. Where the focused row goes away, the one that
 * comes to its place in its list is focused.
 */
export function useRowFocus(): {
  readonly listRef: RefObject<HTMLDivElement>;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onFocus: (event: FocusEvent) => void;
} {
  const listRef = useRef<HTMLDivElement>(null);
  const indexRef = useRef(0);
  const focusedRef = useRef<Element | null>(null);
  const placeRef = useRef<Place>({ group: undefined, index: 0 });
  const rows = () => [...(listRef.current?.querySelectorAll<HTMLElement>(rowSelector) ?? [])];
  const markTabStop = (all: readonly HTMLElement[]) => {
    indexRef.current = Math.max(0, Math.min(indexRef.current, all.length - 1));
    for (const [index, row] of all.entries()) {
      const tabIndex = index === indexRef.current ? 0 : -1;
      for (const each of [row, ...(row.parentElement?.querySelectorAll('button') ?? [])]) {
        (each as HTMLElement).tabIndex = tabIndex;
      }
    }
  };
  useLayoutEffect(() => {
    const all = rows();
    const isLost = focusedRef.current?.isConnected === false;
    if (isLost) focusedRef.current = null;
    if (isLost) indexRef.current = indexAt(all, placeRef.current) ?? indexRef.current;
    markTabStop(all);
    if (isLost && document.activeElement === document.body) all[indexRef.current]?.focus();
  });
  return {
    listRef,
    onFocus: ({ target }) => {
      focusedRef.current = target;
      const all = rows();
      const index = all.findIndex((row) => row.parentElement?.contains(target));
      if (index === -1) return;
      indexRef.current = index;
      placeRef.current = placeOf(all, index);
      markTabStop(all);
    },
    onKeyDown: (event) => {
      const move = moves[event.key];
      const all = rows();
      const isOnRow = all.some((row) => row.parentElement?.contains(event.target as Node));
      if (move === undefined || !isOnRow || event.altKey || event.metaKey) return;
      event.preventDefault();
      all[Math.max(0, Math.min(move(indexRef.current, all.length), all.length - 1))]?.focus();
    },
  };
}

function placeOf(rows: readonly HTMLElement[], index: number): Place {
  const group = groupOf(rows[index]);
  return { group, index: rows.slice(0, index).filter((row) => groupOf(row) === group).length };
}

/** Undefined where nothing of the list is left. */
function indexAt(rows: readonly HTMLElement[], { group, index }: Place): number | undefined {
  const indexes = rows.flatMap((row, at) => (groupOf(row) === group ? [at] : []));
  return indexes[Math.min(index, indexes.length - 1)];
}

function groupOf(row: HTMLElement | undefined): string | undefined {
  return row?.parentElement?.dataset.group;
}
