import type { Texts } from '../texts.ts';

interface SaveBarProps {
  readonly leftCount: number;
  readonly isSaving: boolean;
  readonly trans: Texts;
  readonly onSave: () => void;
}

/** Below the conflicts: how many are left, and the button that ends it. */
export function SaveBar({ leftCount, isSaving, trans, onSave }: SaveBarProps) {
  return (
    <div className="sr-GitConflict-foot">
      <span role="status">
        {leftCount === 0
          ? trans.__('Everything is decided.')
          : trans.__('Left to decide: %1', String(leftCount))}
      </span>
      <button
        type="button"
        className="sr-Git-primary"
        disabled={leftCount > 0 || isSaving}
        onClick={onSave}
      >
        {trans.__('Save as Resolved')}
      </button>
    </div>
  );
}
