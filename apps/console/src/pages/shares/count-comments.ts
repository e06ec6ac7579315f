import type { ShareComment } from '@strongroom/contracts';

/** What still waits for an answer, by cell of one version. */
export function countComments(
  comments: readonly ShareComment[],
  shownVersion: number,
): { readonly cellIndex: number; readonly count: number }[] {
  const counts = new Map<number, number>();
  for (const { version, cellIndex, resolvedAt } of comments) {
    if (version !== shownVersion || cellIndex === null || resolvedAt !== null) continue;
    counts.set(cellIndex, (counts.get(cellIndex) ?? 0) + 1);
  }
  return [...counts].map(([cellIndex, count]) => ({ cellIndex, count }));
}
