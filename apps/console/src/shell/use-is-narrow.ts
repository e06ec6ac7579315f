import { useSyncExternalStore } from 'react';

/** Beside the navigation there is then no room for a table's first columns and one that sticks at its end. */
const narrow = window.matchMedia('(max-width: 1100px)');

export function useIsNarrow(): boolean {
  return useSyncExternalStore(
    (changed) => {
      narrow.addEventListener('change', changed);
      return () => narrow.removeEventListener('change', changed);
    },
    () => narrow.matches,
  );
}
