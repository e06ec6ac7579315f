import Box from '@cloudscape-design/components/box';
import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import type { BucketDetails } from '@strongroom/contracts';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { useBucket } from '../api/queries.ts';
import { Failure } from '../shell/Failure.tsx';
import { formatBytes } from '../shell/format-bytes.ts';
import { Moment } from '../shell/Moment.tsx';
import { useTitle } from '../shell/use-title.ts';
import { KeyState } from './KeyState.tsx';

/** A bucket as such: what it holds, under which key, by which policies, and whom the domain lets in. */
export function BucketDetailsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { bucket = '' } = useParams();
  const details = useBucket(bucket);
  useTitle(t('buckets.detailsTitle', { bucket }));
  if (details.error) return <Failure error={details.error} retry={() => void details.refetch()} />;
  if (!details.data) return <StatusIndicator type="loading">{t('loading')}</StatusIndicator>;
  return (
    <SpaceBetween size="l">
      <BreadcrumbGroup
        ariaLabel={t('buckets.title')}
        items={[
          { text: t('buckets.title'), href: '/buckets' },
          { text: bucket, href: `/buckets/${bucket}/details` },
        ]}
        onFollow={(event) => {
          event.preventDefault();
          void navigate(event.detail.href);
        }}
      />
      <Header
        variant="h1"
        description={details.data.description ?? ''}
        actions={
          details.data.may.mayList && (
            <Button onClick={() => void navigate(`/buckets/${bucket}`)}>
              {t('buckets.browse')}
            </Button>
          )
        }
      >
        {bucket}
      </Header>
      <Figures {...details.data} />
      <Access {...details.data} />
      <Policies {...details.data} />
    </SpaceBetween>
  );
}

function Figures({ overview, versioning, createdAt }: BucketDetails) {
  const { t } = useTranslation();
  const { usage, quotaBytes, key, isPublicAccessBlocked } = overview;
  const count = (value: number | undefined) => value?.toLocaleString() ?? t('buckets.notCounted');
  return (
    <Container header={<Header variant="h2">{t('buckets.details')}</Header>}>
      <KeyValuePairs
        columns={4}
        items={[
          { label: t('buckets.objects'), value: count(usage?.objectCount) },
          { label: t('buckets.versions'), value: count(usage?.versionCount) },
          {
            label: t('buckets.size'),
            value: usage ? formatBytes(usage.sizeBytes) : t('buckets.notCounted'),
          },
          {
            label: t('buckets.quotaLabel'),
            value: quotaBytes === null ? t('buckets.noQuota') : formatBytes(quotaBytes),
          },
          { label: t('buckets.key'), value: <KeyState {...key} /> },
          {
            label: t('buckets.bucketKey'),
            value: t(`buckets.bucketKeys.${key.bucketKeyEnabled ? 'on' : 'off'}`),
          },
          { label: t('buckets.versioning'), value: t(`buckets.versionings.${versioning}`) },
          {
            label: t('buckets.publicAccess'),
            value: (
              <StatusIndicator type={isPublicAccessBlocked ? 'success' : 'warning'}>
                {t(isPublicAccessBlocked ? 'buckets.blocked' : 'buckets.notBlocked')}
              </StatusIndicator>
            ),
          },
          {
            label: t('buckets.unfinished'),
            value: usage ? formatBytes(usage.unfinishedUploadBytes) : t('buckets.notCounted'),
          },
          { label: t('buckets.created'), value: <Moment at={createdAt} /> },
        ]}
      />
    </Container>
  );
}

function Access({ access }: BucketDetails) {
  const { t } = useTranslation();
  const whom = ({ to, toKind }: BucketDetails['access'][number]) => {
    if (toKind === 'everyone') return t('policies.bindings.everyone');
    return toKind === 'team' ? t('egress.subjects.team', { team: to }) : to;
  };
  return (
    <Table
      wrapLines
      items={access}
      header={
        <Header variant="h2" description={t('buckets.whoMayText')}>
          {t('buckets.whoMay')}
        </Header>
      }
      empty={<Box textAlign="center">{t('buckets.nobody')}</Box>}
      columnDefinitions={[
        { id: 'whom', header: t('buckets.whom'), isRowHeader: true, cell: whom },
        {
          id: 'permission',
          header: t('buckets.permission'),
          cell: ({ permission }) => t(`buckets.permissions.${permission}`),
        },
        {
          id: 'from',
          header: t('buckets.from'),
          cell: ({ from }) => from.map((origin) => t(`buckets.origins.${origin}`)).join(', '),
        },
      ]}
    />
  );
}

function Policies({ policies }: BucketDetails) {
  const { t, i18n } = useTranslation();
  const describe = ({ purpose }: BucketDetails['policies'][number]) => {
    if (purpose === null) return t('buckets.setPolicy');
    return i18n.language === 'ko' ? purpose.korean : purpose.english;
  };
  return (
    <SpaceBetween size="s">
      <Header variant="h2" description={t('buckets.policiesText')}>
        {t('buckets.policies')}
      </Header>
      {policies.map((policy) => {
        const text = JSON.stringify(policy.document, null, 2);
        return (
          <ExpandableSection
            key={policy.name}
            variant="container"
            headerText={policy.name}
            headerDescription={describe(policy)}
          >
            <SpaceBetween size="s">
              <CopyToClipboard
                textToCopy={text}
                copyButtonText={t('copy')}
                copySuccessText={t('copied')}
                copyErrorText=""
              />
              <Box variant="code">
                {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to get there */}
                <pre className="policy-document" tabIndex={0}>
                  {text}
                </pre>
              </Box>
            </SpaceBetween>
          </ExpandableSection>
        );
      })}
    </SpaceBetween>
  );
}
