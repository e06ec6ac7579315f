/** What both sides have in a run of lines. */
export interface DiffHunk {
  readonly kind: 'same' | 'changed';
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export interface DiffLine {
  /** Counted from 1. */
  readonly number: number;
  readonly text: string;
}

/** Two lines that stand beside each other, or one that the other side has not. */
export interface DiffRow {
  readonly isSame: boolean;
  readonly before: DiffLine | null;
  readonly after: DiffLine | null;
}

export interface DiffSection {
  /** Unchanged lines far from any change, which are folded at first. */
  readonly isFolded: boolean;
  readonly rows: readonly DiffRow[];
}

const contextLineCount = 3;
/** Fewer are shown: a fold is a line itself. */
const minimumFold = 4;

export function diffRows(hunks: readonly DiffHunk[]): DiffRow[] {
  let beforeNumber = 0;
  let afterNumber = 0;
  return hunks.flatMap(({ kind, before, after }) =>
    Array.from({ length: Math.max(before.length, after.length) }, (_, index): DiffRow => {
      const beforeText = before[index];
      const afterText = after[index];
      return {
        isSame: kind === 'same',
        before: beforeText === undefined ? null : { number: ++beforeNumber, text: beforeText },
        after: afterText === undefined ? null : { number: ++afterNumber, text: afterText },
      };
    }),
  );
}

/** Parts rows into what is shown and what is folded. */
export function foldRows(rows: readonly DiffRow[]): DiffSection[] {
  const isNear = nearAChange(rows);
  const sections: { isFolded: boolean; rows: DiffRow[] }[] = [];
  for (const [index, row] of rows.entries()) {
    const isFolded = isNear[index] !== true;
    const last = sections.at(-1);
    if (last?.isFolded === isFolded) last.rows.push(row);
    else sections.push({ isFolded, rows: [row] });
  }
  return sections.map((section) =>
    section.rows.length < minimumFold ? { ...section, isFolded: false } : section,
  );
}

/** In the order of a unified diff: of each change what was, then what is. */
export function unifiedRows(rows: readonly DiffRow[]): DiffRow[] {
  const ordered: DiffRow[] = [];
  let added: DiffRow[] = [];
  for (const row of rows) {
    if (row.isSame) {
      ordered.push(...added, row);
      added = [];
      continue;
    }
    if (row.before !== null) ordered.push({ ...row, after: null });
    if (row.after !== null) added.push({ ...row, before: null });
  }
  return [...ordered, ...added];
}

function nearAChange(rows: readonly DiffRow[]): readonly boolean[] {
  const isNear = rows.map(() => false);
  for (const [index, { isSame }] of rows.entries()) {
    if (isSame) continue;
    const first = Math.max(0, index - contextLineCount);
    isNear.fill(true, first, Math.min(rows.length, index + contextLineCount + 1));
  }
  return isNear;
}
