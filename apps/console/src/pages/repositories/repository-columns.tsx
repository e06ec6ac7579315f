import type { TableProps } from '@cloudscape-design/components/table';
import type { RepositorySummary } from '@strongroom/contracts';
import type { TFunction } from 'i18next';
import { formatBytes } from '../../shell/format-bytes.ts';
import { Moment } from '../../shell/Moment.tsx';
import { PageLink } from '../../shell/PageLink.tsx';
import { repositoryAddress } from './repository-address.ts';

export function repositoryColumns(
  t: TFunction,
  profileName: string,
): TableProps.ColumnDefinition<RepositorySummary>[] {
  return [
    {
      id: 'name',
      header: t('repositories.name'),
      isRowHeader: true,
      minWidth: 180,
      sortingField: 'name',
      cell: ({ name, description }) => (
        <>
          <PageLink to={repositoryAddress({ repository: name })}>
            <span className="long-name">{name}</span>
          </PageLink>
          {description !== '' && (
            <small className="repository-description repository-description-short">
              <bdi>{description}</bdi>
            </small>
          )}
        </>
      ),
    },
    {
      id: 'owner',
      header: t('repositories.owner'),
      minWidth: 90,
      sortingField: 'owner',
      cell: ({ owner }) => (
        <>
          {owner}
          {owner === profileName && ` (${t('repositories.you')})`}
        </>
      ),
    },
    {
      id: 'branch',
      header: t('repositories.defaultBranch'),
      minWidth: 105,
      sortingField: 'defaultBranch',
      cell: ({ defaultBranch }) => <bdi className="long-name">{defaultBranch}</bdi>,
    },
    {
      id: 'pushed',
      header: t('repositories.pushedAt'),
      minWidth: 105,
      sortingComparator: (one, other) => (one.pushedAt ?? '').localeCompare(other.pushedAt ?? ''),
      cell: ({ pushedAt }) =>
        pushedAt === null ? t('repositories.neverPushed') : <Moment at={pushedAt} />,
    },
    {
      id: 'size',
      header: t('repositories.size'),
      minWidth: 90,
      sortingField: 'sizeBytes',
      cell: ({ sizeBytes }) => formatBytes(sizeBytes),
    },
    {
      id: 'access',
      header: t('repositories.yourAccess'),
      minWidth: 105,
      sortingComparator: (one, other) => rank(one.may) - rank(other.may),
      cell: ({ may }) => t(`repositories.accesses.${accessOf(may)}`),
    },
  ];
}

const accesses = ['seen', 'none', 'read', 'write', 'manage'] as const;

/** Whoever oversees repositories manages them and need not be able to read them. */
function accessOf({ pull, push, manage }: RepositorySummary['may']): (typeof accesses)[number] {
  if (!pull) return manage ? 'none' : 'seen';
  if (!push) return 'read';
  return manage ? 'manage' : 'write';
}

function rank(may: RepositorySummary['may']): number {
  return accesses.indexOf(accessOf(may));
}
