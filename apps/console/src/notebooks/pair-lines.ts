import type { ComparedLine } from './comparison.ts';

interface LinePair<Line> {
  readonly before: Line | undefined;
  readonly after: Line | undefined;
}

/** Side by side: what was removed stands beside what came in its place, line by line. */
export function pairLines<Line extends ComparedLine>(lines: readonly Line[]): LinePair<Line>[] {
  const pairs: LinePair<Line>[] = [];
  let removed: Line[] = [];
  let added: Line[] = [];
  const flush = () => {
    const count = Math.max(removed.length, added.length);
    for (let row = 0; row < count; row += 1)
      pairs.push({ before: removed[row], after: added[row] });
    removed = [];
    added = [];
  };
  for (const line of lines) {
    if (line.kind === 'removed') {
      if (added.length > 0) flush();
      removed.push(line);
    } else if (line.kind === 'added') added.push(line);
    else {
      flush();
      pairs.push({ before: line, after: line });
    }
  }
  flush();
  return pairs;
}
