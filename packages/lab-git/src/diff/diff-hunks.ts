import { diffLines, diffWordsWithSpace } from 'diff';
import type { DiffHunk } from './diff-rows.ts';

export interface LinePart {
  readonly text: string;
  readonly isChanged: boolean;
}

/** The runs of lines that two texts have in common, and those that they have not. */
export function diffHunks(before: string, after: string): DiffHunk[] {
  const hunks: DiffHunk[] = [];
  for (const { value, added, removed } of diffLines(before, after)) {
    const lines = linesOf(value);
    const last = hunks.at(-1);
    if (!added && !removed) {
      hunks.push({ kind: 'same', before: lines, after: lines });
    } else if (added && last?.kind === 'changed') {
      hunks[hunks.length - 1] = { ...last, after: [...last.after, ...lines] };
    } else {
      hunks.push({ kind: 'changed', before: removed ? lines : [], after: added ? lines : [] });
    }
  }
  return hunks;
}

/** Both lines in parts, of which some are in one of them only. */
export function wordParts(
  before: string,
  after: string,
): { readonly before: readonly LinePart[]; readonly after: readonly LinePart[] } {
  const parts = diffWordsWithSpace(before, after);
  const of = (side: 'removed' | 'added', other: 'removed' | 'added') =>
    parts
      .filter((part) => part[other] !== true)
      .map((part) => ({ text: part.value, isChanged: part[side] === true }));
  return { before: of('removed', 'added'), after: of('added', 'removed') };
}

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}
