import {
  type CellConflict,
  mergeNotebooks,
  type NotebookMerge,
  parseNotebook,
  resolveConflicts,
  serialiseNotebook,
} from '@strongroom/notebook-diff';
import { useMemo, useState } from 'react';
import type { Texts } from '../texts.ts';
import { ConflictBlock } from './ConflictBlock.tsx';
import type { ConflictProps } from './ConflictView.tsx';
import { notebookChoices } from './notebook-choices.ts';
import { SaveBar } from './SaveBar.tsx';
import { TextConflict } from './TextConflict.tsx';
import type { Decision } from './text-merge.ts';

/** The conflicts of a notebook, cell by cell. What is saved is always a valid notebook. */
export function NotebookConflict(props: ConflictProps) {
  const { base, ours, theirs } = props.conflict;
  const merge = useMemo(() => mergeOf(base, ours, theirs), [base, ours, theirs]);
  // One side is no notebook: its text is all there is, and the agent refuses a broken result.
  if (merge === undefined) return <TextConflict {...props} />;
  return <Cells {...props} merge={merge} />;
}

function Cells({ merge, trans, isSaving, onResolve }: ConflictProps & { merge: NotebookMerge }) {
  const [decisions, setDecisions] = useState<ReadonlyMap<number, Decision>>(new Map());
  const { conflicts } = merge;
  const cellCount = merge.notebook.cells.length;
  const save = () => {
    const notebook = resolveConflicts(merge, notebookChoices(decisions));
    onResolve({ text: serialiseNotebook(notebook) });
  };
  return (
    <>
      <div className="sr-GitDiffView-body">
        <p className="sr-Git-hint">
          {trans.__(
            'Cells merged by themselves: %1. Cells to decide: %2.',
            String(cellCount - conflicts.length),
            String(conflicts.length),
          )}
        </p>
        {conflicts.map((conflict) => (
          <ConflictBlock
            key={conflict.index}
            title={titleOf(conflict, trans)}
            ours={conflict.ours?.source ?? null}
            theirs={conflict.theirs?.source ?? null}
            decision={decisions.get(conflict.index)}
            trans={trans}
            onDecide={(decision) => setDecisions(new Map(decisions).set(conflict.index, decision))}
          />
        ))}
      </div>
      <SaveBar
        {...{ isSaving, trans, onSave: save }}
        leftCount={conflicts.filter(({ index }) => !decisions.has(index)).length}
      />
    </>
  );
}

function mergeOf(
  base: string | null,
  ours: string | null,
  theirs: string | null,
): NotebookMerge | undefined {
  const [b, o, t] = [base, ours, theirs].map((text) => parseNotebook(text ?? ''));
  if (o === undefined || t === undefined) return undefined;
  // Both sides added it: nothing is known of before.
  return mergeNotebooks(b ?? { ...o, cells: [] }, o, t);
}

function titleOf({ index, kind }: CellConflict, trans: Texts): string {
  const number = String(index + 1);
  switch (kind) {
    case 'edited':
      return trans.__('Cell %1: changed on both sides', number);
    case 'deleted-by-us':
      return trans.__('Cell %1: deleted by ours, changed by theirs', number);
    case 'deleted-by-them':
      return trans.__('Cell %1: changed by ours, deleted by theirs', number);
  }
}
