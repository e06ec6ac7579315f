import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import type { App } from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAppUsages, useInstanceTypes } from '../api/compute.ts';
import { requestNothing } from '../api/request.ts';
import { AskFirst } from './AskFirst.tsx';
import { appColumns } from './app-columns.tsx';

interface AppsTableProps {
  readonly apps: readonly App[];
  readonly title: string;
  readonly variant?: TableProps.Variant;
  /** For administrators: whose app each is, and a filter. */
  readonly isOfEverybody?: boolean;
  readonly isLoading?: boolean;
}

/** What is lost with it. */
function stopTextOf({ appType, spaceName }: App): string {
  if (spaceName !== undefined) return 'spaces.stopText';
  return appType === 'JupyterServer' ? 'apps.stopServer' : 'apps.stopKernel';
}

const isRunning = (app: App) => app.status === 'Pending' || app.status === 'InService';

/** Apps with what they run on, what they use, since when, and a button that stops them. */
export function AppsTable({ apps, title, variant, isOfEverybody, isLoading }: AppsTableProps) {
  const { t, i18n } = useTranslation();
  const [stopping, setStopping] = useState<App>();
  const [filter, setFilter] = useState('');
  // What cannot be told is left out: the apps are there without it.
  const usages = useAppUsages().data?.apps ?? [];
  const prices = useInstanceTypes().data?.prices;
  const shown = apps.filter((app) => `${app.profileName} ${app.appName}`.includes(filter));
  const nameOf = ({ appType, appName, spaceName }: App) =>
    `${t(`appType.${appType}`)} ${spaceName ?? appName}`;
  const columns: TableProps.ColumnDefinition<App>[] = [
    ...appColumns({
      ...{ t, language: i18n.language, prices },
      usageOf: (app) => usages.find(({ appId }) => appId === app.appId),
    }),
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
        wrapLines
        stickyColumns={{ last: 1 }}
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
          {t(stopTextOf(stopping))}
        </AskFirst>
      )}
    </>
  );
}
