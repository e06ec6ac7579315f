import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Icon from '@cloudscape-design/components/icon';
import Link from '@cloudscape-design/components/link';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import type { FolderPage } from '@strongroom/contracts';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { downloadObject } from '../api/objects.ts';
import { Failure } from '../shell/Failure.tsx';
import { formatBytes } from '../shell/format-bytes.ts';
import { Moment } from '../shell/Moment.tsx';
import { useAction } from '../shell/use-action.ts';

type StoredObject = FolderPage['objects'][number];
type Entry =
  | { readonly kind: 'folder'; readonly name: string; readonly key: string }
  | { readonly kind: 'object'; readonly name: string; readonly key: string; object: StoredObject };

interface ObjectsTableProps {
  readonly bucket: string;
  readonly prefix: string;
  /** Of the names that are shown. */
  readonly beginning: string;
  /** Undefined while it is loaded. */
  readonly page: FolderPage | undefined;
  readonly pageIndex: number;
  readonly pageCount: number;
  readonly selected: readonly StoredObject[];
  readonly actions: ReactNode;
  readonly open: (prefix: string) => void;
  readonly findByBeginning: (beginning: string) => void;
  readonly goToPage: (index: number) => void;
  readonly select: (objects: readonly StoredObject[]) => void;
}

export function ObjectsTable(props: ObjectsTableProps) {
  const { bucket, prefix, beginning, page, pageIndex, pageCount, selected, actions } = props;
  const { t } = useTranslation();
  const { isBusy, error, run } = useAction();
  const entries = entriesOf(page, prefix);
  const may = page?.may;
  const [asked, setAsked] = useState('');
  const download = (key: string) => {
    setAsked(key);
    void run(() => downloadObject({ bucket, key }));
  };
  const folderName = prefix.split('/').at(-2) ?? bucket;
  const selection: Partial<TableProps<Entry>> = may?.mayDelete
    ? {
        selectionType: 'multi',
        selectedItems: entries.filter((entry) => selected.some(({ key }) => key === entry.key)),
        isItemDisabled: ({ kind }) => kind === 'folder',
        onSelectionChange: ({ detail }) =>
          props.select(
            detail.selectedItems.flatMap((entry) => (entry.kind === 'object' ? entry.object : [])),
          ),
        ariaLabels: {
          selectionGroupLabel: t('objects.delete'),
          allItemsSelectionLabel: () => t('objects.chooseAll'),
          itemSelectionLabel: (_, { name }) => t('objects.choose', { name }),
        },
      }
    : {};
  return (
    <SpaceBetween size="m">
      {error !== undefined && (
        <Failure title={t('objects.notDownloaded', { name: asked })} error={error} />
      )}
      <Table
        {...selection}
        items={entries}
        trackBy="key"
        loading={page === undefined}
        loadingText={t('loading')}
        header={
          <Header counter={`(${entries.length}${pageCount > 1 ? '+' : ''})`} actions={actions}>
            {folderName}
          </Header>
        }
        filter={
          <TextFilter
            filteringText={beginning}
            filteringPlaceholder={t('objects.find')}
            filteringAriaLabel={t('objects.find')}
            onChange={({ detail }) => props.findByBeginning(detail.filteringText)}
          />
        }
        pagination={
          pageCount > 1 && (
            <Pagination
              openEnd={page?.continuationToken != null}
              currentPageIndex={pageIndex + 1}
              pagesCount={pageCount}
              ariaLabels={{
                previousPageLabel: t('objects.previousPage'),
                nextPageLabel: t('objects.nextPage'),
                pageLabel: (number) => t('objects.page', { page: number }),
              }}
              onChange={({ detail }) => props.goToPage(detail.currentPageIndex - 1)}
            />
          )
        }
        empty={<Empty isFiltered={beginning !== ''} mayWrite={may?.mayWrite ?? false} />}
        columnDefinitions={[
          {
            id: 'name',
            header: t('objects.name'),
            isRowHeader: true,
            cell: (entry) => (
              <Name
                entry={entry}
                mayRead={may?.mayRead ?? false}
                follow={() =>
                  entry.kind === 'folder' ? props.open(entry.key) : download(entry.key)
                }
              />
            ),
          },
          {
            id: 'size',
            header: t('objects.size'),
            width: 140,
            cell: (entry) => (entry.kind === 'object' ? formatBytes(entry.object.sizeBytes) : '–'),
          },
          {
            id: 'modified',
            header: t('objects.modified'),
            width: 200,
            cell: (entry) => entry.kind === 'object' && <Moment at={entry.object.modifiedAt} />,
          },
          {
            id: 'download',
            width: 150,
            header: <span className="visually-hidden">{t('objects.download')}</span>,
            cell: (entry) =>
              entry.kind === 'object' &&
              may?.mayRead && (
                <Button
                  variant="inline-link"
                  iconName="download"
                  disabled={isBusy}
                  ariaLabel={t('objects.downloadNamed', { name: entry.name })}
                  onClick={() => download(entry.key)}
                >
                  {t('objects.download')}
                </Button>
              ),
          },
        ]}
      />
    </SpaceBetween>
  );
}

/** Folders first; both as S3 orders them. */
function entriesOf(page: FolderPage | undefined, prefix: string): Entry[] {
  const nameOf = (key: string) => key.slice(prefix.length);
  const folders = (page?.folders ?? []).map(
    (key) => ({ kind: 'folder', key, name: nameOf(key).slice(0, -1) }) as const,
  );
  const objects = (page?.objects ?? []).map(
    (object) => ({ kind: 'object', key: object.key, name: nameOf(object.key), object }) as const,
  );
  return [...folders, ...objects];
}

interface NameProps {
  readonly entry: Entry;
  readonly mayRead: boolean;
  readonly follow: () => void;
}

function Name({ entry, mayRead, follow }: NameProps) {
  const { t } = useTranslation();
  const { kind, name } = entry;
  // Another program may have written an object whose key is the folder's own.
  const shown = name === '' ? '/' : name;
  if (kind === 'object' && !mayRead)
    return (
      <span className="long-name">
        <Icon name="file" /> {shown}
      </span>
    );
  return (
    <Link
      href="#"
      ariaLabel={
        kind === 'folder'
          ? t('objects.folder', { name })
          : t('objects.downloadNamed', { name: shown })
      }
      onFollow={(event) => {
        event.preventDefault();
        follow();
      }}
    >
      <Icon name={kind === 'folder' ? 'folder' : 'file'} />{' '}
      <span className="long-name">{shown}</span>
    </Link>
  );
}

function Empty({ isFiltered, mayWrite }: { isFiltered: boolean; mayWrite: boolean }) {
  const { t } = useTranslation();
  if (isFiltered)
    return (
      <Box textAlign="center">
        <b>{t('objects.noMatch')}</b>
      </Box>
    );
  return (
    <Box textAlign="center">
      <b>{t('objects.empty')}</b>
      <Box variant="p">{t(mayWrite ? 'objects.emptyMayWrite' : 'objects.emptyReadOnly')}</Box>
    </Box>
  );
}
