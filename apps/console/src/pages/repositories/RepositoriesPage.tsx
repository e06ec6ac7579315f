import { useCollection } from '@cloudscape-design/collection-hooks';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import type { RepositorySummary } from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useRepositories } from '../../api/repositories.ts';
import { Failure } from '../../shell/Failure.tsx';
import { useTitle } from '../../shell/use-title.ts';
import { CreateRepository } from './CreateRepository.tsx';
import { NoRepositories } from './NoRepositories.tsx';
import './repositories.css';
import { repositoryAddress } from './repository-address.ts';
import { repositoryColumns } from './repository-columns.tsx';

const pageSize = 25;

/** The repositories that one may use. */
export function RepositoriesPage({ profileName }: { readonly profileName: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const answer = useRepositories();
  const [isCreating, setCreating] = useState(false);
  useTitle(t('repositories.title'));
  const { repositories = [], mayCreate = false } = answer.data ?? {};
  const createButton = mayCreate && (
    <Button variant="primary" onClick={() => setCreating(true)}>
      {t('repositories.create')}
    </Button>
  );
  return (
    <SpaceBetween size="l">
      <Header variant="h1" description={t('repositories.explain')} actions={createButton}>
        {t('repositories.title')}
      </Header>
      {answer.error && <Failure error={answer.error} retry={() => void answer.refetch()} />}
      {!answer.error && (
        <RepositoriesTable
          {...{ repositories, profileName, mayCreate }}
          isLoading={answer.isPending}
        />
      )}
      {isCreating && (
        <CreateRepository
          profileName={profileName}
          taken={repositories.map(({ name }) => name)}
          close={() => setCreating(false)}
          created={(repository) => void navigate(repositoryAddress({ repository }))}
        />
      )}
    </SpaceBetween>
  );
}

interface RepositoriesTableProps {
  readonly repositories: readonly RepositorySummary[];
  readonly profileName: string;
  readonly mayCreate: boolean;
  readonly isLoading: boolean;
}

function RepositoriesTable(props: RepositoriesTableProps) {
  const { repositories, profileName, mayCreate, isLoading } = props;
  const { t } = useTranslation();
  const columns = repositoryColumns(t, profileName);
  const { items, filterProps, actions, collectionProps, paginationProps, filteredItemsCount } =
    useCollection(repositories, {
      filtering: {
        filteringFunction: matches,
        empty: <NoRepositories mayCreate={mayCreate} />,
        noMatch: (
          <Box textAlign="center">
            <SpaceBetween size="s">
              <b>{t('repositories.noMatch')}</b>
              <Button onClick={() => actions.setFiltering('')}>
                {t('repositories.clearFilter')}
              </Button>
            </SpaceBetween>
          </Box>
        ),
      },
      sorting: { defaultState: { sortingColumn: columns[0] ?? {} } },
      pagination: { pageSize },
    });
  return (
    <Table
      {...collectionProps}
      wrapLines
      items={items}
      trackBy="name"
      loading={isLoading}
      loadingText={t('loading')}
      columnDefinitions={columns}
      header={<Header counter={`(${repositories.length})`}>{t('repositories.title')}</Header>}
      filter={
        repositories.length > 0 && (
          <TextFilter
            {...filterProps}
            filteringPlaceholder={t('repositories.find')}
            filteringAriaLabel={t('repositories.find')}
            {...(filterProps.filteringText === '' ? {} : { countText: `${filteredItemsCount}` })}
          />
        )
      }
      pagination={repositories.length > pageSize && <Pagination {...paginationProps} />}
    />
  );
}

function matches({ name, description, owner }: RepositorySummary, text: string): boolean {
  return `${name}\n${description}\n${owner}`.toLowerCase().includes(text.trim().toLowerCase());
}
