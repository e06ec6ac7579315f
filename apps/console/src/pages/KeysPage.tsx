import Box from '@cloudscape-design/components/box';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import Container from '@cloudscape-design/components/container';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import {
  type KeyCommandName,
  type KeyOverview,
  type KeyOverviewList,
  keyCommandNameSchema,
} from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeys } from '../api/queries.ts';
import { Failure } from '../shell/Failure.tsx';
import { Moment } from '../shell/Moment.tsx';
import { useTitle } from '../shell/use-title.ts';
import { ChangeKey } from './ChangeKey.tsx';
import { keyIndicators } from './KeyState.tsx';
import { nameOfKey } from './name-of-key.ts';
import { SealedData } from './SealedData.tsx';

interface Asked {
  readonly subject: KeyOverview;
  readonly command: KeyCommandName;
}

/** Every key with who used it last and what nobody could read without it. */
export function KeysPage() {
  const { t } = useTranslation();
  const keys = useKeys();
  const [asked, setAsked] = useState<Asked>();
  useTitle(t('keys.title'));
  return (
    <SpaceBetween size="l">
      <Header variant="h1" description={t('keys.explain')}>
        {t('keys.title')}
      </Header>
      {keys.error && <Failure error={keys.error} retry={() => void keys.refetch()} />}
      {keys.isPending && <StatusIndicator type="loading">{t('loading')}</StatusIndicator>}
      {keys.data?.keys.length === 0 && (
        <Container>
          <Box textAlign="center">{t('keys.empty')}</Box>
        </Container>
      )}
      {keys.data?.keys.map((key) => (
        <Key
          key={key.keyId}
          overview={key}
          {...keys.data}
          ask={(command) => setAsked({ subject: key, command })}
        />
      ))}
      {asked && <ChangeKey {...asked} close={() => setAsked(undefined)} />}
    </SpaceBetween>
  );
}

interface KeyProps extends Pick<KeyOverviewList, 'mayCommand' | 'lookBackDays'> {
  readonly overview: KeyOverview;
  readonly ask: (command: KeyCommandName) => void;
}

function Key({ overview, mayCommand, lookBackDays, ask }: KeyProps) {
  const { t, i18n } = useTranslation();
  const { state, deletionDate } = overview;
  const alias = nameOfKey(overview);
  const known = `keys.known.${alias}`;
  const description = i18n.exists(known) ? t(known) : overview.description;
  const date = deletionDate === null ? '' : new Date(deletionDate).toLocaleString(i18n.language);
  const commands = commandsFor(state).filter((command) => mayCommand.includes(command));
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={description}
          actions={
            commands.length > 0 && (
              <ButtonDropdown
                ariaLabel={t('keys.actionsFor', { alias })}
                items={commands.map((id) => ({ id, text: t(`keys.commands.${id}`) }))}
                onItemClick={({ detail }) => ask(keyCommandNameSchema.parse(detail.id))}
              >
                {t('keys.actions')}
              </ButtonDropdown>
            )
          }
        >
          <span className="long-name">{alias}</span>
        </Header>
      }
    >
      <SpaceBetween size="l">
        <StatusIndicator type={keyIndicators[state]}>
          {t(`keys.states.${state}`, { date })}
        </StatusIndicator>
        <Facts overview={overview} lookBackDays={lookBackDays} />
        <SpaceBetween size="xs">
          <Box variant="awsui-key-label">
            {t(state === 'Enabled' ? 'keys.seals' : 'keys.sealsNow')}
          </Box>
          <SealedData seals={overview.seals} />
        </SpaceBetween>
      </SpaceBetween>
    </Container>
  );
}

function commandsFor(state: KeyOverview['state']): KeyCommandName[] {
  switch (state) {
    case 'Enabled':
      return ['rotate', 'disable', 'schedule-deletion'];
    case 'Disabled':
      return ['enable', 'schedule-deletion'];
    case 'PendingDeletion':
      return ['cancel-deletion'];
  }
}

function Facts({ overview, lookBackDays }: Pick<KeyProps, 'overview' | 'lookBackDays'>) {
  const { t } = useTranslation();
  const { keyId, arn, aliases, provider, versionCount, createdAt, rotatedAt, lastUse } = overview;
  return (
    <KeyValuePairs
      columns={4}
      items={[
        {
          label: t('keys.id'),
          value: (
            <CopyToClipboard
              variant="inline"
              textToCopy={arn}
              textToDisplay={keyId}
              copyButtonAriaLabel={t('copy')}
              copySuccessText={t('copied')}
              copyErrorText=""
            />
          ),
        },
        { label: t('keys.aliases'), value: aliases.join(', ') || '–' },
        { label: t('keys.provider'), value: t(`keys.providers.${provider}`) },
        { label: t('keys.versions'), value: versionCount },
        { label: t('keys.created'), value: <Moment at={createdAt} /> },
        {
          label: t('keys.rotated'),
          value: rotatedAt === null ? t('keys.neverRotated') : <Moment at={rotatedAt} />,
        },
        {
          label: t('keys.lastUse'),
          value:
            lastUse === null ? t('keys.notUsed', { days: lookBackDays }) : <LastUse {...lastUse} />,
        },
      ]}
    />
  );
}

function LastUse({
  at,
  action,
  kind,
  principal,
  profileName,
}: NonNullable<KeyOverview['lastUse']>) {
  const { t } = useTranslation();
  return (
    <>
      <Moment at={at} />
      <div>{t(`keys.usedBy.${kind}`, { name: profileName ?? principal })}</div>
      <Box variant="small">{action}</Box>
    </>
  );
}
