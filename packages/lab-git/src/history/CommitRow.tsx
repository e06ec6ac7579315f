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
          title={titleOf(commit)}
          onClick={onToggle}
        >
          {graph !== undefined && <GraphCell row={graph} />}
          <span className="sr-GitCommit-text">
            <span className="sr-GitCommit-subject">
              <bdi>{shownName(commit.subject)}</bdi>
            </span>
            <span className="sr-GitCommit-author">
              {referencesOf(commit).map((reference) => (
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

/** Long ones are cut in a narrow panel. */
function titleOf(commit: GitCommit): string {
  const first = `${commit.commitId.slice(0, 10)} ${shownName(commit.subject)}`;
  return [first, ...referencesOf(commit).map(shownName)].join('\n');
}

/** `origin/HEAD` is another name of a branch that is shown anyway. */
function referencesOf({ references }: GitCommit): readonly string[] {
  return references.filter((reference) => !reference.endsWith('/HEAD'));
}
