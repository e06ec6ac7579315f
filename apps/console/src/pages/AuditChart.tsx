import BarChart from '@cloudscape-design/components/bar-chart';
import Box from '@cloudscape-design/components/box';
import type { AuditCounts } from '@strongroom/contracts';
import { useTranslation } from 'react-i18next';
import { useAuditCounts } from '../api/queries.ts';
import type { LogFilter } from '../shell/LogFilters.tsx';

/** How much happened when, of everything that the filter lets through. */
export function AuditChart({ filter }: { filter: LogFilter }) {
  const { t, i18n } = useTranslation();
  const counts = useAuditCounts(filter);
  const buckets = counts.data?.buckets ?? [];
  const format = formatterOf(counts.data?.unit ?? 'day', i18n.language);
  const series = (title: string, countOf: (bucket: Bucket) => number, color?: string) => ({
    ...{ title, type: 'bar' as const },
    ...(color === undefined ? {} : { color }),
    data: buckets.map((bucket) => ({ x: bucket.start, y: countOf(bucket) })),
  });
  return (
    <>
      <BarChart
        series={[
          series(t('audit.done'), ({ count, refusedCount }) => count - refusedCount),
          series(t('audit.refused'), ({ refusedCount }) => refusedCount, refusedColor),
        ]}
        xDomain={buckets.map(({ start }) => start)}
        xTitle={t('audit.timeUtc')}
        yTitle={t('audit.events')}
        i18nStrings={{ xTickFormatter: format, yTickFormatter: wholeNumber }}
        statusType={counts.isPending ? 'loading' : counts.error ? 'error' : 'finished'}
        loadingText={t('loading')}
        errorText={t('audit.noChart')}
        empty={<Box textAlign="center">{t('audit.empty')}</Box>}
        stackedBars
        hideFilter
        height={140}
        ariaLabel={t('audit.chart')}
      />
      {counts.data?.isComplete === false && (
        <Box color="text-body-secondary" fontSize="body-s">
          {t('audit.incomplete')}
        </Box>
      )}
    </>
  );
}

type Bucket = AuditCounts['buckets'][number];

/** `console.css` has one for the light and one for the dark mode. */
const refusedColor = 'var(--strongroom-refused)';

/** In UTC, as the days of the filter are. */
function formatterOf(unit: AuditCounts['unit'], language: string): (start: string) => string {
  const parts: Intl.DateTimeFormatOptions =
    unit === 'day'
      ? { month: 'short', day: 'numeric' }
      : { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  const formatter = new Intl.DateTimeFormat(language, { ...parts, timeZone: 'UTC' });
  return (start) => formatter.format(new Date(start));
}

/** There is no half of an event. */
function wholeNumber(count: number): string {
  return Number.isInteger(count) ? String(count) : '';
}
