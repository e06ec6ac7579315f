import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { type BudgetState, budgetGrantRequestSchema, type Prices } from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { grantBudget } from '../../api/cost.ts';
import { AskFirst } from '../../shell/AskFirst.tsx';
import { formatMoney, inCurrency } from '../../shell/format-money.ts';
import { budgetUse } from './budget-use.ts';

interface GrantBudgetProps {
  readonly budget: BudgetState;
  readonly name: string;
  readonly prices: Prices;
  readonly close: () => void;
  readonly granted: () => void;
}

/** More for the month that runs; who granted it and why is written down. */
export function GrantBudget({ budget, name, prices, close, granted }: GrantBudgetProps) {
  const { t, i18n } = useTranslation();
  const [amountText, setAmountText] = useState('');
  const [reason, setReason] = useState('');
  const { kind, name: subject } = budget;
  const amount = amountText.trim() === '' ? Number.NaN : Number(amountText);
  const grant = { kind, name: subject, amount, reason };
  const isAmount = budgetGrantRequestSchema.shape.amount.safeParse(amount).success;
  const { limitAmount } = budgetUse(budget);
  const read = (value: number) => formatMoney(value, prices, i18n.language);
  const next = isAmount ? limitAmount + amount : limitAmount;
  return (
    <AskFirst
      title={t('cost.grant.title', { name })}
      confirm={t('cost.grant.action')}
      isReady={budgetGrantRequestSchema.safeParse(grant).success}
      close={close}
      act={async () => {
        await grantBudget(grant);
        granted();
      }}
    >
      <SpaceBetween size="m">
        <div>
          {t('cost.grant.text', { before: read(limitAmount), used: read(budget.usedAmount) })}
        </div>
        <FormField
          label={t('cost.grant.amount', { currency: prices.currency })}
          {...(isAmount
            ? {
                constraintText: t('cost.grant.becomes', {
                  amount: inCurrency(amount, prices, i18n.language),
                  next: read(next),
                }),
              }
            : {})}
          {...(amountText !== '' && !isAmount ? { errorText: t('cost.grant.notAmount') } : {})}
        >
          <Input
            inputMode="decimal"
            value={amountText}
            onChange={({ detail }) => setAmountText(detail.value)}
          />
        </FormField>
        <FormField label={t('cost.grant.reason')} constraintText={t('cost.grant.reasonRule')}>
          <Textarea rows={3} value={reason} onChange={({ detail }) => setReason(detail.value)} />
        </FormField>
      </SpaceBetween>
    </AskFirst>
  );
}
