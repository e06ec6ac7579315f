import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { RepositoryBranchList, RepositoryDetails } from '@strongroom/contracts';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeRepository, useBranches } from '../../api/repositories.ts';
import { Failure } from '../../shell/Failure.tsx';
import { Moment } from '../../shell/Moment.tsx';
import { PageLink } from '../../shell/PageLink.tsx';
import { useAction } from '../../shell/use-action.ts';
import { type BranchChange, ChangeBranch } from './ChangeBranch.tsx';
import { repositoryAddress } from './repository-address.ts';
import { shownName } from './shown-name.ts';

type Branch = RepositoryBranchList['branches'][number];

interface Asked {
  readonly branch: string;
  readonly change: BranchChange;
}

/** The branches, and what makes one the default or protects it. */
export function BranchesTab({ details }: { readonly details: RepositoryDetails }) {
  const { t } = useTranslation();
  const branches = useBranches(details.name);
  const [asked, setAsked] = useState<Asked>();
  const protecting = useAction();
  const protect = (branch: string) =>
    protecting.run(() =>
      changeRepository(details.name, {
        protectedBranches: [...new Set([...details.protectedBranches, branch])],
      }),
    );
  const act = (branch: string, id: string) => {
    if (id === 'protect') void protect(branch);
    else setAsked({ branch, change: id === 'unprotect' ? 'unprotect' : 'makeDefault' });
  };
  return (
    <SpaceBetween size="m">
      {protecting.error !== undefined && <Failure error={protecting.error} />}
      {branches.error && <Failure error={branches.error} retry={() => void branches.refetch()} />}
      {!branches.error && (
        <Table
          wrapLines
          stickyColumns={{ last: details.may.manage ? 1 : 0 }}
          items={branches.data?.branches ?? []}
          trackBy="name"
          loading={branches.isPending}
          loadingText={t('loading')}
          header={
            <Header
              counter={`(${branches.data?.branches.length ?? 0})`}
              description={t('repositories.branchesText')}
            >
              {t('repositories.branches')}
            </Header>
          }
          empty={
            <Box textAlign="center">
              <b>{t('repositories.noBranches')}</b>
              <Box variant="p">{t('repositories.noBranchesText')}</Box>
            </Box>
          }
          columnDefinitions={[
            ...columnsOf(t, details),
            ...(details.may.manage ? [actionsColumn(t, act)] : []),
          ]}
        />
      )}
      {asked && <ChangeBranch {...asked} details={details} close={() => setAsked(undefined)} />}
    </SpaceBetween>
  );
}

type Column = TableProps.ColumnDefinition<Branch>;

function columnsOf(t: TFunction, { name: repository, defaultBranch }: RepositoryDetails): Column[] {
  return [
    {
      id: 'name',
      header: t('repositories.branch'),
      isRowHeader: true,
      minWidth: 200,
      cell: ({ name, isDefault, isProtected }) => (
        <span className="branch-name">
          <PageLink to={repositoryAddress({ repository, revision: name })}>
            <bdi className="long-name">{shownName(name)}</bdi>
          </PageLink>
          {isDefault && <Badge color="blue">{t('repositories.defaultMark')}</Badge>}
          {isProtected && <Badge>{t('repositories.protected')}</Badge>}
        </span>
      ),
    },
    {
      id: 'commit',
      header: t('repositories.lastCommit'),
      minWidth: 220,
      cell: ({ commit: { commitId, subject, author, authoredAt } }) => (
        <>
          <PageLink to={repositoryAddress({ repository }, `/commits/${commitId}`)}>
            <bdi className="long-name">{shownName(subject) || t('repositories.noSubject')}</bdi>
          </PageLink>
          <Box variant="small" display="block">
            <bdi>{shownName(author)}</bdi> · <Moment at={authoredAt} />
          </Box>
        </>
      ),
    },
    {
      id: 'against',
      header: (
        <bdi className="long-name">
          {t('repositories.aheadBehind', { branch: shownName(defaultBranch) })}
        </bdi>
      ),
      minWidth: 150,
      cell: ({ isDefault, ahead, behind }) => {
        if (isDefault) return '–';
        if (ahead === 0 && behind === 0) return t('repositories.even');
        return (
          <>
            {ahead > 0 && <div>{t('repositories.ahead', { count: ahead })}</div>}
            {behind > 0 && <div>{t('repositories.behind', { count: behind })}</div>}
          </>
        );
      },
    },
  ];
}

function actionsColumn(t: TFunction, act: (branch: string, id: string) => void): Column {
  return {
    id: 'actions',
    minWidth: 175,
    header: <span className="visually-hidden">{t('repositories.actions')}</span>,
    cell: ({ name, isDefault, isProtected }) => {
      const protection = isProtected ? 'unprotect' : 'protect';
      return (
        <span className="whole-line">
          <ButtonDropdown
            expandToViewport
            ariaLabel={t('repositories.actionsFor', { branch: shownName(name) })}
            items={[
              { id: protection, text: t(`repositories.${protection}`) },
              ...(isDefault ? [] : [{ id: 'makeDefault', text: t('repositories.makeDefault') }]),
            ]}
            onItemClick={({ detail }) => act(name, detail.id)}
          >
            {t('repositories.actions')}
          </ButtonDropdown>
        </span>
      );
    },
  };
}
