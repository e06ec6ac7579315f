import BarChart from '@cloudscape-design/components/bar-chart';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import type { Cost } from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMoney } from '../../shell/format-money.ts';
import { formatHours } from './format-hours.ts';

type Measure = 'amount' | 'hours';

/** Below it the ticks would all be written as nothing. */
const leastScale: Record<Measure, number> = { amount: 0.01, hours: 0.1 };

/** Each day of the month: what it cost, or how long apps ran. */
export function CostChart({ cost }: { readonly cost: Cost }) {
  const { t, i18n } = useTranslation();
  const { days, prices, total } = cost;
  const [chosen, choose] = useState<Measure>();
  // Where nothing has a price, the hours are what there is to see.
  const measure = chosen ?? (total.amount === 0 ? 'hours' : 'amount');
  const format = (value: number) =>
    measure === 'amount'
      ? formatMoney(value, prices, i18n.language)
      : t('cost.hoursOf', { hours: formatHours(value, i18n.language) });
  const isEmpty = days.every((day) => day[measure] === 0);
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <SegmentedControl
              label={t('cost.measure')}
              selectedId={measure}
              options={(['amount', 'hours'] as const).map((id) => ({
                ...{ id, text: t(`cost.measures.${id}`) },
              }))}
              onChange={({ detail }) => choose(detail.selectedId === 'hours' ? 'hours' : 'amount')}
            />
          }
        >
          {t('cost.daily')}
        </Header>
      }
    >
      <BarChart
        series={[
          {
            ...{ title: t(`cost.measures.${measure}`), type: 'bar' },
            data: isEmpty ? [] : days.map((day) => ({ x: day.day, y: day[measure] })),
            valueFormatter: format,
          },
        ]}
        xDomain={days.map(({ day }) => day)}
        yDomain={[0, Math.max(leastScale[measure], ...days.map((day) => day[measure]))]}
        xTitle={t('cost.dayUtc')}
        yTitle={t(`cost.measures.${measure}`)}
        i18nStrings={{
          xTickFormatter: (day) => shortDay(day, i18n.language),
          yTickFormatter: format,
        }}
        empty={
          <Box textAlign="center">
            <b>{t('cost.empty')}</b>
            <Box variant="p">{t('cost.emptyHint')}</Box>
          </Box>
        }
        hideFilter
        hideLegend
        height={200}
        ariaLabel={t('cost.daily')}
      />
    </Container>
  );
}

function shortDay(day: string, language: string): string {
  const format = { month: 'short', day: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(language, format).format(new Date(`${day}T00:00:00Z`));
}
