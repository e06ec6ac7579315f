import Box from '@cloudscape-design/components/box';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Flashbar from '@cloudscape-design/components/flashbar';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import type { DomainPolicy, PolicyBinding } from '@strongroom/contracts';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { usePolicies } from '../api/queries.ts';
import { Failure } from '../shell/Failure.tsx';
import { useTitle } from '../shell/use-title.ts';
import { AccessMatrix } from './AccessMatrix.tsx';
import { AskPolicies } from './AskPolicies.tsx';

/** Every policy with whom it binds, and what the policies would answer. */
export function PoliciesPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  useTitle(t('policies.title'));
  return (
    <SpaceBetween size="l">
      <Header variant="h1" description={t('policies.explain')}>
        {t('policies.title')}
      </Header>
      <Tabs
        activeTabId={search.get('tab') ?? 'ask'}
        onChange={({ detail }) => setSearch({ tab: detail.activeTabId }, { replace: true })}
        tabs={[
          { id: 'ask', label: t('policies.ask'), content: <AskPolicies /> },
          { id: 'matrix', label: t('policies.matrix'), content: <AccessMatrix /> },
          { id: 'documents', label: t('policies.documents'), content: <Documents /> },
        ]}
      />
    </SpaceBetween>
  );
}

function Documents() {
  const { t, i18n } = useTranslation();
  const policies = usePolicies();
  if (policies.error)
    return <Failure error={policies.error} retry={() => void policies.refetch()} />;
  const { problems = [], warnings = [] } = policies.data ?? {};
  return (
    <SpaceBetween size="m">
      {problems.length + warnings.length > 0 && (
        <Flashbar
          items={[
            ...problems.map(({ file, problem }) => ({
              ...{ id: file, type: 'error' as const, header: t('policies.notInForce', { file }) },
              content: <span lang="en">{problem}</span>,
            })),
            ...warnings.map(({ policy, warning }) => ({
              ...{ id: `${policy} ${warning.english}`, type: 'warning' as const },
              header: t('policies.lookAgain', { policy }),
              content: i18n.language === 'ko' ? warning.korean : warning.english,
            })),
          ]}
        />
      )}
      {policies.data?.policies.map((policy) => (
        <Document key={policy.name} {...policy} />
      ))}
    </SpaceBetween>
  );
}

function Document({ name, kind, purpose, bindings, file, document }: DomainPolicy) {
  const { t, i18n } = useTranslation();
  const text = JSON.stringify(document, null, 2);
  const binds = bindings
    .map((binding) => describeBinding(binding, (key, values) => t(key, values)))
    .join(', ');
  return (
    <ExpandableSection
      variant="container"
      headerText={name}
      headerDescription={i18n.language === 'ko' ? purpose.korean : purpose.english}
    >
      <SpaceBetween size="s">
        <div>
          {t(`policies.kinds.${kind}`)}. {t('policies.binds', { binds })}
          {file !== null && ` ${t('policies.file', { file })}`}
        </div>
        <CopyToClipboard
          textToCopy={text}
          copyButtonText={t('copy')}
          copySuccessText={t('copied')}
          copyErrorText=""
        />
        <Box variant="code">
          <pre className="policy-document">{text}</pre>
        </Box>
      </SpaceBetween>
    </ExpandableSection>
  );
}

function describeBinding(
  binding: PolicyBinding,
  t: (key: string, values: Record<string, string>) => string,
): string {
  switch (binding.kind) {
    case 'everyone':
      return t('policies.bindings.everyone', {});
    case 'role':
      return t(`role.${binding.role}`, {});
    case 'team':
      return t('egress.subjects.team', { team: binding.team });
    case 'person':
      return binding.profileName;
    case 'execution-role':
      return t('policies.bindings.executionRole', { profileName: binding.profileName });
    case 'every-execution-role':
      return t('policies.bindings.everyExecutionRole', {});
    case 'bucket':
      return t('policies.bindings.bucket', { bucket: binding.bucket });
    case 'key':
      return t('policies.bindings.key', { keyId: binding.keyId });
    case 'endpoint':
      return t('policies.bindings.endpoint', { endpoint: binding.endpoint });
  }
}
