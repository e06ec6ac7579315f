import StatusIndicator, {
  type StatusIndicatorProps,
} from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import type { AppStatus, Prices, Space, SpaceStatus } from '@strongroom/contracts';
import type { TFunction } from 'i18next';
import { hourlyPrice } from '../../shell/hourly-price.ts';
import { Moment } from '../../shell/Moment.tsx';

interface ColumnOptions {
  readonly t: TFunction;
  readonly language: string;
  readonly prices: Prices | undefined;
}

const ofSpace: Record<SpaceStatus, StatusIndicatorProps.Type> = {
  Pending: 'in-progress',
  InService: 'success',
  Updating: 'in-progress',
  Deleting: 'in-progress',
  Failed: 'error',
  Update_Failed: 'warning',
  Delete_Failed: 'warning',
};
const ofApp: Record<AppStatus, StatusIndicatorProps.Type> = {
  Pending: 'in-progress',
  InService: 'success',
  Deleting: 'in-progress',
  Deleted: 'stopped',
  Failed: 'error',
};

export function spaceColumns(options: ColumnOptions): TableProps.ColumnDefinition<Space>[] {
  const { t, language, prices } = options;
  return [
    { id: 'name', header: t('spaces.name'), isRowHeader: true, cell: ({ spaceName }) => spaceName },
    {
      id: 'status',
      header: t('spaces.status'),
      minWidth: 120,
      cell: ({ status, failureReason }) => (
        <>
          <StatusIndicator type={ofSpace[status]}>{t(`spaces.state.${status}`)}</StatusIndicator>
          {failureReason !== null && <div>{failureReason}</div>}
        </>
      ),
    },
    {
      id: 'app',
      header: t('spaces.app'),
      minWidth: 140,
      cell: ({ app }) => {
        if (app === null || app.status === 'Deleted')
          return <StatusIndicator type="stopped">{t('spaces.noApp')}</StatusIndicator>;
        return (
          <>
            <StatusIndicator type={ofApp[app.status]}>
              {t(`appStatus.${app.status}`)}
            </StatusIndicator>
            {app.failureReason !== null && <div>{app.failureReason}</div>}
          </>
        );
      },
    },
    {
      id: 'type',
      header: t('spaces.instanceType'),
      minWidth: 130,
      cell: ({ instanceType, pricePerHour }) => (
        <>
          {instanceType ?? '–'}
          {prices && <div>{hourlyPrice(pricePerHour, prices, { t, language })}</div>}
        </>
      ),
    },
    {
      id: 'created',
      header: t('spaces.created'),
      cell: ({ createdAt }) => <Moment at={createdAt} />,
    },
  ];
}
