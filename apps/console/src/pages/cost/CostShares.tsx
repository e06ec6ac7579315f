import Box from '@cloudscape-design/components/box';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import Tabs from '@cloudscape-design/components/tabs';
import type { Cost, CostShare } from '@strongroom/contracts';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { formatMoney } from '../../shell/format-money.ts';
import { formatHours, percentOf } from './format-hours.ts';

interface CostSharesProps {
  readonly cost: Cost;
  /** Of one person alone there is nothing to tell apart by person and team. */
  readonly seesAll: boolean;
}

const everybodys = ['byPerson', 'byTeam'] as const;
const anybodys = ['byImage', 'byInstanceType'] as const;

/** What the month's cost is made of. */
export function CostShares({ cost, seesAll }: CostSharesProps) {
  const { t, i18n } = useTranslation();
  const kinds = [...(seesAll ? everybodys : []), ...anybodys];
  return (
    <Tabs
      ariaLabel={t('cost.shares')}
      tabs={kinds.map((kind) => ({
        id: kind,
        label: t(`cost.by.${kind}`),
        content: (
          <Table
            wrapLines
            items={cost[kind]}
            trackBy="name"
            ariaLabels={{ tableLabel: t(`cost.by.${kind}`) }}
            columnDefinitions={columns({ t, kind, cost, language: i18n.language })}
            empty={
              <Box textAlign="center">
                <b>{t('cost.empty')}</b>
                <Box variant="p">{t('cost.emptyHint')}</Box>
              </Box>
            }
          />
        ),
      }))}
    />
  );
}

interface ColumnOptions {
  readonly t: TFunction;
  readonly kind: string;
  readonly cost: Cost;
  readonly language: string;
}

function columns(options: ColumnOptions): TableProps.ColumnDefinition<CostShare>[] {
  const { t, kind, cost, language } = options;
  return [
    {
      id: 'name',
      header: t(`cost.by.${kind}`),
      isRowHeader: true,
      cell: ({ name }) => <span className="long-name">{name}</span>,
    },
    { id: 'hours', header: t('cost.hours'), cell: ({ hours }) => formatHours(hours, language) },
    {
      id: 'idle',
      header: t('cost.idleHours'),
      cell: ({ hours, idleHours }) =>
        t('cost.idleOf', {
          hours: formatHours(idleHours, language),
          percent: percentOf(idleHours, hours),
        }),
    },
    {
      id: 'amount',
      header: t('cost.amount'),
      cell: ({ amount }) => formatMoney(amount, cost.prices, language),
    },
    {
      id: 'share',
      header: t('cost.share'),
      cell: ({ amount }) => `${percentOf(amount, cost.total.amount)}%`,
    },
  ];
}
