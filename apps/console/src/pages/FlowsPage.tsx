import BarChart from '@cloudscape-design/components/bar-chart';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import type { Flow } from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFlows } from '../api/queries.ts';
import { Failure } from '../shell/Failure.tsx';
import { formatBytes } from '../shell/format-bytes.ts';
import { type LogFilter, LogFilters } from '../shell/LogFilters.tsx';
import { LogSize } from '../shell/LogSize.tsx';
import { Moment } from '../shell/Moment.tsx';
import { useTitle } from '../shell/use-title.ts';

const charted = 8;

/** Every connection that a studio tried, and what came of it. */
export function FlowsPage() {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<LogFilter>({});
  const flows = useFlows(filter);
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
        empty={<Box textAlign="center">{t('flows.empty')}</Box>}
        header={
          <Header
            variant="h1"
            description={t('flows.explain')}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button
                  iconName="refresh"
                  ariaLabel={t('refresh')}
                  onClick={() => void flows.refetch()}
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
            choices={{ action: ['ACCEPT', 'REJECT'], protocol: ['tcp', 'udp'] }}
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
            cell: ({ action }) => (
              <StatusIndicator type={action === 'ACCEPT' ? 'success' : 'error'}>
                {t(`flows.actions.${action}`)}
              </StatusIndicator>
            ),
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
      {shown.length > 0 && <Chart flows={shown} />}
      <LogSize log="flow-log" />
    </SpaceBetween>
  );
}

/** There is no half of an attempt. */
function wholeNumber(count: number): string {
  return Number.isInteger(count) ? String(count) : '';
}

/** How often each name was tried, of what is listed. */
function Chart({ flows }: { flows: readonly Flow[] }) {
  const { t } = useTranslation();
  const counts = new Map<string, { ACCEPT: number; REJECT: number }>();
  for (const { name, dstaddr, action } of flows) {
    const key = String(name === '-' ? dstaddr : name);
    const count = counts.get(key) ?? { ACCEPT: 0, REJECT: 0 };
    count[action === 'ACCEPT' ? 'ACCEPT' : 'REJECT'] += 1;
    counts.set(key, count);
  }
  const most = [...counts]
    .sort(([, one], [, other]) => other.ACCEPT + other.REJECT - one.ACCEPT - one.REJECT)
    .slice(0, charted);
  const series = (['ACCEPT', 'REJECT'] as const).map((action) => ({
    title: t(`flows.actions.${action}`),
    type: 'bar' as const,
    data: most.map(([name, count]) => ({ x: name, y: count[action] })),
  }));
  return (
    <BarChart
      series={series}
      xDomain={most.map(([name]) => name)}
      yTitle={t('flows.attempts')}
      i18nStrings={{ yTickFormatter: wholeNumber }}
      stackedBars
      horizontalBars
      hideFilter
      height={200}
      ariaLabel={t('flows.chart')}
    />
  );
}
