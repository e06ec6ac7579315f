import type { TableProps } from '@cloudscape-design/components/table';
import type { ShareListName, ShareSummary } from '@strongroom/contracts';
import type { TFunction } from 'i18next';
import { Moment } from '../../shell/Moment.tsx';
import { PageLink } from '../../shell/PageLink.tsx';
import { AudienceNames } from './AudienceNames.tsx';
import { ShareActions } from './ShareActions.tsx';
import { ShareEnd, ShareStateText } from './ShareState.tsx';

type Column = TableProps.ColumnDefinition<ShareSummary>;

interface ColumnsOptions {
  readonly list: ShareListName;
  readonly t: TFunction;
}

/** A long one is cut at its end; the tooltip has it whole. */
function Title({ title }: { title: string }) {
  return (
    <bdi className="long-name share-title" title={title}>
      {title}
    </bdi>
  );
}

/** Whose they are where they are others', whom they are shown to; only what is open is shared with one. */
export function shareColumns({ list, t }: ColumnsOptions): Column[] {
  const owner: Column = {
    id: 'owner',
    header: t('shares.owner'),
    minWidth: 125,
    sortingField: 'ownerDisplayName',
    cell: ({ owner: profileName, ownerDisplayName }) => (
      <>
        <bdi className="long-name">{ownerDisplayName}</bdi>
        <br />
        <small>{profileName}</small>
      </>
    ),
  };
  const audience: Column = {
    id: 'audience',
    header: t('shares.audience'),
    minWidth: 150,
    cell: (share) => <AudienceNames audience={share.audience} />,
  };
  const views: Column = {
    id: 'views',
    header: t('shares.views'),
    minWidth: 95,
    sortingField: 'viewCount',
    cell: ({ viewCount }) => viewCount ?? '–',
  };
  const state: Column = {
    id: 'state',
    header: t('shares.state'),
    minWidth: 115,
    sortingField: 'state',
    cell: (share) => <ShareStateText state={share.state} />,
  };
  return [
    {
      id: 'title',
      header: t('shares.name'),
      isRowHeader: true,
      minWidth: 190,
      sortingField: 'title',
      cell: ({ shareId, title, may, latestVersion: { version } }) => (
        <>
          {may.read ? (
            <PageLink to={`/shares/${shareId}`}>
              <Title title={title} />
            </PageLink>
          ) : (
            <Title title={title} />
          )}
          <small>{t('shares.view.versionOption', { version })}</small>
        </>
      ),
    },
    ...(list === 'mine' ? [] : [owner]),
    ...(list === 'with-me' ? [] : [audience]),
    {
      id: 'created',
      header: t('shares.created'),
      minWidth: 125,
      sortingField: 'createdAt',
      cell: ({ createdAt }) => <Moment at={createdAt} />,
    },
    {
      id: 'expires',
      header: t('shares.expires'),
      minWidth: 125,
      sortingField: 'expiresAt',
      cell: (share) => <ShareEnd {...share} />,
    },
    ...(list === 'with-me' ? [] : [state]),
    ...(list === 'with-me' ? [] : [views]),
    {
      id: 'comments',
      header: t('shares.comments'),
      minWidth: 110,
      sortingField: 'openCommentCount',
      cell: ({ openCommentCount }) => openCommentCount,
    },
    {
      id: 'actions',
      minWidth: 100,
      header: <span className="visually-hidden">{t('shares.actions')}</span>,
      cell: (share) => <ShareActions share={share} />,
    },
  ];
}
