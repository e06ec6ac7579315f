import { diff3Merge } from 'node-diff3';

export interface MergedSource {
  /** Ours where both changed the same lines. */
  readonly source: string;
  readonly isClash: boolean;
}

/** Of a longer cell no lines are merged: finding what they share could take very long. */
const mostLines = 5_000;

/** Three-way, by line. */
export function mergeSource(base: string, ours: string, theirs: string): MergedSource {
  if (theirs === base || ours === theirs) return { source: ours, isClash: false };
  if (ours === base) return { source: theirs, isClash: false };
  const [o, a, b] = [base.split('\n'), ours.split('\n'), theirs.split('\n')];
  if (Math.max(o.length, a.length, b.length) > mostLines) return { source: ours, isClash: true };
  const regions: { ok?: string[]; conflict?: { a: string[] } }[] = diff3Merge(a, o, b, {
    excludeFalseConflicts: true,
  });
  const lines = regions.flatMap((region) => region.ok ?? region.conflict?.a ?? []);
  return {
    source: lines.join('\n'),
    isClash: regions.some((region) => region.conflict !== undefined),
  };
}
