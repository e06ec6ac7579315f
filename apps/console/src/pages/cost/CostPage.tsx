import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Cost, Person } from '@strongroom/contracts';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { costCsvPath, useCost } from '../../api/cost.ts';
import { useRuntime } from '../../api/spaces.ts';
import { Failure } from '../../shell/Failure.tsx';
import { Loading } from '../../shell/Loading.tsx';
import { useTitle } from '../../shell/use-title.ts';
import { BudgetGrantsTable } from './BudgetGrantsTable.tsx';
import { Budgets } from './Budgets.tsx';
import { CostChart } from './CostChart.tsx';
import { CostOverview } from './CostOverview.tsx';
import { CostShares } from './CostShares.tsx';
import { latestMonths, monthName } from './months.ts';

type CostPageProps = Pick<Person, 'profileName' | 'role'>;

/** What a month's apps cost: everybody's for whoever looks after the domain, one's own for all others. */
export function CostPage({ profileName, role }: CostPageProps) {
  const { t, i18n } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const months = latestMonths(new Date());
  const thisMonth = months[0] ?? '';
  const asked = search.get('month') ?? thisMonth;
  const month = months.includes(asked) ? asked : thisMonth;
  const cost = useCost(month);
  const seesAll = role !== 'data-scientist';
  const isOnAws = useRuntime() === 'sagemaker';
  useTitle(t('cost.title'));
  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        description={t(seesAll ? 'cost.explainAll' : 'cost.explain')}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Select
              ariaLabel={t('cost.month')}
              selectedOption={{ value: month, label: monthName(month, i18n.language) }}
              options={months.map((value) => ({ value, label: monthName(value, i18n.language) }))}
              onChange={({ detail }) => setSearch({ month: detail.selectedOption.value ?? month })}
            />
            <Button href={costCsvPath(month)} iconName="download" download={`cost-${month}.csv`}>
              {t('logs.export')}
            </Button>
          </SpaceBetween>
        }
      >
        {t('cost.title')}
      </Header>
      {isOnAws && <Alert type="info">{t('aws.costNote')}</Alert>}
      {cost.error && <Failure error={cost.error} retry={() => void cost.refetch()} />}
      {cost.isPending && <Loading label={t('loading')} />}
      {cost.data && (
        <Month
          cost={cost.data}
          seesAll={seesAll}
          mayGrant={role === 'administrator' && month === thisMonth}
          profileName={profileName}
        />
      )}
    </SpaceBetween>
  );
}

interface MonthProps {
  readonly cost: Cost;
  readonly seesAll: boolean;
  /** Only the month that runs can be granted more. */
  readonly mayGrant: boolean;
  readonly profileName: string;
}

function Month({ cost, seesAll, mayGrant, profileName }: MonthProps) {
  return (
    <SpaceBetween size="l">
      <CostOverview cost={cost} />
      <CostChart cost={cost} />
      <Budgets cost={cost} mayGrant={mayGrant} profileName={profileName} />
      {seesAll && <BudgetGrantsTable month={cost.month} prices={cost.prices} />}
      <CostShares cost={cost} seesAll={seesAll} />
    </SpaceBetween>
  );
}
