import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import type { ShareComment } from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeComment } from '../../api/shares.ts';
import { AskFirst } from '../../shell/AskFirst.tsx';
import { Failure } from '../../shell/Failure.tsx';
import { Moment } from '../../shell/Moment.tsx';
import { useAction } from '../../shell/use-action.ts';
import { isolate } from './isolate.ts';
import { type Mentionable, partsOf } from './mention.ts';

interface CommentItemProps {
  readonly shareId: string;
  readonly comment: ShareComment;
  readonly shownVersion: number;
  readonly isOwn: boolean;
  readonly mayAnswer: boolean;
  readonly people: readonly Mentionable[];
  readonly goToCell: (version: number, cellIndex: number) => void;
}

export function CommentItem(props: CommentItemProps) {
  const { shareId, comment, isOwn, mayAnswer, people } = props;
  const { t } = useTranslation();
  const { commentId, authorDisplayName, text, mentions, resolvedAt, resolvedBy } = comment;
  const { isBusy, error, run } = useAction();
  const [isAsking, setAsking] = useState(false);
  const act = resolvedAt === null ? 'resolve' : 'reopen';
  const name = isolate(authorDisplayName);
  const nameOf = (asked: string) =>
    people.find(({ profileName }) => profileName === asked)?.displayName ?? asked;
  return (
    <article className="share-comment">
      <Place {...props} />
      <div className="share-comment-head">
        <b>
          <bdi className="long-name">{authorDisplayName}</bdi>
        </b>
        <Box color="text-body-secondary" fontSize="body-s">
          <Moment at={comment.createdAt} />
        </Box>
      </div>
      <div className="share-comment-text" dir="auto">
        {partsOf(text, mentions).map((part, index) =>
          part.isMention ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name
            <b key={index} title={nameOf(part.text.slice(1))}>
              {part.text}
            </b>
          ) : (
            part.text
          ),
        )}
      </div>
      {resolvedBy !== null && (
        <Box color="text-body-secondary" fontSize="body-s">
          {t('shares.comment.resolvedBy', { name: isolate(nameOf(resolvedBy)) })}
        </Box>
      )}
      <div className="share-comment-acts">
        {mayAnswer && (
          <Button
            variant="inline-link"
            loading={isBusy}
            ariaLabel={t(`shares.comment.${act}Named`, { name })}
            onClick={() => void run(() => changeComment(shareId, commentId, act))}
          >
            {t(`shares.comment.${act}`)}
          </Button>
        )}
        {comment.mayDelete && (
          <Button
            variant="inline-link"
            ariaLabel={t('shares.comment.deleteNamed', { name })}
            onClick={() => setAsking(true)}
          >
            {t('shares.comment.delete')}
          </Button>
        )}
      </div>
      {error !== undefined && <Failure error={error} />}
      {isAsking && (
        <AskFirst
          title={t(isOwn ? 'shares.comment.deleteTitle' : 'shares.comment.deleteOtherTitle', {
            name,
          })}
          confirm={t('shares.comment.delete')}
          close={() => setAsking(false)}
          act={() => changeComment(shareId, commentId, 'delete')}
        >
          {t('shares.comment.deleteText')}
        </AskFirst>
      )}
    </article>
  );
}

/** What it is about; leads there, also where that is in another version. */
function Place({ comment, shownVersion, goToCell }: CommentItemProps) {
  const { t } = useTranslation();
  const { cellIndex, version } = comment;
  const number = (cellIndex ?? 0) + 1;
  return (
    <div className="share-comment-head">
      {cellIndex === null ? (
        <Box color="text-body-secondary" fontSize="body-s">
          {t('shares.comment.whole')}
        </Box>
      ) : (
        <Button
          variant="inline-link"
          ariaLabel={t('shares.comment.jump', { number })}
          onClick={() => goToCell(version, cellIndex)}
        >
          {t('notebooks.cell', { number })}
        </Button>
      )}
      {version !== shownVersion && (
        <Box color="text-body-secondary" fontSize="body-s">
          {t('shares.comment.ofVersion', { version })}
        </Box>
      )}
    </div>
  );
}
