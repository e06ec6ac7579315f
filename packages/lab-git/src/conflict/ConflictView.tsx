import { useCallback, useEffect, useMemo } from 'react';
import { describeFailure } from '../failure-text.ts';
import { type Conflict, ConflictModel, type Resolution } from '../model/conflict-model.ts';
import type { GitModel } from '../model/git-model.ts';
import { useChanges } from '../panel/use-changes.ts';
import { useFreshFiles } from '../panel/use-fresh-files.ts';
import { shownName } from '../shown-name.ts';
import type { Texts } from '../texts.ts';
import { NotebookConflict } from './NotebookConflict.tsx';
import { TextConflict } from './TextConflict.tsx';
import { WholeSides } from './WholeSides.tsx';

/** What the ways to resolve a conflict share. */
export interface ConflictProps {
  readonly conflict: Conflict;
  readonly trans: Texts;
  readonly isSaving: boolean;
  readonly onResolve: (resolution: Resolution) => void;
}

interface ConflictViewProps {
  readonly repository: string;
  readonly file: string;
  readonly model: GitModel;
  readonly trans: Texts;
  readonly onOver: () => void;
}

/** Both sides of a file in conflict, until it is decided what becomes of it. */
export function ConflictView({ repository, file, model, trans, onOver }: ConflictViewProps) {
  const view = useConflict({ repository, file, model, onOver });
  const { conflict, failure, isSaving } = view;
  const failed = failure === null ? null : describeFailure(failure, trans);
  return (
    <div className="sr-GitDiffView">
      <div className="sr-Git-row sr-GitDiffView-head">
        <h2>
          <bdi>{shownName(file)}</bdi>
          {conflict !== null && <small>{sidesText(conflict, trans)}</small>}
        </h2>
      </div>
      {failed !== null && (
        <p className="sr-GitConflict-failure" role="alert">
          {failed.sentence} {failed.details}
        </p>
      )}
      {conflict === null && failure === null && <p>{trans.__('Loading …')}</p>}
      {conflict !== null && (
        <Ways
          key={view.count}
          {...{ conflict, trans, isSaving }}
          onResolve={(resolution) => void view.resolve(resolution)}
        />
      )}
    </div>
  );
}

function useConflict(options: Omit<ConflictViewProps, 'trans'>): ConflictModel {
  const { repository, file, model, onOver } = options;
  const view = useMemo(
    () => new ConflictModel(model, { repository, file }),
    [model, repository, file],
  );
  useChanges(view);
  useFreshFiles(
    model,
    useCallback(() => void view.load(), [view]),
  );
  const { isOver } = view;
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is over once
  useEffect(() => {
    if (isOver) onOver();
  }, [isOver]);
  return view;
}

function Ways(props: ConflictProps) {
  const { ours, theirs, isBinary, isNotebook } = props.conflict;
  if (isBinary || ours === null || theirs === null) return <WholeSides {...props} />;
  return isNotebook ? <NotebookConflict {...props} /> : <TextConflict {...props} />;
}

function sidesText({ oursName, theirsName }: Conflict, trans: Texts): string {
  // No branch is merged: it is a stash, or what a terminal began.
  if (theirsName === 'theirs') {
    return trans.__('ours: %1, theirs: what is applied to it', shownName(oursName));
  }
  return trans.__('ours: %1, theirs: %2', shownName(oursName), shownName(theirsName));
}
