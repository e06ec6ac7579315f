import Button from '@cloudscape-design/components/button';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComparedLine } from './comparison.ts';
import type { DiffLayout } from './DiffCell.tsx';
import { type Fold, fold } from './fold.ts';
import { type NumberedLine, numberLines } from './number-lines.ts';
import { pairLines } from './pair-lines.ts';

interface DiffLinesProps {
  readonly lines: readonly ComparedLine[];
  readonly layout: DiffLayout;
}

const shownAtOnce = 500;
const number = 'diff-number-column';
const context = 3;
const minimum = 4;

/** A cell's source, changed lines in sight. */
export function DiffLines({ lines, layout }: DiffLinesProps) {
  const { t } = useTranslation();
  const numbered = numberLines(lines);
  const isSideBySide = layout === 'sideBySide';
  const columns = isSideBySide ? [number, '', number, ''] : [number, number, ''];
  const rows = isSideBySide
    ? pairLines(numbered).map(({ before, after }) => [before, after] as const)
    : numbered.map((line) => [line] as const);
  const isUnchanged = (row: Row) => row.every((line) => line?.kind === 'same');
  return (
    <table
      className={`diff-lines ${isSideBySide ? 'diff-side-by-side' : ''}`}
      aria-label={t('comparison.source')}
    >
      <colgroup>
        {columns.map((name, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name
          <col key={index} className={name} />
        ))}
      </colgroup>
      <Rows
        folds={fold<Row>(rows, { isSame: isUnchanged, context, minimum })}
        columnCount={columns.length}
        draw={(row) =>
          isSideBySide ? <BothSides row={row} /> : row[0] && <Unified line={row[0]} />
        }
      />
    </table>
  );
}

type Row = readonly (NumberedLine | undefined)[];

interface RowsProps {
  readonly folds: readonly Fold<Row>[];
  readonly columnCount: number;
  readonly draw: (row: Row) => ReactNode;
}

function Rows({ folds, columnCount, draw }: RowsProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const [count, setCount] = useState(shownAtOnce);
  const button = (text: string, act: () => void) => (
    <td colSpan={columnCount} className="diff-fold">
      <Button variant="inline-link" onClick={act}>
        {text}
      </Button>
    </td>
  );
  return (
    <tbody>
      {folds.slice(0, count).map((each) => {
        if (each.kind === 'shown') return <tr key={each.index}>{draw(each.item)}</tr>;
        if (opened.has(each.index))
          return each.items.map((row, offset) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name
            <tr key={each.index + offset}>{draw(row)}</tr>
          ));
        return (
          <tr key={each.index}>
            {button(t('comparison.showLines', { count: each.items.length }), () =>
              setOpened(new Set([...opened, each.index])),
            )}
          </tr>
        );
      })}
      {folds.length > count && (
        <tr>{button(t('comparison.showMoreLines'), () => setCount(count + shownAtOnce))}</tr>
      )}
    </tbody>
  );
}

function Unified({ line }: { line: NumberedLine }) {
  return (
    <>
      <td className="diff-number">{line.beforeNumber}</td>
      <td className="diff-number">{line.afterNumber}</td>
      <Text line={line} />
    </>
  );
}

function BothSides({ row: [before, after] }: { row: Row }) {
  return (
    <>
      <td className="diff-number">{before?.beforeNumber}</td>
      <Text line={before} />
      <td className="diff-number">{after?.afterNumber}</td>
      <Text line={after} />
    </>
  );
}

const signs = { same: ' ', added: '+', removed: '−' } as const;

function Text({ line }: { line: ComparedLine | undefined }) {
  const { t } = useTranslation();
  if (line === undefined) return <td className="diff-text diff-nothing" />;
  return (
    <td className={`diff-text diff-${line.kind}`}>
      <span className="diff-sign" aria-hidden="true">
        {signs[line.kind]}
      </span>
      {line.kind !== 'same' && (
        <span className="visually-hidden">
          {t(line.kind === 'added' ? 'comparison.lineAdded' : 'comparison.lineRemoved')}{' '}
        </span>
      )}
      <code dir="auto">
        {line.parts.map(({ text, isChanged }, index) =>
          isChanged ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name
            <mark key={index}>{text}</mark>
          ) : (
            text
          ),
        )}
      </code>
    </td>
  );
}
