import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { auditEventNameSchema } from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAudit } from '../api/queries.ts';
import { AuditDetail } from '../shell/AuditDetail.tsx';
import { AuditEventName } from '../shell/AuditEventName.tsx';
import { auditTarget } from '../shell/audit-detail.ts';
import { Failure } from '../shell/Failure.tsx';
import { type LogFilter, LogFilters } from '../shell/LogFilters.tsx';
import { LogSize } from '../shell/LogSize.tsx';
import { Moment } from '../shell/Moment.tsx';
import { useTitle } from '../shell/use-title.ts';
import { AuditChart } from './AuditChart.tsx';

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
        filter={
          <SpaceBetween size="m">
            <LogFilters
              filter={filter}
              change={setFilter}
              choices={{ event: auditEventNameSchema.options }}
              nameOf={(_, event) => t(`audit.names.${event}`)}
            />
            <AuditChart filter={filter} />
          </SpaceBetween>
        }
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
          {
            id: 'sequence',
            header: t('audit.number'),
            minWidth: 70,
            cell: ({ sequence }) => sequence,
          },
          {
            id: 'time',
            header: t('logs.time'),
            minWidth: 120,
            cell: ({ time }) => <Moment at={time} />,
          },
          {
            id: 'event',
            header: t('audit.event'),
            isRowHeader: true,
            minWidth: 190,
            cell: ({ event }) => <AuditEventName event={event} />,
          },
          { id: 'who', header: t('audit.who'), cell: ({ fields }) => text(fields.profileName) },
          {
            id: 'whom',
            header: t('audit.whom'),
            minWidth: 110,
            cell: ({ fields }) => text(auditTarget(fields)),
          },
          {
            id: 'detail',
            header: t('audit.detail'),
            minWidth: 200,
            cell: ({ fields }) => <AuditDetail fields={fields} />,
          },
          {
            id: 'rule',
            header: t('logs.rule'),
            minWidth: 130,
            cell: ({ fields }) => text(fields.rule),
          },
          {
            id: 'from',
            header: t('audit.from'),
            minWidth: 110,
            cell: ({ fields }) => text(fields.remoteAddress),
          },
          {
            id: 'reference',
            header: t('audit.reference'),
            cell: ({ fields }) => text(fields.reference),
          },
        ]}
      />
      <LogSize log="audit-trail" />
    </SpaceBetween>
  );
}

function text(value: unknown): string {
  return typeof value === 'string' && value !== '' ? value : '–';
}
