import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import type { Cost } from '@strongroom/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMoney } from '../../shell/format-money.ts';
import { formatHours, percentOf } from './format-hours.ts';
import { monthName } from './months.ts';

/** The month in four figures. */
export function CostOverview({ cost }: { readonly cost: Cost }) {
  const { t, i18n } = useTranslation();
  const { total, forecastAmount, prices } = cost;
  const money = (amount: number) => formatMoney(amount, prices, i18n.language);
  const idlePercent = percentOf(total.idleHours, total.hours);
  const isOver = forecastAmount === null;
  return (
    <Container
      header={
        <Header variant="h2" description={t('cost.pricesOf', prices)}>
          {monthName(cost.month, i18n.language)}
        </Header>
      }
    >
      <KeyValuePairs
        columns={4}
        items={[
          {
            label: t(isOver ? 'cost.whole' : 'cost.toDate'),
            value: <Figure>{money(total.amount)}</Figure>,
          },
          {
            label: t('cost.forecast'),
            value: (
              <>
                <Figure>{isOver ? '–' : money(forecastAmount)}</Figure>
                <Box variant="small">{t(isOver ? 'cost.monthOver' : 'cost.forecastText')}</Box>
              </>
            ),
          },
          {
            label: t('cost.hours'),
            value: <Figure>{formatHours(total.hours, i18n.language)}</Figure>,
          },
          {
            label: t('cost.idleHours'),
            value: (
              <>
                <Figure>{formatHours(total.idleHours, i18n.language)}</Figure>
                <Box variant="small">{t('cost.idleShare', { percent: idlePercent })}</Box>
              </>
            ),
          },
        ]}
      />
    </Container>
  );
}

function Figure({ children }: { readonly children: ReactNode }) {
  return <Box fontSize="heading-xl">{children}</Box>;
}
