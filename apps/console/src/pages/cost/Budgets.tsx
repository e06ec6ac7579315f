import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import type { BudgetState, Cost } from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { budgetColumns } from './budget-columns.tsx';
import { GrantBudget } from './GrantBudget.tsx';

interface BudgetsProps {
  readonly cost: Cost;
  readonly mayGrant: boolean;
  readonly profileName: string;
}

/** What may be spent in the month, and how far it is; administrators grant more. */
export function Budgets({ cost, mayGrant, profileName }: BudgetsProps) {
  const { t, i18n } = useTranslation();
  const [granting, setGranting] = useState<BudgetState>();
  const [granted, setGranted] = useState<BudgetState>();
  const { budgets, prices } = cost;
  const nameOf = ({ kind, name }: BudgetState) => t(`cost.budget.of.${kind}`, { name });
  const grantButton = (budget: BudgetState) =>
    // Nobody raises their own budget.
    !(budget.kind === 'person' && budget.name === profileName) && (
      <Button
        wrapText={false}
        ariaLabel={t('cost.grant.named', { name: nameOf(budget) })}
        onClick={() => setGranting(budget)}
      >
        {t('cost.grant.action')}
      </Button>
    );
  return (
    <SpaceBetween size="s">
      {granted && (
        <Alert
          type="success"
          dismissible
          dismissAriaLabel={t('close')}
          onDismiss={() => setGranted(undefined)}
        >
          {t('cost.grant.done', { name: nameOf(granted) })}
        </Alert>
      )}
      <Table
        wrapLines
        items={budgets}
        trackBy={({ kind, name }) => `${kind} ${name}`}
        header={
          <Header counter={`(${budgets.length})`} description={t('cost.budget.explain')}>
            {t('cost.budget.title')}
          </Header>
        }
        columnDefinitions={budgetColumns({
          ...{ t, prices, nameOf, language: i18n.language },
          grantButton: mayGrant ? grantButton : undefined,
        })}
        empty={
          <Box textAlign="center">
            <b>{t('cost.budget.empty')}</b>
            <Box variant="p">{t('cost.budget.emptyHint')}</Box>
          </Box>
        }
      />
      {granting && (
        <GrantBudget
          budget={granting}
          name={nameOf(granting)}
          prices={prices}
          close={() => setGranting(undefined)}
          granted={() => setGranted(granting)}
        />
      )}
    </SpaceBetween>
  );
}
