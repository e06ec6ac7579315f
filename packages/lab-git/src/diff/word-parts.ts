import { diffLines } from '@strongroom/notebook-diff';

export interface LinePart {
  readonly text: string;
  readonly isChanged: boolean;
}

/** Both lines in words, of which some are in one of them only. */
export function wordParts(
  before: string,
  after: string,
): { readonly before: readonly LinePart[]; readonly after: readonly LinePart[] } {
  // A word is to its line what a line is to its text.
  const changes = diffLines(wordsOf(before), wordsOf(after));
  const of = (own: 'deleted' | 'added') =>
    joined(
      changes
        .filter(({ kind }) => kind === 'same' || kind === own)
        .map(({ kind, text }) => ({ text, isChanged: kind !== 'same' })),
    );
  return { before: of('deleted'), after: of('added') };
}

function wordsOf(line: string): string {
  return (line.match(/[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu) ?? []).join('\n');
}

/** Neighbours of one kind in one part. */
function joined(parts: readonly LinePart[]): LinePart[] {
  const result: LinePart[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (last?.isChanged === part.isChanged) {
      result[result.length - 1] = { ...part, text: last.text + part.text };
    } else result.push(part);
  }
  return result;
}
