import { useCollection } from '@cloudscape-design/collection-hooks';
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import type { Domain, Profile } from '@strongroom/contracts';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useDomain } from '../api/queries.ts';
import { AppsTable } from '../shell/AppsTable.tsx';
import { Failure } from '../shell/Failure.tsx';
import { Moment } from '../shell/Moment.tsx';
import { useTitle } from '../shell/use-title.ts';

export function DomainPage() {
  const { t } = useTranslation();
  const domain = useDomain();
  useTitle(t('navigation.domain'));
  if (domain.error) return <Failure error={domain.error} retry={() => void domain.refetch()} />;
  if (!domain.data) return <StatusIndicator type="loading">{t('loading')}</StatusIndicator>;
  const self = domain.data.profiles.find((profile) => profile.isSelf);
  const runningApps = (self?.apps ?? []).filter((app) => app.endedAt === null);
  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        actions={
          self && (
            <Button
              variant="primary"
              href={`/launch/${self.profileName}`}
              target="_blank"
              iconName="external"
              iconAlign="right"
            >
              {t('domain.openStudio')}
            </Button>
          )
        }
      >
        {t('domain.title', { domainName: domain.data.domainName })}
      </Header>
      {domain.data.runtime === 'sagemaker' && (
        <Alert type="info" header={t('aws.note')}>
          {t('aws.noteText')}
        </Alert>
      )}
      <DomainDetails domain={domain.data} />
      <ProfilesTable profiles={domain.data.profiles} />
      <AppsTable apps={runningApps} title={t('apps.mine')} />
    </SpaceBetween>
  );
}

function DomainDetails({ domain }: { domain: Domain }) {
  const { t } = useTranslation();
  return (
    <Container header={<Header variant="h2">{t('domain.details')}</Header>}>
      <KeyValuePairs
        columns={3}
        items={[
          { label: t('domain.account'), value: domain.accountId },
          { label: t('domain.region'), value: domain.region },
          { label: t('domain.arn'), value: domain.domainArn },
          ...(domain.runtime === 'sagemaker'
            ? []
            : [
                {
                  label: t('domain.images'),
                  value: domain.images.map((image) => image.displayName).join(', '),
                },
              ]),
          {
            label: t('domain.instanceTypes'),
            value: domain.instanceTypes.map((type) => type.instanceType).join(', '),
          },
        ]}
      />
    </Container>
  );
}

function ProfilesTable({ profiles }: { profiles: readonly Profile[] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const ownFirst = [...profiles].sort((a, b) => Number(b.isSelf) - Number(a.isSelf));
  const { items, collectionProps, filterProps, paginationProps } = useCollection(ownFirst, {
    filtering: { noMatch: <Box textAlign="center">{t('domain.noMatch')}</Box> },
    pagination: { pageSize: 20 },
    sorting: {},
  });
  return (
    <Table
      {...collectionProps}
      items={items}
      trackBy="profileName"
      header={<Header counter={`(${profiles.length})`}>{t('domain.profiles')}</Header>}
      filter={
        <TextFilter
          {...filterProps}
          filteringPlaceholder={t('domain.search')}
          filteringAriaLabel={t('domain.search')}
        />
      }
      pagination={<Pagination {...paginationProps} />}
      columnDefinitions={[
        {
          id: 'name',
          header: t('domain.name'),
          sortingField: 'profileName',
          isRowHeader: true,
          cell: (profile) => (
            <>
              <Link
                href={`/profiles/${profile.profileName}`}
                onFollow={(event) => {
                  event.preventDefault();
                  void navigate(`/profiles/${profile.profileName}`);
                }}
              >
                {profile.profileName}
              </Link>
              {profile.isSelf && ` (${t('domain.you')})`}
            </>
          ),
        },
        {
          id: 'displayName',
          header: t('domain.displayName'),
          sortingField: 'displayName',
          cell: (profile) => profile.displayName,
        },
        { id: 'role', header: t('domain.role'), cell: (profile) => t(`role.${profile.role}`) },
        {
          id: 'team',
          header: t('domain.team'),
          sortingField: 'team',
          cell: (profile) => profile.team,
        },
        {
          id: 'status',
          header: t('domain.status'),
          cell: (profile) => (
            <StatusIndicator type={profile.status === 'InService' ? 'success' : 'stopped'}>
              {t(`profileStatus.${profile.status}`)}
            </StatusIndicator>
          ),
        },
        {
          id: 'created',
          header: t('domain.created'),
          sortingField: 'createdAt',
          cell: (profile) => <Moment at={profile.createdAt} />,
        },
        {
          id: 'launch',
          header: t('domain.actions'),
          cell: (profile) => <LaunchButton profile={profile} />,
        },
      ]}
    />
  );
}

function LaunchButton({ profile }: { profile: Profile }) {
  const { t } = useTranslation();
  if (!profile.mayLaunch)
    return (
      <Box color="text-status-inactive" fontSize="body-s">
        {t('notYours', { profileName: profile.profileName })}
      </Box>
    );
  return (
    <ButtonDropdown
      expandToViewport
      items={[
        {
          id: 'studio',
          text: t('domain.studio'),
          href: `/launch/${profile.profileName}`,
          external: true,
        },
      ]}
    >
      {t('domain.launchApp')}
    </ButtonDropdown>
  );
}
