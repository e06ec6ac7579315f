import BarChart from '@cloudscape-design/components/bar-chart';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import type { AuditEventRecord } from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAudit } from '../api/queries.ts';
import { AuditEventName } from '../shell/AuditEventName.tsx';
import { Failure } from '../shell/Failure.tsx';
import { type LogFilter, LogFilters } from '../shell/LogFilters.tsx';
import { Moment } from '../shell/Moment.tsx';
import { useTitle } from '../shell/use-title.ts';

const charted = 8;

/** What was decided and done, from the trail that nobody here can change. */
export function AuditPage() {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<LogFilter>({});
  const audit = useAudit(filter);
  useTitle(t('audit.title'));
  if (audit.error) return <Failure error={audit.error} retry={() => void audit.refetch()} />;
  const shown = audit.data?.pages.flatMap((page) => page.events) ?? [];
  const csv = `/api/audit.csv?${new URLSearchParams(filter as Record<string, string>)}`;
  return (
    <SpaceBetween size="l">
      <Table
        variant="full-page"
        wrapLines
        items={shown}
        trackBy={({ sequence }) => String(sequence)}
        loading={audit.isPending}
        loadingText={t('loading')}
        empty={<Box textAlign="center">{t('audit.empty')}</Box>}
        header={
          <Header
            variant="h1"
            description={t('audit.explain')}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button
                  iconName="refresh"
                  ariaLabel={t('refresh')}
                  onClick={() => void audit.refetch()}
                />
                <Button href={csv} iconName="download" download="audit-trail.csv">
                  {t('logs.export')}
                </Button>
              </SpaceBetween>
            }
          >
            {t('audit.title')}
          </Header>
        }
        filter={<LogFilters filter={filter} change={setFilter} choices={{}} text="event" />}
        footer={
          audit.hasNextPage && (
            <Box textAlign="center">
              <Button loading={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>
                {t('logs.more')}
              </Button>
            </Box>
          )
        }
        columnDefinitions={[
          { id: 'sequence', header: t('audit.number'), cell: ({ sequence }) => sequence },
          { id: 'time', header: t('logs.time'), cell: ({ time }) => <Moment at={time} /> },
          {
            id: 'event',
            header: t('audit.event'),
            isRowHeader: true,
            cell: ({ event }) => <AuditEventName event={event} />,
          },
          { id: 'who', header: t('audit.who'), cell: ({ fields }) => text(fields.profileName) },
          { id: 'whom', header: t('audit.whom'), cell: ({ fields }) => text(fields.target) },
          { id: 'rule', header: t('logs.rule'), cell: ({ fields }) => text(fields.rule) },
          { id: 'from', header: t('audit.from'), cell: ({ fields }) => text(fields.remoteAddress) },
          {
            id: 'reference',
            header: t('audit.reference'),
            cell: ({ fields }) => text(fields.reference),
          },
        ]}
      />
      {shown.length > 0 && <Chart events={shown} />}
    </SpaceBetween>
  );
}

function text(value: unknown): string {
  return typeof value === 'string' && value !== '' ? value : '–';
}

/** There is no half of an event. */
function wholeNumber(count: number): string {
  return Number.isInteger(count) ? String(count) : '';
}

/** How often each thing happened, of what is listed. */
function Chart({ events }: { events: readonly AuditEventRecord[] }) {
  const { t, i18n } = useTranslation();
  const nameOf = (event: string) =>
    i18n.exists(`audit.names.${event}`) ? t(`audit.names.${event}`) : event;
  const counts = new Map<string, number>();
  for (const { event } of events) counts.set(event, (counts.get(event) ?? 0) + 1);
  const most = [...counts].sort(([, one], [, other]) => other - one).slice(0, charted);
  return (
    <BarChart
      series={[
        {
          title: t('audit.events'),
          type: 'bar',
          data: most.map(([event, count]) => ({ x: nameOf(event), y: count })),
        },
      ]}
      xDomain={most.map(([event]) => nameOf(event))}
      i18nStrings={{ yTickFormatter: wholeNumber }}
      horizontalBars
      hideFilter
      hideLegend
      height={200}
      ariaLabel={t('audit.chart')}
    />
  );
}
