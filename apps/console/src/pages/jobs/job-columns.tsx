import Button from '@cloudscape-design/components/button';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator, {
  type StatusIndicatorProps,
} from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import type { Job, JobStatus } from '@strongroom/contracts';
import type { TFunction } from 'i18next';
import { columnsInSight } from '../../shell/columns-in-sight.ts';
import { Moment } from '../../shell/Moment.tsx';
import { PageLink } from '../../shell/PageLink.tsx';
import { outputAddress } from './output-address.ts';

interface JobColumnOptions {
  readonly t: TFunction;
  readonly language: string;
  readonly profileName: string;
  readonly seesAll: boolean;
  readonly isNarrow: boolean;
  readonly acts: { cancel(job: Job): void; showLog(job: Job): void };
}

const indicators: Record<JobStatus, StatusIndicatorProps.Type> = {
  queued: 'pending',
  starting: 'in-progress',
  running: 'in-progress',
  completed: 'success',
  failed: 'error',
  cancelling: 'in-progress',
  cancelled: 'stopped',
};

export function jobColumns(options: JobColumnOptions): TableProps.ColumnDefinition<Job>[] {
  const { t, seesAll, isNarrow, acts } = options;
  const columns: TableProps.ColumnDefinition<Job>[] = [
    {
      id: 'name',
      header: t('jobs.name'),
      isRowHeader: true,
      minWidth: isNarrow ? 130 : 160,
      cell: ({ definition }) => (
        <>
          <span className="long-name">{definition.name}</span>
          <div className="long-name">{definition.notebookPath}</div>
        </>
      ),
    },
    {
      id: 'status',
      header: t('jobs.status'),
      minWidth: isNarrow ? 170 : 190,
      cell: (job) => <Status job={job} t={t} />,
    },
    {
      id: 'output',
      header: t('jobs.output'),
      minWidth: 150,
      cell: (job) => <Output job={job} profileName={options.profileName} />,
    },
    {
      id: 'created',
      header: t('jobs.created'),
      cell: ({ createdAt }) => <Moment at={createdAt} />,
    },
    {
      id: 'ended',
      header: t('jobs.ended'),
      cell: ({ endedAt }) => (endedAt === null ? '–' : <Moment at={endedAt} />),
    },
    {
      id: 'acts',
      header: <span className="visually-hidden">{t('jobs.acts')}</span>,
      minWidth: isNarrow ? 120 : 190,
      cell: (job) => (
        <Acts job={job} isOwn={job.profileName === options.profileName} {...{ acts, t }} />
      ),
    },
  ];
  const whose = { id: 'whose', header: t('jobs.whose'), cell: (job: Job) => job.profileName };
  const all = seesAll ? [...columns.slice(0, 1), whose, ...columns.slice(1)] : columns;
  return isNarrow ? columnsInSight(all, ['name', 'status', 'acts']) : all;
}

function Status({ job, t }: { readonly job: Job; readonly t: TFunction }) {
  const { status, attempt, progress, failure, definition } = job;
  return (
    <>
      <StatusIndicator type={indicators[status]}>{t(`jobs.statuses.${status}`)}</StatusIndicator>
      {attempt > 1 && <div>{t('jobs.attempt', { attempt })}</div>}
      {status === 'running' && progress !== null && progress.totalCells > 0 && (
        <ProgressBar
          value={(progress.finishedCells / progress.totalCells) * 100}
          ariaLabel={definition.name}
          additionalInfo={t('jobs.progress', progress)}
        />
      )}
      {failure !== null && (
        <div className="long-name">
          {failure.cell === null
            ? failure.message
            : t('jobs.failedCell', { cell: failure.cell + 1, message: failure.message })}
        </div>
      )}
    </>
  );
}

interface OutputProps {
  readonly job: Job;
  readonly profileName: string;
}

/** Another person's home is theirs alone. */
function Output({ job, profileName }: OutputProps) {
  const { outputLocation } = job;
  if (outputLocation === null) return '–';
  const text = <span className="long-name">{outputLocation}</span>;
  const isReached = job.profileName === profileName || outputLocation.startsWith('s3://');
  if (!isReached) return text;
  return <PageLink to={outputAddress(outputLocation, profileName)}>{text}</PageLink>;
}

interface ActsProps extends Pick<JobColumnOptions, 'acts' | 't'> {
  readonly job: Job;
  /** What a notebook wrote is its owner's alone. */
  readonly isOwn: boolean;
}

function Acts({ job, isOwn, acts, t }: ActsProps) {
  const { name } = job.definition;
  const isOver = ['completed', 'failed', 'cancelled', 'cancelling'].includes(job.status);
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {isOwn && (
        <Button
          wrapText={false}
          ariaLabel={t('jobs.log.named', { name })}
          onClick={() => acts.showLog(job)}
        >
          {t('jobs.log.action')}
        </Button>
      )}
      {!isOver && (
        <Button
          wrapText={false}
          ariaLabel={t('jobs.cancel.named', { name })}
          onClick={() => acts.cancel(job)}
        >
          {t('jobs.cancel.short')}
        </Button>
      )}
    </SpaceBetween>
  );
}
