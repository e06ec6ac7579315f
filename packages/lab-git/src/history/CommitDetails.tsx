import type { GitAnswer, GitCommit } from '@strongroom/contracts';
import { useEffect, useState } from 'react';
import { describeFailure } from '../failure-text.ts';
import type { GraphRow } from '../model/graph-lanes.ts';
import { stateLetter, stateText } from '../panel/file-state-text.ts';
import { usePanel } from '../panel/panel-context.ts';
import { shownName } from '../shown-name.ts';
import { GraphThrough } from './GraphCell.tsx';

type CommitFile = GitAnswer<'commit-files'>['files'][number];

interface CommitDetailsProps {
  readonly commit: GitCommit;
  readonly graph: GraphRow | undefined;
}

const shownAtMost = 500;

/** A commit's whole message and the files that it changed. */
export function CommitDetails({ commit, graph }: CommitDetailsProps) {
  const { model, trans } = usePanel();
  const [files, setFiles] = useState<readonly CommitFile[] | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const { root } = model;
  useEffect(() => {
    if (root === null) return;
    model.git
      .ask('commit-files', { repository: root, commitId: commit.commitId })
      .then((answer) => setFiles(answer.files), setFailure);
  }, [model, root, commit.commitId]);
  return (
    <div
      className="sr-GitCommit-details"
      style={graph === undefined ? undefined : { paddingLeft: 12 * graph.laneCount }}
    >
      {graph !== undefined && <GraphThrough row={graph} />}
      {commit.body !== '' && <pre>{commit.body}</pre>}
      <p className="sr-Git-hint">
        <bdi>{shownName(commit.authorEmail)}</bdi> <code>{commit.commitId.slice(0, 10)}</code>
      </p>
      {failure !== null && <p role="alert">{describeFailure(failure, trans).sentence}</p>}
      {files === null && failure === null && <p>{trans.__('Loading …')}</p>}
      {files?.length === 0 && <p>{trans.__('No file is another.')}</p>}
      <ul>
        {files?.slice(0, shownAtMost).map((file) => (
          <CommitFileRow key={file.path} file={file} commitId={commit.commitId} />
        ))}
      </ul>
      {files !== null && files.length > shownAtMost && (
        <p className="sr-Git-hint">{trans.__('and %1 more', String(files.length - shownAtMost))}</p>
      )}
    </div>
  );
}

function CommitFileRow(props: { readonly file: CommitFile; readonly commitId: string }) {
  const { file, commitId } = props;
  const { trans, iconOf, openCommitted } = usePanel();
  const shown = shownName(file.path);
  const Icon = iconOf(file.path);
  return (
    <li className="sr-GitFile">
      <button
        type="button"
        className="sr-GitFile-name"
        aria-label={`${shown}, ${stateText(file.state, trans)}`}
        title={trans.__('Show what changed in %1', shown)}
        onClick={() => openCommitted(file.path, commitId)}
      >
        <Icon.react tag="span" />
        <bdi>{shown}</bdi>
      </button>
      <span className="sr-GitFile-state" data-state={file.state} aria-hidden="true">
        {stateLetter(file.state)}
      </span>
    </li>
  );
}
