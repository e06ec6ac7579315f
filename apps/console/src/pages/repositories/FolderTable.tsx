import Box from '@cloudscape-design/components/box';
import Icon from '@cloudscape-design/components/icon';
import Table from '@cloudscape-design/components/table';
import type { RepositoryFolder } from '@strongroom/contracts';
import { useTranslation } from 'react-i18next';
import type { RepositoryPlace } from '../../api/repositories.ts';
import { formatBytes } from '../../shell/format-bytes.ts';
import { PageLink } from '../../shell/PageLink.tsx';
import { CommitLine } from './CommitLine.tsx';
import { repositoryAddress } from './repository-address.ts';
import { shownName } from './shown-name.ts';
import { useMore } from './use-more.tsx';

type Entry = RepositoryFolder['entries'][number];

interface FolderTableProps {
  readonly place: RepositoryPlace;
  readonly folder: RepositoryFolder | undefined;
}

const shownAtOnce = 500;

export function FolderTable({ place, folder }: FolderTableProps) {
  const { t } = useTranslation();
  const { shown, button } = useMore(folder?.entries ?? [], shownAtOnce);
  return (
    <Table
      wrapLines
      items={[...shown]}
      trackBy="name"
      loading={folder === undefined}
      loadingText={t('loading')}
      ariaLabels={{ tableLabel: t('repositories.tabs.files') }}
      header={folder && <CommitLine repository={place.repository} commit={folder.commit} />}
      footer={button}
      empty={<Box textAlign="center">{t('repositories.emptyFolder')}</Box>}
      columnDefinitions={[
        {
          id: 'name',
          header: t('repositories.file'),
          isRowHeader: true,
          cell: (entry) => <EntryName place={place} entry={entry} />,
        },
        {
          id: 'size',
          header: t('repositories.size'),
          width: 140,
          cell: ({ kind, sizeBytes }) =>
            kind === 'file' && sizeBytes !== null ? formatBytes(sizeBytes) : '–',
        },
      ]}
    />
  );
}

function EntryName({ place, entry }: { place: RepositoryPlace; entry: Entry }) {
  const { t } = useTranslation();
  const { name, kind } = entry;
  const path = place.path === '' ? name : `${place.path}/${name}`;
  const text = <bdi className="long-name">{shownName(name)}</bdi>;
  const isFolder = kind === 'folder';
  return (
    <span className="entry-name">
      <Icon name={isFolder ? 'folder' : kind === 'file' ? 'file' : 'external'} />
      <span>
        {kind === 'submodule' ? (
          text
        ) : (
          <PageLink
            to={repositoryAddress({ ...place, path }, isFolder ? '' : '/file')}
            ariaLabel={t(isFolder ? 'repositories.folderNamed' : 'repositories.fileNamed', {
              name: shownName(name),
            })}
          >
            {text}
          </PageLink>
        )}
        {(kind === 'symbolic-link' || kind === 'submodule') && (
          <small> {t(`repositories.kinds.${kind}`)}</small>
        )}
      </span>
    </span>
  );
}
