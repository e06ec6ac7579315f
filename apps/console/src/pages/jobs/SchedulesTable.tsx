import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import type { JobSchedule, Person } from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { deleteSchedule, saveSchedule, useJobSchedules } from '../../api/jobs.ts';
import { AskFirst } from '../../shell/AskFirst.tsx';
import { Failure } from '../../shell/Failure.tsx';
import { useAction } from '../../shell/use-action.ts';
import { useIsNarrow } from '../../shell/use-is-narrow.ts';
import { scheduleColumns } from './schedule-columns.tsx';

interface SchedulesTableProps extends Pick<Person, 'profileName' | 'role'> {
  readonly edit: (schedule: JobSchedule) => void;
}

/** What runs again and again, and when it does so next. */
export function SchedulesTable({ profileName, role, edit }: SchedulesTableProps) {
  const { t, i18n } = useTranslation();
  const answer = useJobSchedules();
  const isNarrow = useIsNarrow();
  const change = useAction();
  const [deleting, setDeleting] = useState<JobSchedule>();
  const schedules = answer.data?.schedules ?? [];
  const turn = ({ scheduleId, definition, cron, timeZone, isEnabled }: JobSchedule) =>
    void change.run(() =>
      saveSchedule({ definition, cron, timeZone, isEnabled: !isEnabled }, scheduleId),
    );
  if (answer.error) return <Failure error={answer.error} retry={() => void answer.refetch()} />;
  return (
    <SpaceBetween size="m">
      {change.error !== undefined && <Failure error={change.error} />}
      <Table
        wrapLines
        stickyColumns={{ last: isNarrow ? 0 : 1 }}
        items={schedules}
        trackBy="scheduleId"
        loading={answer.isPending}
        loadingText={t('loading')}
        header={<Header counter={`(${schedules.length})`}>{t('jobs.schedules.title')}</Header>}
        columnDefinitions={scheduleColumns({
          ...{ t, language: i18n.language, profileName, isBusy: change.isBusy },
          ...{ seesAll: role !== 'data-scientist', isNarrow },
          acts: { edit, turn, delete: setDeleting },
        })}
        empty={
          <Box textAlign="center">
            <b>{t('jobs.schedules.empty')}</b>
            <Box variant="p">{t('jobs.schedules.emptyHint')}</Box>
          </Box>
        }
      />
      {deleting && (
        <AskFirst
          title={t('jobs.schedules.deleteTitle', { name: deleting.definition.name })}
          confirm={t('jobs.schedules.delete')}
          close={() => setDeleting(undefined)}
          act={() => deleteSchedule(deleting.scheduleId)}
        >
          {t('jobs.schedules.deleteText')}
        </AskFirst>
      )}
    </SpaceBetween>
  );
}
