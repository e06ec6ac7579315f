import { Fragment, useMemo, useState } from 'react';
import { ConflictBlock } from './ConflictBlock.tsx';
import type { ConflictProps } from './ConflictView.tsx';
import { SaveBar } from './SaveBar.tsx';
import { type Decision, decidedText, mergeTexts } from './text-merge.ts';

/** The conflicts of a text, in their place between what was merged. */
export function TextConflict({ conflict, trans, isSaving, onResolve }: ConflictProps) {
  const { base, ours, theirs } = conflict;
  const regions = useMemo(
    () => mergeTexts({ base: base ?? '', ours: ours ?? '', theirs: theirs ?? '' }),
    [base, ours, theirs],
  );
  const [decisions, setDecisions] = useState<ReadonlyMap<number, Decision>>(new Map());
  const conflictIndexes = regions.flatMap(({ kind }, index) =>
    kind === 'conflict' ? [index] : [],
  );
  const save = () => {
    const text = decidedText(regions, decisions);
    if (text !== undefined) onResolve({ text });
  };
  return (
    <>
      <div className="sr-GitDiffView-body">
        {regions.map((region, index) => (
          // Regions have no name of their own, and their order never changes.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <Fragment key={index}>
            {region.kind === 'merged' ? (
              <MergedLines
                lines={region.lines}
                summary={trans.__('Lines merged: %1', String(region.lines.length))}
              />
            ) : (
              <ConflictBlock
                title={trans.__('Conflict %1', String(conflictIndexes.indexOf(index) + 1))}
                {...{ ours: region.ours, theirs: region.theirs, trans }}
                decision={decisions.get(index)}
                onDecide={(decision) => setDecisions(new Map(decisions).set(index, decision))}
              />
            )}
          </Fragment>
        ))}
      </div>
      <SaveBar
        {...{ isSaving, trans, onSave: save }}
        leftCount={conflictIndexes.filter((index) => !decisions.has(index)).length}
      />
    </>
  );
}

function MergedLines(props: { readonly lines: readonly string[]; readonly summary: string }) {
  if (props.lines.every((line) => line === '')) return null;
  return (
    <details className="sr-GitConflict-merged">
      <summary>{props.summary}</summary>
      <pre>{props.lines.join('\n')}</pre>
    </details>
  );
}
