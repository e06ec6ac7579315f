import BarChart from '@cloudscape-design/components/bar-chart';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import type { FlowSummary } from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFlowSummary, useFlows } from '../api/queries.ts';
import { Failure } from '../shell/Failure.tsx';
import { formatBytes } from '../shell/format-bytes.ts';
import { type LogFilter, LogFilters } from '../shell/LogFilters.tsx';
import { LogSize } from '../shell/LogSize.tsx';
import { Moment } from '../shell/Moment.tsx';
import { useTitle } from '../shell/use-title.ts';

// What the platform serves; `none`: everything else.
const endpoints = ['sts', 'api', 'credentials', 'none'];

/** Every connection that a studio tried, and what came of it. */
export function FlowsPage() {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<LogFilter>({});
  const flows = useFlows(filter);
  const summary = useFlowSummary(filter);
  useTitle(t('flows.title'));
  if (flows.error) return <Failure error={flows.error} retry={() => void flows.refetch()} />;
  const shown = flows.data?.pages.flatMap((page) => page.flows) ?? [];
  const csv = `/api/flows.csv?${new URLSearchParams(filter as Record<string, string>)}`;
  return (
    <SpaceBetween size="l">
      <Table
        variant="full-page"
        wrapLines
        items={shown}
        loading={flows.isPending}
        loadingText={t('loading')}
        empty={
          <Box textAlign="center">{t(flows.hasNextPage ? 'flows.nothingYet' : 'flows.empty')}</Box>
        }
        header={
          <Header
            variant="h1"
            description={t('flows.explain')}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button
                  iconName="refresh"
                  ariaLabel={t('refresh')}
                  onClick={() => {
                    void flows.refetch();
                    void summary.refetch();
                  }}
                />
                <Button href={csv} iconName="download" download="flow-log.csv">
                  {t('logs.export')}
                </Button>
              </SpaceBetween>
            }
          >
            {t('flows.title')}
          </Header>
        }
        filter={
          <LogFilters
            filter={filter}
            change={setFilter}
            choices={{
              action: ['ACCEPT', 'REJECT'],
              protocol: ['tcp', 'udp'],
              endpoint: endpoints,
            }}
            text="name"
          />
        }
        footer={
          flows.hasNextPage && (
            <Box textAlign="center">
              <Button loading={flows.isFetchingNextPage} onClick={() => void flows.fetchNextPage()}>
                {t('logs.more')}
              </Button>
            </Box>
          )
        }
        columnDefinitions={[
          {
            id: 'time',
            header: t('logs.time'),
            cell: ({ time = '' }) => <Moment at={String(time)} />,
          },
          { id: 'profile', header: t('flows.profile'), cell: ({ profile }) => profile },
          {
            id: 'name',
            header: t('flows.name'),
            isRowHeader: true,
            cell: ({ name, dstaddr }) => (name === '-' ? dstaddr : name),
          },
          {
            id: 'destination',
            header: t('flows.destination'),
            cell: ({ dstaddr, dstport, protocol }) =>
              `${dstaddr}:${dstport} ${protocol === 17 ? 'UDP' : 'TCP'}`,
          },
          {
            id: 'action',
            header: t('flows.action'),
            minWidth: 130,
            cell: ({ action, part, attempts }) => (
              <StatusIndicator type={action === 'ACCEPT' ? 'success' : 'error'}>
                {t(`flows.actions.${action}`)}{' '}
                {part !== 'whole' && t(`flows.parts.${part}`, { attempts, defaultValue: '' })}
              </StatusIndicator>
            ),
          },
          {
            id: 'endpoint',
            header: t('flows.endpoint'),
            cell: ({ endpoint }) => (endpoint === '-' ? '' : endpoint),
          },
          { id: 'rule', header: t('logs.rule'), cell: ({ rule }) => rule },
          {
            id: 'bytes',
            header: t('flows.bytes'),
            cell: (flow) =>
              `${formatBytes(Number(flow['bytes-sent']))} / ${formatBytes(Number(flow['bytes-received']))}`,
          },
        ]}
      />
      {summary.data && summary.data.names.length > 0 && <Chart summary={summary.data} />}
      <LogSize log="flow-log" />
    </SpaceBetween>
  );
}

/** There is no half of an attempt. */
function wholeNumber(count: number): string {
  return Number.isInteger(count) ? String(count) : '';
}

/** How often each name was tried, of all that fits. */
function Chart({ summary: { names, isComplete } }: { summary: FlowSummary }) {
  const { t } = useTranslation();
  const series = (['accepted', 'rejected'] as const).map((outcome) => ({
    title: t(`flows.actions.${outcome === 'accepted' ? 'ACCEPT' : 'REJECT'}`),
    type: 'bar' as const,
    data: names.map((each) => ({ x: each.name, y: each[outcome] })),
  }));
  return (
    <SpaceBetween size="xs">
      {!isComplete && <Box color="text-body-secondary">{t('flows.latestOnly')}</Box>}
      <BarChart
        series={series}
        xDomain={names.map(({ name }) => name)}
        yTitle={t('flows.attempts')}
        i18nStrings={{ yTickFormatter: wholeNumber }}
        stackedBars
        horizontalBars
        hideFilter
        height={200}
        ariaLabel={t('flows.chart')}
      />
    </SpaceBetween>
  );
}
