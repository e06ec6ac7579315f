import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group';
import Header from '@cloudscape-design/components/header';
import Icon from '@cloudscape-design/components/icon';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import type { FileList } from '@strongroom/contracts';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useFiles } from '../api/queries.ts';
import { Failure } from '../shell/Failure.tsx';
import { formatBytes } from '../shell/format-bytes.ts';
import { Moment } from '../shell/Moment.tsx';

type Entry = FileList['entries'][number];

/** One's own home, read without any app running. The folder shown is in the address: it can be linked and gone back from. */
export function FilesTable({ profileName }: { profileName: string }) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const path = search.get('path') ?? '';
  const files = useFiles(profileName, path);
  const open = (folder: string) => setSearch({ tab: 'files', path: folder });
  const parts = path === '' ? [] : path.split('/');
  return (
    <SpaceBetween size="m">
      <Box variant="p" color="text-body-secondary">
        {t('files.explain')}
      </Box>
      <BreadcrumbGroup
        ariaLabel={t('profile.files')}
        items={['', ...parts].map((name, index) => ({
          text: index === 0 ? t('files.home') : name,
          href: `#${parts.slice(0, index).join('/')}`,
        }))}
        onFollow={(event) => {
          event.preventDefault();
          open(event.detail.href.slice(1));
        }}
      />
      {files.error && <Failure error={files.error} retry={() => void files.refetch()} />}
      {files.data?.truncated && <Alert type="info">{t('files.truncated')}</Alert>}
      <Table
        items={sortEntries(files.data?.entries ?? [])}
        trackBy="name"
        loading={files.isPending}
        loadingText={t('loading')}
        header={
          <Header counter={`(${files.data?.entries.length ?? 0})`}>{t('profile.files')}</Header>
        }
        empty={
          <Box textAlign="center">
            <b>{t('files.empty')}</b>
            <Box variant="p">{t('files.emptyHint')}</Box>
          </Box>
        }
        columnDefinitions={[
          {
            id: 'name',
            header: t('files.name'),
            isRowHeader: true,
            cell: (entry) => (
              <EntryName
                entry={entry}
                profileName={profileName}
                path={[...parts, entry.name].join('/')}
                open={open}
              />
            ),
          },
          {
            id: 'size',
            header: t('files.size'),
            cell: (entry) => (entry.type === 'file' ? formatBytes(entry.sizeBytes) : '–'),
          },
          {
            id: 'modified',
            header: t('files.modified'),
            cell: (entry) => <Moment at={entry.modifiedAt} />,
          },
        ]}
      />
    </SpaceBetween>
  );
}

interface EntryNameProps {
  readonly entry: Entry;
  readonly profileName: string;
  readonly path: string;
  readonly open: (path: string) => void;
}

function EntryName({ entry, profileName, path, open }: EntryNameProps) {
  const { t } = useTranslation();
  if (entry.type === 'directory')
    return (
      <Link
        href="#"
        ariaLabel={`${t('files.folder')} ${entry.name}`}
        onFollow={(event) => {
          event.preventDefault();
          open(path);
        }}
      >
        <Icon name="folder" /> {entry.name}
      </Link>
    );
  if (entry.type !== 'file')
    return (
      <span title={t('files.link')}>
        <Icon name="file" variant="disabled" /> {entry.name}
      </span>
    );
  return (
    <Link
      href={`/api/profiles/${profileName}/files/content?path=${encodeURIComponent(path)}`}
      ariaLabel={t('files.download', { name: entry.name })}
    >
      <Icon name="download" /> {entry.name}
    </Link>
  );
}

/** Folders first, then by name as a person reads it. */
function sortEntries(entries: readonly Entry[]): Entry[] {
  const rank = (entry: Entry) => (entry.type === 'directory' ? 0 : 1);
  return [...entries].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}
