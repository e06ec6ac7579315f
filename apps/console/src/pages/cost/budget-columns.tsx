import ProgressBar from '@cloudscape-design/components/progress-bar';
import StatusIndicator, {
  type StatusIndicatorProps,
} from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import type { BudgetState, Prices } from '@strongroom/contracts';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { formatMoney } from '../../shell/format-money.ts';
import { type BudgetUse, budgetUse } from './budget-use.ts';

interface BudgetColumnOptions {
  readonly t: TFunction;
  readonly prices: Prices;
  readonly language: string;
  readonly nameOf: (budget: BudgetState) => string;
  readonly grantButton: ((budget: BudgetState) => ReactNode) | undefined;
}

const indicators: Record<BudgetUse['state'], StatusIndicatorProps.Type> = {
  below: 'success',
  noticed: 'info',
  near: 'warning',
  reached: 'error',
};

export function budgetColumns(
  options: BudgetColumnOptions,
): TableProps.ColumnDefinition<BudgetState>[] {
  const { t, prices, language, nameOf, grantButton } = options;
  const money = (amount: number) => formatMoney(amount, prices, language);
  const columns: TableProps.ColumnDefinition<BudgetState>[] = [
    { id: 'name', header: t('cost.budget.whose'), isRowHeader: true, cell: nameOf },
    {
      id: 'used',
      header: t('cost.budget.used'),
      minWidth: 200,
      cell: (budget) => {
        const { limitAmount, usedPercent } = budgetUse(budget);
        const values = { used: money(budget.usedAmount), limit: money(limitAmount) };
        return (
          <ProgressBar
            value={Math.min(100, usedPercent)}
            ariaLabel={nameOf(budget)}
            additionalInfo={t('cost.budget.usedOf', values)}
          />
        );
      },
    },
    {
      id: 'state',
      header: t('cost.budget.state'),
      minWidth: 180,
      cell: (budget) => <State budget={budget} t={t} />,
    },
    {
      id: 'granted',
      header: t('cost.budget.granted'),
      cell: ({ grantedAmount }) => (grantedAmount === 0 ? '–' : money(grantedAmount)),
    },
  ];
  if (grantButton === undefined) return columns;
  const header = <span className="visually-hidden">{t('cost.grant.action')}</span>;
  return [...columns, { id: 'grant', header, minWidth: 150, cell: grantButton }];
}

function State({ budget, t }: { readonly budget: BudgetState; readonly t: TFunction }) {
  const { state } = budgetUse(budget);
  return (
    <StatusIndicator type={indicators[state]}>
      {t(budget.blocks ? 'cost.budget.blocks' : `cost.budget.states.${state}`)}
    </StatusIndicator>
  );
}
