import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import StatusIndicator, {
  type StatusIndicatorProps,
} from '@cloudscape-design/components/status-indicator';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import type { App, AppStatus } from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { requestNothing } from '../api/request.ts';
import { AskFirst } from './AskFirst.tsx';
import { formatBytes } from './format-bytes.ts';
import { Moment } from './Moment.tsx';

interface AppsTableProps {
  readonly apps: readonly App[];
  readonly title: string;
  readonly variant?: TableProps.Variant;
  /** For administrators: whose app each is, and a filter. */
  readonly isOfEverybody?: boolean;
  readonly isLoading?: boolean;
}

const indicators: Record<AppStatus, StatusIndicatorProps.Type> = {
  Pending: 'pending',
  InService: 'success',
  Deleting: 'in-progress',
  Deleted: 'stopped',
  Failed: 'error',
};

const isRunning = (app: App) => app.status === 'Pending' || app.status === 'InService';

/** Apps with what they run on, since when, and a button that stops them. */
export function AppsTable({ apps, title, variant, isOfEverybody, isLoading }: AppsTableProps) {
  const { t } = useTranslation();
  const [stopping, setStopping] = useState<App>();
  const [filter, setFilter] = useState('');
  const shown = apps.filter((app) => `${app.profileName} ${app.appName}`.includes(filter));
  const nameOf = (app: App) => `${t(`appType.${app.appType}`)} ${app.appName}`;
  const columns: TableProps.ColumnDefinition<App>[] = [
    { id: 'type', header: t('apps.type'), cell: nameOf, isRowHeader: true },
    { id: 'image', header: t('apps.image'), cell: (app) => app.imageName },
    { id: 'instanceType', header: t('apps.instanceType'), cell: (app) => app.instanceType },
    {
      id: 'status',
      header: t('apps.status'),
      cell: (app) => (
        <StatusIndicator type={indicators[app.status]}>
          <span title={app.endReason ?? ''}>{t(`appStatus.${app.status}`)}</span>
        </StatusIndicator>
      ),
    },
    { id: 'started', header: t('apps.started'), cell: (app) => <Moment at={app.startedAt} /> },
    {
      id: 'memory',
      header: t('apps.memory'),
      cell: (app) => (app.memoryBytes === null ? '–' : formatBytes(app.memoryBytes)),
    },
    {
      id: 'stop',
      minWidth: 110,
      header: <span className="visually-hidden">{t('apps.stop')}</span>,
      cell: (app) =>
        isRunning(app) && (
          <Button
            wrapText={false}
            ariaLabel={t('apps.stopNamed', { name: nameOf(app) })}
            onClick={() => setStopping(app)}
          >
            {t('apps.stop')}
          </Button>
        ),
    },
  ];
  const whose = { id: 'profile', header: t('apps.profile'), cell: (app: App) => app.profileName };
  return (
    <>
      <Table
        {...(variant ? { variant } : {})}
        items={shown}
        trackBy="appId"
        loading={isLoading ?? false}
        loadingText={t('loading')}
        columnDefinitions={isOfEverybody ? [whose, ...columns] : columns}
        header={<Header counter={`(${shown.length})`}>{title}</Header>}
        filter={
          isOfEverybody && (
            <TextFilter
              filteringText={filter}
              filteringPlaceholder={t('apps.search')}
              filteringAriaLabel={t('apps.search')}
              onChange={({ detail }) => setFilter(detail.filteringText)}
            />
          )
        }
        empty={
          <Box textAlign="center" color="inherit">
            <b>{t('apps.empty')}</b>
            <Box variant="p" color="inherit">
              {t('apps.emptyHint')}
            </Box>
          </Box>
        }
      />
      {stopping && (
        <AskFirst
          title={t('apps.stopTitle', { name: nameOf(stopping) })}
          confirm={t('apps.stop')}
          close={() => setStopping(undefined)}
          act={() =>
            requestNothing(`/api/profiles/${stopping.profileName}/apps/${stopping.appId}`, {
              method: 'DELETE',
            })
          }
        >
          {t(stopping.appType === 'JupyterServer' ? 'apps.stopServer' : 'apps.stopKernel')}
        </AskFirst>
      )}
    </>
  );
}
