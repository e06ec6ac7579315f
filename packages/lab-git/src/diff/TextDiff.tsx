import { diffLines, type LineChange } from '@strongroom/notebook-diff';
import { memo, useMemo, useState } from 'react';
import type { Texts } from '../texts.ts';
import { DiffLineView } from './DiffLineView.tsx';
import { type DiffRow, type DiffSection, diffRows, foldRows, unifiedRows } from './diff-rows.ts';

export type DiffLayout = 'side-by-side' | 'unified';

interface TextDiffProps {
  readonly before: string;
  readonly after: string;
  readonly layout: DiffLayout;
  readonly trans: Texts;
}

interface LinesDiffProps {
  readonly changes: readonly LineChange[];
  readonly layout: DiffLayout;
  readonly trans: Texts;
}

const rowsAtOnce = 2_000;

/** Differences of two texts by lines, and within a changed line by words. */
export function TextDiff({ before, after, layout, trans }: TextDiffProps) {
  const changes = useMemo(() => diffLines(before, after), [before, after]);
  return <LinesDiff {...{ changes, layout, trans }} />;
}

export function LinesDiff({ changes, layout, trans }: LinesDiffProps) {
  const rows = useMemo(() => diffRows(changes), [changes]);
  const sections = useMemo(() => foldRows(rows), [rows]);
  const [shownCount, setShownCount] = useState(rowsAtOnce);
  if (rows.every(({ isSame }) => isSame)) {
    return <p className="sr-Git-hint">{trans.__('Both sides are the same.')}</p>;
  }
  let left = shownCount;
  return (
    <div className="sr-GitDiff" data-layout={layout}>
      {sections.map((section, index) => {
        const rowsHere = section.isFolded ? section.rows : section.rows.slice(0, Math.max(0, left));
        if (!section.isFolded) left -= section.rows.length;
        if (rowsHere.length === 0) return null;
        const shown = { isFolded: section.isFolded, rows: rowsHere };
        // Sections have no name of their own, and their order never changes.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        return <Section key={index} section={shown} layout={layout} trans={trans} />;
      })}
      {left < 0 && (
        <button
          type="button"
          className="sr-Git-more"
          onClick={() => setShownCount(shownCount + rowsAtOnce)}
        >
          {trans.__('Show more (%1 left)', String(-left))}
        </button>
      )}
    </div>
  );
}

interface SectionProps {
  readonly section: DiffSection;
  readonly layout: DiffLayout;
  readonly trans: Texts;
}

function Section({ section, layout, trans }: SectionProps) {
  const [isUnfolded, setIsUnfolded] = useState(false);
  const { rows } = section;
  if (section.isFolded && !isUnfolded) {
    return (
      <button type="button" className="sr-GitDiff-fold" onClick={() => setIsUnfolded(true)}>
        {trans.__('Unchanged lines: %1', String(rows.length))}
      </button>
    );
  }
  const ordered = layout === 'unified' ? unifiedRows(rows) : rows;
  return (
    <>
      {ordered.map((row) => (
        <Row key={`${row.before?.number}:${row.after?.number}`} row={row} layout={layout} />
      ))}
    </>
  );
}

const Row = memo(function Row({ row, layout }: { row: DiffRow; layout: DiffLayout }) {
  const { before, after, isSame } = row;
  if (layout === 'side-by-side') {
    return (
      <div className="sr-GitDiff-row">
        <DiffLineView line={before} other={after} kind={isSame ? 'same' : 'removed'} />
        <DiffLineView line={after} other={before} kind={isSame ? 'same' : 'added'} />
      </div>
    );
  }
  const kind = isSame ? 'same' : before === null ? 'added' : 'removed';
  return (
    <div className="sr-GitDiff-row">
      <span className="sr-GitDiff-number">{before?.number}</span>
      <DiffLineView
        line={after ?? before}
        other={null}
        kind={kind}
        number={after?.number ?? null}
      />
    </div>
  );
});
