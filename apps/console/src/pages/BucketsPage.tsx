import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import type { BucketPermissions, BucketSummary } from '@strongroom/contracts';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBuckets } from '../api/queries.ts';
import { Failure } from '../shell/Failure.tsx';
import { formatBytes } from '../shell/format-bytes.ts';
import { PageLink } from '../shell/PageLink.tsx';
import { useTitle } from '../shell/use-title.ts';
import { KeyState } from './KeyState.tsx';

/** The buckets that one may list; for whoever oversees them all, with what they hold. */
export function BucketsPage() {
  const { t } = useTranslation();
  const buckets = useBuckets();
  const [filter, setFilter] = useState('');
  useTitle(t('buckets.title'));
  const all = buckets.data?.buckets ?? [];
  const shown = all.filter(({ bucket, description }) =>
    `${bucket} ${description ?? ''}`.toLowerCase().includes(filter.toLowerCase()),
  );
  const overseesAll = buckets.data?.overseesAll ?? false;
  const columns = overseesAll ? overseersColumns(t) : personsColumns(t);
  return (
    <SpaceBetween size="l">
      <Header variant="h1" description={t(overseesAll ? 'buckets.explainAll' : 'buckets.explain')}>
        {t('buckets.title')}
      </Header>
      {buckets.error && <Failure error={buckets.error} retry={() => void buckets.refetch()} />}
      <Table
        wrapLines
        items={shown}
        trackBy="bucket"
        loading={buckets.isPending}
        loadingText={t('loading')}
        header={<Header counter={`(${shown.length})`}>{t('buckets.title')}</Header>}
        filter={
          <TextFilter
            filteringText={filter}
            filteringPlaceholder={t('buckets.find')}
            filteringAriaLabel={t('buckets.find')}
            onChange={({ detail }) => setFilter(detail.filteringText)}
          />
        }
        empty={
          <Box textAlign="center">
            <b>{t(all.length === 0 ? 'buckets.empty' : 'buckets.noMatch')}</b>
            {all.length === 0 && <Box variant="p">{t('buckets.emptyHint')}</Box>}
          </Box>
        }
        columnDefinitions={columns}
      />
    </SpaceBetween>
  );
}

type Columns = TableProps.ColumnDefinition<BucketSummary>[];

function nameColumn(t: TFunction): Columns[number] {
  return {
    id: 'name',
    header: t('buckets.name'),
    isRowHeader: true,
    cell: ({ bucket, may, overview }) => (
      <>
        {may.mayList || overview !== null ? (
          <PageLink to={`/buckets/${bucket}${may.mayList ? '' : '/details'}`}>{bucket}</PageLink>
        ) : (
          bucket
        )}
      </>
    ),
  };
}

function personsColumns(t: TFunction): Columns {
  return [
    nameColumn(t),
    { id: 'description', header: t('buckets.description'), cell: describe },
    { id: 'access', header: t('buckets.yourAccess'), cell: ({ may }) => t(accessKey(may)) },
    {
      id: 'versioning',
      header: t('buckets.versioning'),
      cell: ({ versioning }) => t(`buckets.versionings.${versioning}`),
    },
  ];
}

function overseersColumns(t: TFunction): Columns {
  return [
    nameColumn(t),
    { id: 'description', header: t('buckets.description'), cell: describe },
    {
      id: 'objects',
      header: t('buckets.objects'),
      cell: ({ overview }) => overview?.usage?.objectCount.toLocaleString() ?? '–',
    },
    {
      id: 'size',
      header: t('buckets.size'),
      cell: ({ overview }) => (
        <>
          {overview?.usage ? formatBytes(overview.usage.sizeBytes) : '–'}
          {overview?.quotaBytes != null && (
            <div>{t('buckets.quota', { quota: formatBytes(overview.quotaBytes) })}</div>
          )}
        </>
      ),
    },
    {
      id: 'key',
      header: t('buckets.key'),
      cell: ({ overview }) => overview && <KeyState {...overview.key} />,
    },
    {
      id: 'versioning',
      header: t('buckets.versioning'),
      cell: ({ versioning }) => t(`buckets.versionings.${versioning}`),
    },
    {
      id: 'public',
      header: t('buckets.publicAccess'),
      minWidth: 130,
      cell: ({ overview }) => (
        <StatusIndicator type={overview?.isPublicAccessBlocked ? 'success' : 'warning'}>
          {t(overview?.isPublicAccessBlocked ? 'buckets.blocked' : 'buckets.notBlocked')}
        </StatusIndicator>
      ),
    },
    {
      id: 'details',
      header: <span className="visually-hidden">{t('buckets.details')}</span>,
      cell: ({ bucket }) => (
        <PageLink
          to={`/buckets/${bucket}/details`}
          ariaLabel={t('buckets.detailsTitle', { bucket })}
        >
          {t('buckets.details')}
        </PageLink>
      ),
    },
  ];
}

function describe({ description }: BucketSummary): string {
  return description ?? '–';
}

function accessKey({ mayList, mayRead, mayWrite }: BucketPermissions): string {
  if (mayWrite) return 'buckets.access.write';
  if (mayRead) return 'buckets.access.read';
  return mayList ? 'buckets.access.list' : 'buckets.access.none';
}
