/** The candidate that a person most likely meant, where one is near enough. */
export function didYouMean(written: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: editDistance(written, candidate) }))
    .sort((left, right) => left.distance - right.distance);
  const nearest = ranked[0];
  if (nearest === undefined) return undefined;
  const tolerated = Math.max(1, Math.floor(nearest.candidate.length / 3));
  return nearest.distance <= tolerated ? nearest.candidate : undefined;
}

/** Levenshtein's, letter case aside. */
function editDistance(left: string, right: string): number {
  const from = left.toLowerCase().slice(0, 100);
  const to = right.toLowerCase();
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let index = 1; index <= from.length; index += 1) {
    const next = [index];
    for (let column = 1; column <= to.length; column += 1) {
      const substitution = (row[column - 1] ?? 0) + (from[index - 1] === to[column - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
