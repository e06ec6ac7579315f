import StatusIndicator, {
  type StatusIndicatorProps,
} from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import type { App, AppStatus, AppUsage, Prices } from '@strongroom/contracts';
import type { TFunction } from 'i18next';
import { AppUse } from './AppUse.tsx';
import { formatBytes } from './format-bytes.ts';
import { hourlyPrice } from './hourly-price.ts';
import { Moment } from './Moment.tsx';

interface AppColumnOptions {
  readonly t: TFunction;
  readonly language: string;
  /** What it uses now, where it is known. */
  readonly usageOf: (app: App) => AppUsage | undefined;
  readonly prices: Prices | undefined;
}

const indicators: Record<AppStatus, StatusIndicatorProps.Type> = {
  Pending: 'pending',
  InService: 'success',
  Deleting: 'in-progress',
  Deleted: 'stopped',
  Failed: 'error',
};

/** What an app runs on, what it costs and uses, and when it ends by itself. */
export function appColumns(options: AppColumnOptions): TableProps.ColumnDefinition<App>[] {
  const { t, language, usageOf, prices } = options;
  return [
    {
      id: 'type',
      header: t('apps.type'),
      isRowHeader: true,
      minWidth: 160,
      cell: (app) => (
        <>
          {t(`appType.${app.appType}`)}
          <div className="long-name">{app.appName}</div>
        </>
      ),
    },
    {
      id: 'status',
      header: t('apps.status'),
      minWidth: 110,
      cell: (app) => (
        <>
          <StatusIndicator type={indicators[app.status]}>
            <span title={app.endReason ?? ''}>{stateText(app, usageOf(app), t)}</span>
          </StatusIndicator>
          {app.endedWithPlatform && <div>{t(`apps.endedWith.${app.endedWithPlatform}`)}</div>}
        </>
      ),
    },
    {
      id: 'use',
      header: t('appUse.title'),
      minWidth: 190,
      cell: (app) => {
        const usage = usageOf(app);
        if (usage) return <AppUse usage={usage} />;
        return app.memoryBytes === null ? '–' : formatBytes(app.memoryBytes);
      },
    },
    {
      id: 'instanceType',
      header: t('apps.runsOn'),
      minWidth: 130,
      cell: (app) => {
        const usage = usageOf(app);
        // The studio's own server has no price.
        const isPriced = usage && prices && app.appType !== 'JupyterServer';
        return (
          <>
            {app.instanceType}
            {isPriced && (
              <div className="whole-line">
                {hourlyPrice(usage.pricePerHour, prices, { t, language })}
              </div>
            )}
            <div className="long-name">{app.imageName}</div>
            {usage?.hasNewerImage && (
              <StatusIndicator type="info">{t('appUse.newerImage')}</StatusIndicator>
            )}
          </>
        );
      },
    },
    { id: 'started', header: t('apps.started'), cell: (app) => <Moment at={app.startedAt} /> },
    {
      id: 'ends',
      header: t('appUse.ends'),
      minWidth: 120,
      cell: (app) => <Ends usage={usageOf(app)} t={t} />,
    },
  ];
}

/** While it starts, what it waits for. */
function stateText({ status }: App, usage: AppUsage | undefined, t: TFunction): string {
  if (usage === undefined || usage.stage === 'running') return t(`appStatus.${status}`);
  const position = usage.queuePosition ?? 1;
  return t(`appUse.stages.${usage.stage}`, { position });
}

function Ends({ usage, t }: { readonly usage: AppUsage | undefined; readonly t: TFunction }) {
  const { idleEndsAt = null, lifetimeEndsAt = null } = usage ?? {};
  if (idleEndsAt === null && lifetimeEndsAt === null) return '–';
  return (
    <>
      {idleEndsAt !== null && (
        <div>
          {t('appUse.idle')} <Moment at={idleEndsAt} />
        </div>
      )}
      {lifetimeEndsAt !== null && (
        <div>
          {t('appUse.lifetime')} <Moment at={lifetimeEndsAt} />
        </div>
      )}
    </>
  );
}
