import Box from '@cloudscape-design/components/box';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type {
  Person,
  ShareComment,
  ShareCommentList,
  ShareDetails,
  ShareVersion,
} from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CommentItem } from './CommentItem.tsx';
import type { NotebookView } from './use-notebook-view.ts';
import { WriteComment } from './WriteComment.tsx';

interface CommentsPanelProps {
  readonly share: ShareDetails;
  readonly shown: ShareVersion;
  readonly person: Person;
  readonly list: ShareCommentList;
  readonly target: NotebookView['target'];
  readonly goToCell: (version: number, cellIndex: number) => void;
}

const filters = ['open', 'resolved'] as const;

export function CommentsPanel({
  share,
  shown,
  person,
  list,
  target,
  goToCell,
}: CommentsPanelProps) {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<(typeof filters)[number]>('open');
  const fitting = list.comments.filter(
    ({ resolvedAt }) => (resolvedAt === null) === (filter === 'open'),
  );
  return (
    <SpaceBetween size="m">
      {share.may.comment ? (
        <WriteComment
          {...{ shown, target }}
          shareId={share.shareId}
          people={list.mentionable.filter(({ profileName }) => profileName !== person.profileName)}
        />
      ) : (
        <Box color="text-body-secondary">{t('shares.comment.notAllowed')}</Box>
      )}
      <SegmentedControl
        label={t('shares.comment.which')}
        selectedId={filter}
        options={filters.map((id) => ({ id, text: t(`shares.comment.filters.${id}`) }))}
        onChange={({ detail }) => setFilter(detail.selectedId as typeof filter)}
      />
      {fitting.length === 0 && (
        <Box color="text-body-secondary">
          {t(filter === 'open' ? 'shares.comment.empty' : 'shares.comment.emptyResolved')}
          {filter === 'open' && share.may.comment && (
            <Box variant="p">{t('shares.comment.emptyHint')}</Box>
          )}
        </Box>
      )}
      <ol className="share-comments">
        {inOrderOfCells(fitting).map((comment) => (
          <li key={comment.commentId}>
            <CommentItem
              {...{ comment, goToCell }}
              shareId={share.shareId}
              isOwn={comment.author === person.profileName}
              mayAnswer={share.may.comment}
              people={list.mentionable}
              shownVersion={shown.version}
            />
          </li>
        ))}
      </ol>
    </SpaceBetween>
  );
}

/** As one reads the notebook: the whole first, then by cell; the oldest first within each. */
function inOrderOfCells(comments: readonly ShareComment[]): ShareComment[] {
  return [...comments].sort(
    (one, other) =>
      (one.cellIndex ?? -1) - (other.cellIndex ?? -1) ||
      one.createdAt.localeCompare(other.createdAt),
  );
}
