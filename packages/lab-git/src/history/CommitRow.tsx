import type { GitCommit } from '@strongroom/contracts';
import { memo } from 'react';
import type { GraphRow } from '../model/graph-lanes.ts';
import { usePanel } from '../panel/panel-context.ts';
import { shownName } from '../shown-name.ts';
import { CommitDetails } from './CommitDetails.tsx';
import { GraphCell } from './GraphCell.tsx';

interface CommitRowProps {
  readonly commit: GitCommit;
  readonly graph: GraphRow | undefined;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

export const CommitRow = memo(
  function CommitRow({ commit, graph, isOpen, onToggle }: CommitRowProps) {
    const { languageTag } = usePanel();
    const authoredAt = new Date(commit.authoredAt);
    return (
      <li className="sr-GitCommit">
        <button
          type="button"
          data-row=""
          className="sr-GitCommit-head"
          aria-expanded={isOpen}
          title={`${commit.commitId.slice(0, 10)} ${shownName(commit.subject)}`}
          onClick={onToggle}
        >
          {graph !== undefined && <GraphCell row={graph} />}
          <span className="sr-GitCommit-text">
            <span className="sr-GitCommit-subject">
              <bdi>{shownName(commit.subject)}</bdi>
            </span>
            <span className="sr-GitCommit-author">
              {commit.references.filter(isBranchOrTag).map((reference) => (
                <bdi key={reference} className="sr-GitReference">
                  {shownName(reference)}
                </bdi>
              ))}
              <bdi>{shownName(commit.author)}</bdi>
              <time dateTime={commit.authoredAt}>
                {authoredAt.toLocaleString(languageTag, { dateStyle: 'short', timeStyle: 'short' })}
              </time>
            </span>
          </span>
        </button>
        {isOpen && <CommitDetails commit={commit} graph={graph} />}
      </li>
    );
  },
  (one, other) =>
    one.commit === other.commit && one.graph === other.graph && one.isOpen === other.isOpen,
);

/** `origin/HEAD` is another name of a branch that is shown anyway. */
function isBranchOrTag(reference: string): boolean {
  return !reference.endsWith('/HEAD');
}
