import { type CellChange, diffNotebooks, parseNotebook } from '@strongroom/notebook-diff';
import { useMemo, useState } from 'react';
import type { Texts } from '../texts.ts';
import { outputText } from './output-text.ts';
import { type DiffLayout, LinesDiff, TextDiff } from './TextDiff.tsx';

interface NotebookDiffProps {
  /** Null where the side has no such file. */
  readonly before: string | null;
  readonly after: string | null;
  readonly layout: DiffLayout;
  readonly trans: Texts;
}

const emptyNotebook = '{"cells":[],"metadata":{},"nbformat":4,"nbformat_minor":5}';

/** Differences of two notebooks, cell by cell, with their outputs folded. */
export function NotebookDiff({ before, after, layout, trans }: NotebookDiffProps) {
  const diff = useMemo(() => {
    const [from, to] = [before, after].map((text) => parseNotebook(text ?? emptyNotebook));
    return from === undefined || to === undefined ? undefined : diffNotebooks(from, to);
  }, [before, after]);
  if (diff === undefined) {
    return (
      <>
        <p className="sr-Git-hint">
          {trans.__('One side is not a valid notebook, so both are compared as text.')}
        </p>
        <TextDiff before={before ?? ''} after={after ?? ''} {...{ layout, trans }} />
      </>
    );
  }
  const { counts } = diff;
  if (!diff.metadataChanged && counts.unchanged === diff.cells.length) {
    return <p className="sr-Git-hint">{trans.__('Both sides are the same.')}</p>;
  }
  return (
    <div className="sr-GitNotebookDiff">
      <p className="sr-Git-hint">
        {trans.__(
          'Cells added: %1, deleted: %2, modified: %3, moved: %4',
          ...[counts.added, counts.deleted, counts.modified, counts.moved].map(String),
        )}
      </p>
      {runsOf(diff.cells).map((cells) => (
        <Run key={keyOf(cells[0])} {...{ cells, layout, trans }} />
      ))}
      {diff.metadataChanged && (
        <p className="sr-Git-hint">{trans.__('The metadata of the notebook changed.')}</p>
      )}
    </div>
  );
}

interface RunProps {
  readonly cells: readonly CellChange[];
  readonly layout: DiffLayout;
  readonly trans: Texts;
}

function Run({ cells, layout, trans }: RunProps) {
  const [isUnfolded, setIsUnfolded] = useState(false);
  if (cells[0]?.kind === 'unchanged' && !isUnfolded) {
    return (
      <button type="button" className="sr-GitDiff-fold" onClick={() => setIsUnfolded(true)}>
        {trans.__('Unchanged cells: %1', String(cells.length))}
      </button>
    );
  }
  return (
    <>
      {cells.map((cell) => (
        <Cell key={keyOf(cell)} {...{ cell, layout, trans }} />
      ))}
    </>
  );
}

function Cell(props: {
  readonly cell: CellChange;
  readonly layout: DiffLayout;
  readonly trans: Texts;
}) {
  const { cell, layout, trans } = props;
  const side = cell.after ?? cell.before;
  return (
    <section className="sr-GitCell" data-kind={cell.kind}>
      <h3>
        {trans.__('Cell %1', String((side?.index ?? 0) + 1))}{' '}
        <small>{typeText(side?.cellType ?? '', trans)}</small>{' '}
        <span className="sr-GitCell-kind">{kindText(cell.kind, trans)}</span>
      </h3>
      {cell.sourceChanged ? (
        <LinesDiff changes={cell.sourceLines} {...{ layout, trans }} />
      ) : (
        <pre className="sr-GitCell-source">{side?.source}</pre>
      )}
      {cell.cellTypeChanged && (
        <p className="sr-Git-hint">
          {trans.__(
            'Type: %1 → %2',
            typeText(cell.before?.cellType ?? '', trans),
            typeText(cell.after?.cellType ?? '', trans),
          )}
        </p>
      )}
      {cell.metadataChanged && (
        <p className="sr-Git-hint">{trans.__('The metadata of the cell changed.')}</p>
      )}
      <Outputs {...props} />
    </section>
  );
}

function Outputs({ cell, layout, trans }: Parameters<typeof Cell>[0]) {
  const before = outputText(cell.before?.outputs ?? []);
  const after = outputText(cell.after?.outputs ?? []);
  if (before === '' && after === '') return null;
  return (
    <details className="sr-GitCell-outputs">
      <summary>{cell.outputsChanged ? trans.__('Outputs (changed)') : trans.__('Outputs')}</summary>
      {before === after ? <pre>{after}</pre> : <TextDiff {...{ before, after, layout, trans }} />}
    </details>
  );
}

/** Unchanged cells that follow each other together, every other by itself. */
function runsOf(cells: readonly CellChange[]): CellChange[][] {
  const runs: CellChange[][] = [];
  for (const cell of cells) {
    const last = runs.at(-1);
    if (cell.kind === 'unchanged' && last?.[0]?.kind === 'unchanged') last.push(cell);
    else runs.push([cell]);
  }
  return runs;
}

function keyOf(cell: CellChange | undefined): string {
  return `${cell?.before?.index}:${cell?.after?.index}`;
}

function typeText(cellType: string, trans: Texts): string {
  switch (cellType) {
    case 'code':
      return trans.__('code');
    case 'markdown':
      return trans.__('Markdown');
    case 'raw':
      return trans.__('raw text');
    default:
      return cellType;
  }
}

function kindText(kind: CellChange['kind'], trans: Texts): string {
  switch (kind) {
    case 'unchanged':
      return '';
    case 'added':
      return trans.__('added');
    case 'deleted':
      return trans.__('deleted');
    case 'modified':
      return trans.__('modified');
    case 'moved':
      return trans.__('moved');
  }
}
