import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Tabs from '@cloudscape-design/components/tabs';
import type { RepositoryDetails } from '@strongroom/contracts';
import { useTranslation } from 'react-i18next';
import { Route, Routes, useNavigate, useParams } from 'react-router';
import { useRepository } from '../../api/repositories.ts';
import { Failure } from '../../shell/Failure.tsx';
import { PageLink } from '../../shell/PageLink.tsx';
import { useTitle } from '../../shell/use-title.ts';
import { NotFoundPage } from '../NotFoundPage.tsx';
import { BranchesTab } from './BranchesTab.tsx';
import { CloneButton } from './CloneButton.tsx';
import { CommitPage } from './CommitPage.tsx';
import { CommitsTab } from './CommitsTab.tsx';
import { FilePage } from './FilePage.tsx';
import { FirstSteps } from './FirstSteps.tsx';
import { FolderPage } from './FolderPage.tsx';
import './repositories.css';
import { repositoryAddress } from './repository-address.ts';
import { SettingsTab } from './SettingsTab.tsx';

/** A repository: `…/`, `…/file`, `…/commits`, `…/commits/<commit>`, `…/branches` and `…/settings`. */
export function RepositoryPage({ profileName }: { readonly profileName: string }) {
  const { t } = useTranslation();
  const { repository = '' } = useParams();
  const answer = useRepository(repository);
  useTitle(repository);
  if (answer.error)
    return (
      <SpaceBetween size="m">
        <Failure
          title={t('repositories.notFound')}
          error={answer.error}
          retry={() => void answer.refetch()}
        />
        <PageLink to="/repositories">{t('repositories.toList')}</PageLink>
      </SpaceBetween>
    );
  if (!answer.data) return <StatusIndicator type="loading">{t('loading')}</StatusIndicator>;
  // Another repository begins anew.
  return <Repository key={repository} details={answer.data} profileName={profileName} />;
}

interface RepositoryProps {
  readonly details: RepositoryDetails;
  readonly profileName: string;
}

function Repository({ details, profileName }: RepositoryProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { name, description, isEmpty, may } = details;
  return (
    <SpaceBetween size="l">
      <BreadcrumbGroup
        ariaLabel={t('repositories.title')}
        items={[
          { text: t('repositories.title'), href: '/repositories' },
          { text: name, href: repositoryAddress({ repository: name }) },
        ]}
        onFollow={(event) => {
          event.preventDefault();
          void navigate(event.detail.href);
        }}
      />
      <Header
        variant="h1"
        description={
          description !== '' && <bdi className="repository-description">{description}</bdi>
        }
        actions={
          !isEmpty && may.pull && <CloneButton details={details} profileName={profileName} />
        }
      >
        <span className="long-name">{name}</span>
      </Header>
      <Sections {...{ details, profileName }} />
    </SpaceBetween>
  );
}

type Tab = 'files' | 'commits' | 'branches' | 'settings';

function Sections({ details, profileName }: RepositoryProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { '*': section = '' } = useParams();
  const { name: repository, isEmpty, may } = details;
  const active = tabOf(section);
  const tabs: Tab[] = [
    'files',
    ...(isEmpty ? [] : (['commits', 'branches'] as const)),
    ...(may.manage ? (['settings'] as const) : []),
  ];
  if (!tabs.includes(active)) return <NotFoundPage />;
  return (
    <Tabs
      ariaLabel={repository}
      activeTabId={active}
      onChange={({ detail }) => void navigate(detail.activeTabHref ?? '')}
      tabs={tabs.map((id) => ({
        ...{ id, label: t(`repositories.tabs.${id}`) },
        href: repositoryAddress({ repository }, id === 'files' ? '' : `/${id}`),
        content: id === active && <Content {...{ details, profileName }} />,
      }))}
    />
  );
}

function tabOf(section: string): Tab {
  const first = section.split('/')[0];
  return first === 'commits' || first === 'branches' || first === 'settings' ? first : 'files';
}

function Content({ details, profileName }: RepositoryProps) {
  if (details.isEmpty)
    return (
      <Routes>
        <Route path="settings" element={<SettingsTab details={details} />} />
        <Route path="*" element={<FirstSteps details={details} profileName={profileName} />} />
      </Routes>
    );
  return (
    <Routes>
      <Route index element={<FolderPage details={details} />} />
      <Route path="file" element={<FilePage details={details} />} />
      <Route path="commits" element={<CommitsTab details={details} />} />
      <Route path="commits/:commit" element={<CommitPage details={details} />} />
      <Route path="branches" element={<BranchesTab details={details} />} />
      <Route path="settings" element={<SettingsTab details={details} />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}
