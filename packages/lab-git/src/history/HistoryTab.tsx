import { closeIcon } from '@jupyterlab/ui-components';
import type { GitCommit } from '@strongroom/contracts';
import { useEffect, useMemo, useState } from 'react';
import { describeFailure } from '../failure-text.ts';
import { graphLanes } from '../model/graph-lanes.ts';
import { IconButton } from '../panel/IconButton.tsx';
import { usePanel } from '../panel/panel-context.ts';
import { useChanges } from '../panel/use-changes.ts';
import { useRowFocus } from '../panel/use-row-focus.ts';
import { shownName } from '../shown-name.ts';
import { CommitRow } from './CommitRow.tsx';

/** The commits of all branches with their graph, or those of one file. */
export function HistoryTab() {
  const { model, history, trans } = usePanel();
  useChanges(history);
  const [openId, setOpenId] = useState<string | null>(null);
  const { listRef, ...handlers } = useRowFocus();
  const { root, status } = model;
  // biome-ignore lint/correctness/useExhaustiveDependencies: every act may bring other commits
  useEffect(() => {
    if (root === null) return;
    const file = history.scope?.repository === root ? history.scope.file : null;
    void history.open({ repository: root, file });
  }, [history, root, status?.commitId, status?.branch, status?.ahead, status?.behind]);
  const { commits, scope } = history;
  const rows = useMemo(() => graphLanes(commits), [commits]);
  const file = scope?.file ?? null;
  return (
    <div className="sr-Git-history" ref={listRef} {...handlers}>
      {file !== null && root !== null && (
        <div className="sr-Git-row sr-Git-scope">
          <span>{trans.__('History of %1', shownName(file))}</span>
          <IconButton
            {...{ icon: closeIcon, label: trans.__('Show the history of all files') }}
            onClick={() => void history.open({ repository: root, file: null })}
          />
        </div>
      )}
      <ul>
        {commits.map((commit, index) => (
          <CommitRow
            key={commit.commitId}
            commit={commit}
            // The commits of one file are not each other's parents.
            graph={file === null ? rows[index] : undefined}
            isOpen={commit.commitId === openId}
            onToggle={() => setOpenId(commit.commitId === openId ? null : commit.commitId)}
          />
        ))}
      </ul>
      <HistoryFoot commits={commits} />
    </div>
  );
}

function HistoryFoot({ commits }: { readonly commits: readonly GitCommit[] }) {
  const { history, trans } = usePanel();
  if (history.failure !== null) {
    return (
      <p className="sr-Git-hint" role="alert">
        {describeFailure(history.failure, trans).sentence}
      </p>
    );
  }
  if (history.isLoading && commits.length === 0) {
    return <p className="sr-Git-hint">{trans.__('Loading …')}</p>;
  }
  if (commits.length === 0) {
    return <p className="sr-Git-hint">{trans.__('There is no commit yet.')}</p>;
  }
  if (!history.hasMore) return null;
  return (
    <button
      type="button"
      className="sr-Git-more"
      disabled={history.isLoading}
      onClick={() => void history.loadMore()}
    >
      {trans.__('Load more')}
    </button>
  );
}
