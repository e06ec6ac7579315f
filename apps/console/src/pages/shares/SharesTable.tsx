import { useCollection } from '@cloudscape-design/collection-hooks';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import type { ShareListName, ShareSummary } from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRuntime } from '../../api/spaces.ts';
import { shareColumns } from './share-columns.tsx';

interface SharesTableProps {
  readonly list: ShareListName;
  readonly profileName: string;
  readonly shares: readonly ShareSummary[];
  readonly isLoading: boolean;
}

const stateFilters = ['every', 'open', 'over'] as const;
type StateFilter = (typeof stateFilters)[number];
const pageSize = 25;

export function SharesTable({ list, profileName, shares, isLoading }: SharesTableProps) {
  const { t } = useTranslation();
  const [stateFilter, setStateFilter] = useState<StateFilter>('every');
  const ofState = shares.filter(({ state }) => fits(stateFilter, state));
  const columns = shareColumns({ list, t });
  const { items, filterProps, actions, collectionProps, paginationProps, filteredItemsCount } =
    useCollection(ofState, {
      filtering: {
        filteringFunction: matches,
        empty: <Empty {...{ list, profileName }} isFiltered={shares.length > 0} />,
        noMatch: (
          <Box textAlign="center">
            <SpaceBetween size="s">
              <b>{t('shares.noMatch')}</b>
              <Button onClick={() => actions.setFiltering('')}>{t('shares.clearFilter')}</Button>
            </SpaceBetween>
          </Box>
        ),
      },
      sorting: {
        defaultState: {
          isDescending: true,
          sortingColumn: columns.find(({ id }) => id === 'created') ?? {},
        },
      },
      pagination: { pageSize },
    });
  return (
    <Table
      {...collectionProps}
      wrapLines
      stickyColumns={{ last: 1 }}
      items={items}
      trackBy="shareId"
      loading={isLoading}
      loadingText={t('loading')}
      columnDefinitions={columns}
      header={<Header counter={`(${ofState.length})`}>{t(`shares.lists.${list}`)}</Header>}
      filter={
        <div className="share-filters">
          <TextFilter
            {...filterProps}
            filteringPlaceholder={t('shares.find')}
            filteringAriaLabel={t('shares.find')}
            {...(filterProps.filteringText === '' ? {} : { countText: `${filteredItemsCount}` })}
          />
          {list !== 'with-me' && (
            <Select
              ariaLabel={t('shares.stateFilter')}
              options={stateFilters.map((value) => ({
                ...{ value, label: t(`shares.stateFilters.${value}`) },
              }))}
              selectedOption={{
                value: stateFilter,
                label: t(`shares.stateFilters.${stateFilter}`),
              }}
              onChange={({ detail }) =>
                setStateFilter((detail.selectedOption.value ?? 'every') as StateFilter)
              }
            />
          )}
        </div>
      }
      pagination={shares.length > pageSize && <Pagination {...paginationProps} />}
    />
  );
}

function fits(filter: StateFilter, state: ShareSummary['state']): boolean {
  return filter === 'every' || (filter === 'open') === (state === 'active');
}

function matches({ title, owner, ownerDisplayName, audience }: ShareSummary, text: string) {
  const { teams, people } = audience;
  const searched = [title, owner, ownerDisplayName, ...teams, ...people].join('\n').toLowerCase();
  return searched.includes(text.trim().toLowerCase());
}

interface EmptyProps {
  readonly list: ShareListName;
  readonly profileName: string;
  readonly isFiltered: boolean;
}

function Empty({ list, profileName, isFiltered }: EmptyProps) {
  const isOnAws = useRuntime() === 'sagemaker';
  const { t } = useTranslation();
  if (isFiltered)
    return (
      <Box textAlign="center">
        <b>{t('shares.noMatch')}</b>
      </Box>
    );
  return (
    <Box textAlign="center">
      <SpaceBetween size="s">
        <b>{t(`shares.empty.${list}`)}</b>
        <div>
          {t(isOnAws && list !== 'with-me' ? 'shareObject.hint' : `shares.emptyHint.${list}`)}
        </div>
        {list === 'mine' && (
          <Button href={`/launch/${profileName}`} target="_blank" iconName="external">
            {t('shares.openStudio')}
          </Button>
        )}
      </SpaceBetween>
    </Box>
  );
}
