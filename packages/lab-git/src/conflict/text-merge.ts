import { diff3Merge } from 'node-diff3';

/** What is decided of a conflict. `both`: ours, then theirs. */
export type Decision = 'ours' | 'theirs' | 'both' | { readonly text: string };

export type MergeRegion =
  | { readonly kind: 'merged'; readonly lines: readonly string[] }
  | { readonly kind: 'conflict'; readonly ours: string; readonly theirs: string };

export interface TextSides {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}

/** Of a longer text no lines are merged: finding what the sides share could take very long. */
const mostLines = 50_000;

/** Three-way, by line. Line ends stay as they are. */
export function mergeTexts({ base, ours, theirs }: TextSides): MergeRegion[] {
  const [o, a, b] = [base.split('\n'), ours.split('\n'), theirs.split('\n')];
  if (Math.max(o.length, a.length, b.length) > mostLines)
    return [{ kind: 'conflict', ours, theirs }];
  const regions: { ok?: string[]; conflict?: { a: string[]; b: string[] } }[] = diff3Merge(
    a,
    o,
    b,
    { excludeFalseConflicts: true },
  );
  return regions.map(({ ok, conflict }) =>
    conflict === undefined
      ? { kind: 'merged', lines: ok ?? [] }
      : { kind: 'conflict', ours: conflict.a.join('\n'), theirs: conflict.b.join('\n') },
  );
}

/** The text with all decisions, by the order of the conflicts; undefined while one is missing. */
export function decidedText(
  regions: readonly MergeRegion[],
  decisions: ReadonlyMap<number, Decision>,
): string | undefined {
  const lines: string[] = [];
  for (const [index, region] of regions.entries()) {
    if (region.kind === 'merged') {
      lines.push(...region.lines);
      continue;
    }
    const decision = decisions.get(index);
    if (decision === undefined) return undefined;
    lines.push(...linesOf(decision, region));
  }
  return lines.join('\n');
}

/** A side that has no lines here adds none, not an empty one. */
function linesOf(
  decision: Decision,
  { ours, theirs }: { readonly ours: string; readonly theirs: string },
): string[] {
  if (typeof decision === 'object') return split(decision.text);
  if (decision === 'both') return [...split(ours), ...split(theirs)];
  return split(decision === 'ours' ? ours : theirs);
}

function split(text: string): string[] {
  return text === '' ? [] : text.split('\n');
}
