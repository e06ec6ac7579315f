import type { DiffLine } from './diff-rows.ts';
import { wordParts } from './word-parts.ts';

export interface DiffLineProps {
  /** Null where this side has nothing here. */
  readonly line: DiffLine | null;
  /** What it is compared with word by word. */
  readonly other: DiffLine | null;
  readonly kind: 'same' | 'added' | 'removed';
  /** Shown in place of the line's own. */
  readonly number?: number | null;
}

/** Longer lines are compared as a whole only. */
const longestComparedLine = 2_000;
/** Of a longer line only the beginning is shown: no screen holds it. */
const longestShownLine = 20_000;

const signs = { same: ' ', added: '+', removed: '−' } as const;

/** One line of one side; its text is never anything but text. */
export function DiffLineView({ line, other, kind, number }: DiffLineProps) {
  if (line === null) return <span className="sr-GitDiff-line" data-kind="none" />;
  return (
    <span className="sr-GitDiff-line" data-kind={kind}>
      <span className="sr-GitDiff-number">{number === undefined ? line.number : number}</span>
      <span className="sr-GitDiff-sign">{signs[kind]}</span>
      <span className="sr-GitDiff-text">
        <LineText {...{ line, other, kind }} />
      </span>
    </span>
  );
}

function LineText({
  line,
  other,
  kind,
}: Pick<DiffLineProps, 'other' | 'kind'> & { line: DiffLine }) {
  const isCompared =
    kind !== 'same' &&
    other !== null &&
    Math.max(line.text.length, other.text.length) <= longestComparedLine;
  if (!isCompared) return line.text.slice(0, longestShownLine);
  const [before, after] = kind === 'removed' ? [line.text, other.text] : [other.text, line.text];
  const parts = wordParts(before, after)[kind === 'removed' ? 'before' : 'after'];
  return parts.map(({ text, isChanged }, index) =>
    isChanged ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a line that never changes
      <mark key={index}>{text}</mark>
    ) : (
      text
    ),
  );
}
