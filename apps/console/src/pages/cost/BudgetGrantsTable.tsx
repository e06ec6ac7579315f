import Header from '@cloudscape-design/components/header';
import Table from '@cloudscape-design/components/table';
import type { Prices } from '@strongroom/contracts';
import { useTranslation } from 'react-i18next';
import { useBudgetGrants } from '../../api/cost.ts';
import { Failure } from '../../shell/Failure.tsx';
import { formatMoney } from '../../shell/format-money.ts';
import { Moment } from '../../shell/Moment.tsx';

interface BudgetGrantsTableProps {
  readonly month: string;
  readonly prices: Prices;
}

/** What was granted in the month, by whom and why; nothing where nothing was. */
export function BudgetGrantsTable({ month, prices }: BudgetGrantsTableProps) {
  const { t, i18n } = useTranslation();
  const answer = useBudgetGrants(month);
  if (answer.error) return <Failure error={answer.error} retry={() => void answer.refetch()} />;
  const grants = answer.data?.grants ?? [];
  if (grants.length === 0) return null;
  return (
    <Table
      wrapLines
      items={grants}
      trackBy={({ kind, name, grantedAt }) => `${kind} ${name} ${grantedAt}`}
      header={<Header counter={`(${grants.length})`}>{t('cost.grants.title')}</Header>}
      columnDefinitions={[
        {
          id: 'name',
          header: t('cost.budget.whose'),
          isRowHeader: true,
          cell: ({ kind, name }) => t(`cost.budget.of.${kind}`, { name }),
        },
        {
          id: 'amount',
          header: t('cost.amount'),
          cell: ({ amount }) => formatMoney(amount, prices, i18n.language),
        },
        {
          id: 'reason',
          header: t('cost.grants.reason'),
          cell: ({ reason }) => <span className="long-name">{reason}</span>,
        },
        { id: 'by', header: t('cost.grants.by'), cell: ({ grantedBy }) => grantedBy },
        {
          id: 'at',
          header: t('cost.grants.at'),
          cell: ({ grantedAt }) => <Moment at={grantedAt} />,
        },
      ]}
    />
  );
}
