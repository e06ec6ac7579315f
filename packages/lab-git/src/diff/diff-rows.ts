import type { LineChange } from '@strongroom/notebook-diff';

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

/** Puts what replaces beside what it replaces. */
export function diffRows(changes: readonly LineChange[]): DiffRow[] {
  const rows: DiffRow[] = [];
  let deleted: DiffLine[] = [];
  const flush = () => {
    rows.push(...deleted.map((before) => ({ isSame: false, before, after: null })));
    deleted = [];
  };
  for (const { kind, text, beforeLine, afterLine } of changes) {
    const before = beforeLine === null ? null : { number: beforeLine, text };
    const after = afterLine === null ? null : { number: afterLine, text };
    if (kind === 'deleted' && before !== null) deleted.push(before);
    else if (kind === 'added') rows.push({ isSame: false, before: deleted.shift() ?? null, after });
    else {
      flush();
      rows.push({ isSame: true, before, after });
    }
  }
  flush();
  return rows;
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
