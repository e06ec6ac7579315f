import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { FolderPage } from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { useFolder } from '../api/queries.ts';
import { useRuntime } from '../api/spaces.ts';
import { Failure } from '../shell/Failure.tsx';
import { UploadsPanel } from '../shell/UploadsPanel.tsx';
import { useTitle } from '../shell/use-title.ts';
import { CreateFolder } from './CreateFolder.tsx';
import { DeleteObjects } from './DeleteObjects.tsx';
import { ObjectsTable } from './ObjectsTable.tsx';
import { ShareObject } from './shares/ShareObject.tsx';
import { UploadFiles, useChosenFiles } from './UploadFiles.tsx';

type StoredObject = FolderPage['objects'][number];

/** One level of a bucket. The folder shown is in the address: it can be linked and gone back from. */
export function BucketPage() {
  const { t } = useTranslation();
  const { bucket = '' } = useParams();
  const [search, setSearch] = useSearchParams();
  const prefix = search.get('prefix') ?? '';
  useTitle(`${bucket}/${prefix}`);
  const open = (folder: string) => setSearch(folder === '' ? {} : { prefix: folder });
  return (
    <SpaceBetween size="l">
      <Path bucket={bucket} prefix={prefix} open={open} />
      <Header variant="h1" description={t('buckets.explain')}>
        {bucket}
      </Header>
      {/* Another folder begins anew: on its first page, with nothing selected. */}
      <Folder key={`${bucket}/${prefix}`} bucket={bucket} prefix={prefix} open={open} />
    </SpaceBetween>
  );
}

interface FolderProps {
  readonly bucket: string;
  readonly prefix: string;
  readonly open: (prefix: string) => void;
}

function Folder({ bucket, prefix, open }: FolderProps) {
  const { t } = useTranslation();
  const [beginning, setBeginning] = useState('');
  // Where each page begins; the first one at the beginning.
  const [tokens, setTokens] = useState<readonly string[]>(['']);
  const [pageIndex, setPageIndex] = useState(0);
  const [selected, setSelected] = useState<readonly StoredObject[]>([]);
  const [dialog, setDialog] = useState<'delete' | 'folder' | 'share'>();
  const continuationToken = tokens[pageIndex] ?? '';
  const folder = useFolder({ bucket, prefix: prefix + beginning, continuationToken });
  const { may, versioning = 'Off' } = folder.data ?? {};
  const isVersioned = versioning !== 'Off';
  const chosen = useChosenFiles({ bucket, prefix, isVersioned });
  // Elsewhere notebooks are shared from Lab.
  const isOnAws = useRuntime() === 'sagemaker';
  const [only, ...others] = selected;
  const notebook = others.length === 0 && only?.key.endsWith('.ipynb') ? only.key : undefined;
  const findByBeginning = (text: string) => {
    setBeginning(text);
    setTokens(['']);
    setPageIndex(0);
  };
  const goToPage = (index: number) => {
    const next = folder.data?.continuationToken;
    if (index === tokens.length && next != null) setTokens([...tokens, next]);
    setPageIndex(index);
    setSelected([]);
  };
  return (
    <SpaceBetween size="m">
      <UploadsPanel />
      {chosen.refusals}
      {folder.error && <Failure error={folder.error} retry={() => void folder.refetch()} />}
      {!folder.error && (
        <ObjectsTable
          {...{ bucket, prefix, beginning, selected, pageIndex }}
          page={folder.data}
          pageCount={tokens.length + (folder.data?.continuationToken == null ? 0 : 1)}
          {...{ open, findByBeginning, goToPage }}
          select={setSelected}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button
                iconName="refresh"
                ariaLabel={t('refresh')}
                loading={folder.isFetching}
                onClick={() => void folder.refetch()}
              />
              {isOnAws && notebook !== undefined && (
                <Button onClick={() => setDialog('share')}>{t('shareObject.action')}</Button>
              )}
              {may?.mayDelete && (
                <Button disabled={selected.length === 0} onClick={() => setDialog('delete')}>
                  {t('objects.delete')}
                </Button>
              )}
              {may?.mayWrite && (
                <Button onClick={() => setDialog('folder')}>{t('objects.newFolder')}</Button>
              )}
              {may?.mayWrite && chosen.button}
            </SpaceBetween>
          }
        />
      )}
      {may?.mayWrite && <UploadFiles place={`${bucket}/${prefix}`} add={chosen.add} />}
      {chosen.dialog}
      {dialog === 'folder' && (
        <CreateFolder
          open={(name) => open(`${prefix}${name}/`)}
          close={() => setDialog(undefined)}
        />
      )}
      {dialog === 'share' && notebook !== undefined && (
        <ShareObject bucket={bucket} objectKey={notebook} close={() => setDialog(undefined)} />
      )}
      {dialog === 'delete' && (
        <DeleteObjects
          {...{ bucket, isVersioned }}
          keys={selected.map(({ key }) => key)}
          close={() => setDialog(undefined)}
          deleted={() => setSelected([])}
        />
      )}
    </SpaceBetween>
  );
}

function Path({ bucket, prefix, open }: FolderProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const parts = prefix.split('/').slice(0, -1);
  const hrefOf = (folder: string) => `/buckets/${bucket}?prefix=${encodeURIComponent(folder)}`;
  const folders = parts.map((name, index) => {
    const folder = `${parts.slice(0, index + 1).join('/')}/`;
    return { text: name === '' ? '/' : name, href: hrefOf(folder), folder };
  });
  const items = [
    { text: t('buckets.title'), href: '/buckets' },
    { text: bucket, href: hrefOf(''), folder: '' },
    ...folders,
  ];
  return (
    <BreadcrumbGroup
      ariaLabel={t('buckets.title')}
      items={items}
      onFollow={(event) => {
        event.preventDefault();
        const { item } = event.detail;
        if ('folder' in item) open(String(item.folder));
        else void navigate(event.detail.href);
      }}
    />
  );
}
