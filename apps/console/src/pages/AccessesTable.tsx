import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Table from '@cloudscape-design/components/table';
import { useTranslation } from 'react-i18next';
import { useAccesses } from '../api/queries.ts';
import { AuditDetail } from '../shell/AuditDetail.tsx';
import { AuditEventName } from '../shell/AuditEventName.tsx';
import { Failure } from '../shell/Failure.tsx';
import { Moment } from '../shell/Moment.tsx';

/** What others did to this profile and its studio, or tried to. */
export function AccessesTable({ profileName }: { profileName: string }) {
  const { t } = useTranslation();
  const accesses = useAccesses(profileName);
  if (accesses.error)
    return <Failure error={accesses.error} retry={() => void accesses.refetch()} />;
  return (
    <Table
      wrapLines
      items={accesses.data?.pages.flatMap(({ events }) => events) ?? []}
      trackBy={({ sequence }) => String(sequence)}
      loading={accesses.isPending}
      loadingText={t('loading')}
      header={
        <Header variant="h2" description={t('profile.accessesText')}>
          {t('profile.accesses')}
        </Header>
      }
      empty={<Box textAlign="center">{t('profile.noAccesses')}</Box>}
      footer={
        accesses.hasNextPage && (
          <Box textAlign="center">
            <Button
              loading={accesses.isFetchingNextPage}
              onClick={() => void accesses.fetchNextPage()}
            >
              {t('logs.more')}
            </Button>
          </Box>
        )
      }
      columnDefinitions={[
        {
          id: 'time',
          header: t('logs.time'),
          minWidth: 120,
          cell: ({ time }) => <Moment at={time} />,
        },
        {
          id: 'who',
          header: t('audit.who'),
          isRowHeader: true,
          cell: ({ fields }) => String(fields.profileName ?? t('audit.operator')),
        },
        {
          id: 'event',
          header: t('audit.event'),
          minWidth: 190,
          cell: ({ event }) => <AuditEventName event={event} />,
        },
        {
          id: 'detail',
          header: t('audit.detail'),
          cell: ({ fields }) => <AuditDetail fields={fields} />,
        },
        { id: 'rule', header: t('logs.rule'), cell: ({ fields }) => String(fields.rule ?? '–') },
      ]}
    />
  );
}
