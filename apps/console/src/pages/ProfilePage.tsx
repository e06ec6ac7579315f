import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Tabs from '@cloudscape-design/components/tabs';
import type { Profile } from '@strongroom/contracts';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import { useDomain } from '../api/queries.ts';
import { AppsTable } from '../shell/AppsTable.tsx';
import { Failure } from '../shell/Failure.tsx';
import { Moment } from '../shell/Moment.tsx';
import { useTitle } from '../shell/use-title.ts';
import { AccessesTable } from './AccessesTable.tsx';
import { FilesTable } from './FilesTable.tsx';

export function ProfilePage() {
  const { t } = useTranslation();
  const { profileName = '' } = useParams();
  const [search, setSearch] = useSearchParams();
  const domain = useDomain();
  useTitle(t('profile.title', { profileName }));
  if (domain.error) return <Failure error={domain.error} retry={() => void domain.refetch()} />;
  if (!domain.data) return <StatusIndicator type="loading">{t('loading')}</StatusIndicator>;
  const profile = domain.data.profiles.find((each) => each.profileName === profileName);
  if (!profile) return <Header variant="h1">{t('profile.notFound', { profileName })}</Header>;
  const details = { id: 'details', label: t('profile.details'), content: <Details {...profile} /> };
  const apps = {
    id: 'apps',
    label: t('apps.title'),
    content: <AppsTable apps={profile.apps ?? []} title={t('apps.title')} />,
  };
  const files = {
    id: 'files',
    label: t('profile.files'),
    content: <FilesTable profileName={profileName} />,
  };
  const accesses = {
    id: 'accesses',
    label: t('profile.accesses'),
    content: <AccessesTable profileName={profileName} />,
  };
  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        actions={
          profile.mayLaunch && (
            <Button
              variant="primary"
              href={`/launch/${profileName}`}
              target="_blank"
              iconName="external"
              iconAlign="right"
            >
              {t('domain.openStudio')}
            </Button>
          )
        }
      >
        {t('profile.title', { profileName })}
      </Header>
      <Tabs
        activeTabId={search.get('tab') ?? 'details'}
        onChange={({ detail }) => setSearch({ tab: detail.activeTabId }, { replace: true })}
        tabs={[
          details,
          ...(profile.apps ? [apps, accesses] : []),
          ...(profile.isSelf && domain.data.runtime !== 'sagemaker' ? [files] : []),
        ]}
      />
    </SpaceBetween>
  );
}

function Details(profile: Profile) {
  const { t } = useTranslation();
  const copyable = (text: string) => (
    <CopyToClipboard
      variant="inline"
      textToCopy={text}
      copyButtonAriaLabel={t('copy')}
      copySuccessText={t('copied')}
      copyErrorText=""
    />
  );
  return (
    <Container>
      <KeyValuePairs
        columns={2}
        items={[
          { label: t('domain.displayName'), value: profile.displayName },
          { label: t('domain.team'), value: profile.team },
          { label: t('domain.role'), value: t(`role.${profile.role}`) },
          { label: t('domain.status'), value: t(`profileStatus.${profile.status}`) },
          { label: t('profile.arn'), value: copyable(profile.userProfileArn) },
          { label: t('profile.roleArn'), value: copyable(profile.executionRoleArn) },
          { label: t('domain.created'), value: <Moment at={profile.createdAt} /> },
        ]}
      />
    </Container>
  );
}
