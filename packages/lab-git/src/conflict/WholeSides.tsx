import type { ConflictProps } from './ConflictView.tsx';

/** A file that can only be taken whole: no text, or one side has deleted it. */
export function WholeSides({ conflict, trans, isSaving, onResolve }: ConflictProps) {
  const { ours, theirs, isBinary } = conflict;
  const isDeleted = !isBinary && (ours === null || theirs === null);
  const label = (side: 'ours' | 'theirs') => {
    const isGone = isDeleted && conflict[side] === null;
    if (side === 'ours') return isGone ? trans.__('Delete it, as ours') : trans.__('Take ours');
    return isGone ? trans.__('Delete it, as theirs') : trans.__('Take theirs');
  };
  return (
    <div className="sr-GitConflict-sides">
      <p>
        {isDeleted
          ? trans.__('One side has changed this file, the other has deleted it.')
          : trans.__('This file is not text, so one of both is taken whole.')}
      </p>
      <div className="sr-Git-row">
        {(['ours', 'theirs'] as const).map((side) => (
          <button
            key={side}
            type="button"
            className="sr-Git-secondary"
            disabled={isSaving}
            onClick={() => onResolve({ side })}
          >
            {label(side)}
          </button>
        ))}
      </div>
    </div>
  );
}
