import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import type { JobSchedule } from '@strongroom/contracts';
import { rhythmOf } from '@strongroom/contracts/rhythm';
import type { TFunction } from 'i18next';
import { columnsInSight } from '../../shell/columns-in-sight.ts';
import { Moment } from '../../shell/Moment.tsx';
import { rhythmText } from './rhythm-text.ts';

interface ScheduleColumnOptions {
  readonly t: TFunction;
  readonly language: string;
  readonly profileName: string;
  readonly seesAll: boolean;
  readonly isNarrow: boolean;
  readonly isBusy: boolean;
  readonly acts: {
    edit(schedule: JobSchedule): void;
    /** On and off. */
    turn(schedule: JobSchedule): void;
    delete(schedule: JobSchedule): void;
  };
}

export function scheduleColumns(
  options: ScheduleColumnOptions,
): TableProps.ColumnDefinition<JobSchedule>[] {
  const { t, language, seesAll, isNarrow } = options;
  const columns: TableProps.ColumnDefinition<JobSchedule>[] = [
    {
      id: 'name',
      header: t('jobs.name'),
      isRowHeader: true,
      minWidth: 160,
      cell: ({ definition }) => (
        <>
          <span className="long-name">{definition.name}</span>
          <div className="long-name">{definition.notebookPath}</div>
        </>
      ),
    },
    {
      id: 'rhythm',
      header: t('jobs.schedules.when'),
      minWidth: 200,
      cell: ({ cron, timeZone }) => (
        <>
          {rhythmText(rhythmOf(cron), { t, language })}
          <div>{t('jobs.schedules.inZone', { timeZone })}</div>
        </>
      ),
    },
    {
      id: 'state',
      header: t('jobs.status'),
      minWidth: 120,
      cell: ({ isEnabled }) => (
        <StatusIndicator type={isEnabled ? 'success' : 'stopped'}>
          {t(isEnabled ? 'jobs.schedules.on' : 'jobs.schedules.off')}
        </StatusIndicator>
      ),
    },
    {
      id: 'next',
      header: t('jobs.schedules.next'),
      cell: ({ nextRunAt, isEnabled }) =>
        nextRunAt === null || !isEnabled ? '–' : <Moment at={nextRunAt} />,
    },
    {
      id: 'acts',
      header: <span className="visually-hidden">{t('jobs.acts')}</span>,
      minWidth: 150,
      cell: (schedule) => <Acts schedule={schedule} options={options} />,
    },
  ];
  const whose = {
    ...{ id: 'whose', header: t('jobs.whose') },
    cell: (schedule: JobSchedule) => schedule.profileName,
  };
  const all = seesAll ? [...columns.slice(0, 1), whose, ...columns.slice(1)] : columns;
  return isNarrow ? columnsInSight(all, ['name', 'state', 'acts']) : all;
}

interface ActsProps {
  readonly schedule: JobSchedule;
  readonly options: ScheduleColumnOptions;
}

function Acts({ schedule, options }: ActsProps) {
  const { t, acts, profileName, isBusy } = options;
  const isOwn = schedule.profileName === profileName;
  const { name } = schedule.definition;
  return (
    <ButtonDropdown
      disabled={isBusy}
      expandToViewport
      ariaLabel={t('jobs.actsFor', { name })}
      items={[
        // What runs, and as whom, is its owner's to say.
        ...(isOwn ? [{ id: 'edit', text: t('jobs.schedules.edit') }] : []),
        {
          id: 'turn',
          text: t(schedule.isEnabled ? 'jobs.schedules.turnOff' : 'jobs.schedules.turnOn'),
        },
        { id: 'delete', text: t('jobs.schedules.delete') },
      ]}
      onItemClick={({ detail }) => {
        if (detail.id === 'edit') acts.edit(schedule);
        else if (detail.id === 'turn') acts.turn(schedule);
        else acts.delete(schedule);
      }}
    >
      {t('jobs.acts')}
    </ButtonDropdown>
  );
}
