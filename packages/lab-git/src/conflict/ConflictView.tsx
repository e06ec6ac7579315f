import type { GitAnswer, GitRequest } from '@strongroom/contracts';
import { useEffect, useState } from 'react';
import { describeFailure } from '../failure-text.ts';
import type { GitModel } from '../model/git-model.ts';
import { shownName } from '../shown-name.ts';
import type { Texts } from '../texts.ts';
import { NotebookConflict } from './NotebookConflict.tsx';
import { TextConflict } from './TextConflict.tsx';
import { WholeSides } from './WholeSides.tsx';

type Conflict = GitAnswer<'conflict'>;
type Resolution = GitRequest<'resolve'>['resolution'];

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
  readonly onResolved: () => void;
}

/** Both sides of a file in conflict, until it is decided what becomes of it. */
export function ConflictView({ repository, file, model, trans, onResolved }: ConflictViewProps) {
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [isSaving, setIsSaving] = useState(false);
  useEffect(() => {
    model.git.ask('conflict', { repository, file }).then(setConflict, setFailure);
  }, [model, repository, file]);
  const onResolve = async (resolution: Resolution) => {
    setIsSaving(true);
    setFailure(null);
    try {
      await model.git.ask('resolve', { repository, file, resolution });
      model.touch();
      onResolved();
    } catch (error) {
      setFailure(error);
      setIsSaving(false);
    }
  };
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
          {...{ conflict, trans, isSaving }}
          onResolve={(resolution) => void onResolve(resolution)}
        />
      )}
    </div>
  );
}

function Ways(props: ConflictProps) {
  const { ours, theirs, isBinary, isNotebook } = props.conflict;
  if (isBinary || ours === null || theirs === null) return <WholeSides {...props} />;
  return isNotebook ? <NotebookConflict {...props} /> : <TextConflict {...props} />;
}

function sidesText({ oursName, theirsName }: Conflict, trans: Texts): string {
  return trans.__('ours: %1, theirs: %2', shownName(oursName), shownName(theirsName));
}
