import type { Texts } from '../texts.ts';
import type { ConflictProps } from './ConflictView.tsx';

type Side = 'ours' | 'theirs';

/** A file that can only be taken whole: no text, or one side has deleted it. */
export function WholeSides({ conflict, trans, isSaving, onResolve }: ConflictProps) {
  const deleted = deletedSide(conflict);
  const kept = deleted === 'ours' ? conflict.theirs : conflict.ours;
  return (
    <div className="sr-GitConflict-sides">
      <p>{whatHappened(deleted, trans)}</p>
      <div className="sr-Git-row">
        {(['ours', 'theirs'] as const).map((side) => (
          <button
            key={side}
            type="button"
            className="sr-Git-secondary"
            disabled={isSaving}
            onClick={() => onResolve({ side })}
          >
            {label(side, side === deleted, trans)}
          </button>
        ))}
      </div>
      {deleted !== null && kept !== null && (
        <>
          <p className="sr-Git-hint">
            {deleted === 'ours' ? trans.__('The file of theirs:') : trans.__('The file of ours:')}
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by the keyboard */}
          <pre tabIndex={0}>{kept}</pre>
        </>
      )}
    </div>
  );
}

function deletedSide({ isBinary, ours, theirs }: ConflictProps['conflict']): Side | null {
  if (isBinary) return null;
  if (ours === null) return 'ours';
  return theirs === null ? 'theirs' : null;
}

function whatHappened(deleted: Side | null, trans: Texts): string {
  switch (deleted) {
    case 'ours':
      return trans.__('Ours has deleted this file, theirs has changed it.');
    case 'theirs':
      return trans.__('Ours has changed this file, theirs has deleted it.');
    case null:
      return trans.__('This file is not text, so one of both is taken whole.');
  }
}

function label(side: Side, isDeleted: boolean, trans: Texts): string {
  if (side === 'ours') return isDeleted ? trans.__('Delete it, as ours') : trans.__('Take ours');
  return isDeleted ? trans.__('Delete it, as theirs') : trans.__('Take theirs');
}
