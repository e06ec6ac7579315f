import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import Header from '@cloudscape-design/components/header';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { oneTimePasswordSchema, type Profile } from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDomain } from '../api/queries.ts';
import { request, requestNothing } from '../api/request.ts';
import { AskFirst } from '../shell/AskFirst.tsx';
import { Failure } from '../shell/Failure.tsx';
import { useTitle } from '../shell/use-title.ts';
import { AddPerson } from './AddPerson.tsx';
import { RemovePerson } from './RemovePerson.tsx';

interface OneTimePassword {
  readonly profileName: string;
  readonly oneTimePassword: string;
}

type Asked = { readonly what: 'disable' | 'enable' | 'reset' | 'remove'; readonly who: Profile };

export function PeoplePage() {
  const { t } = useTranslation();
  const domain = useDomain();
  const [isAdding, setAdding] = useState(false);
  const [asked, setAsked] = useState<Asked>();
  const [made, setMade] = useState<OneTimePassword>();
  useTitle(t('people.title'));
  if (domain.error) return <Failure error={domain.error} retry={() => void domain.refetch()} />;
  const close = () => setAsked(undefined);
  return (
    <>
      <Table
        variant="full-page"
        items={domain.data?.profiles ?? []}
        trackBy="profileName"
        loading={domain.isPending}
        loadingText={t('loading')}
        header={
          <Header
            variant="h1"
            counter={`(${domain.data?.profiles.length ?? 0})`}
            actions={
              <Button variant="primary" onClick={() => setAdding(true)}>
                {t('people.add')}
              </Button>
            }
          >
            {t('people.title')}
          </Header>
        }
        columnDefinitions={[
          {
            id: 'name',
            header: t('people.profileName'),
            isRowHeader: true,
            cell: (who) => who.profileName,
          },
          { id: 'full', header: t('people.displayName'), cell: (who) => who.displayName },
          { id: 'role', header: t('people.role'), cell: (who) => t(`role.${who.role}`) },
          { id: 'team', header: t('people.team'), cell: (who) => who.team },
          {
            id: 'status',
            header: t('domain.status'),
            cell: (who) => (
              <StatusIndicator type={who.status === 'InService' ? 'success' : 'stopped'}>
                {t(`profileStatus.${who.status}`)}
              </StatusIndicator>
            ),
          },
          {
            id: 'actions',
            header: t('domain.actions'),
            cell: (who) => (
              <ButtonDropdown
                expandToViewport
                ariaLabel={t('people.actionsFor', who)}
                items={[
                  who.status === 'InService'
                    ? { id: 'disable', text: t('people.disable') }
                    : { id: 'enable', text: t('people.enable') },
                  { id: 'reset', text: t('people.reset') },
                  { id: 'remove', text: t('people.remove') },
                ]}
                onItemClick={({ detail }) => setAsked({ what: detail.id as Asked['what'], who })}
              >
                {t('domain.actions')}
              </ButtonDropdown>
            ),
          },
        ]}
      />
      {isAdding && (
        <AddPerson
          teams={[...new Set(domain.data?.profiles.map((each) => each.team))]}
          close={() => setAdding(false)}
          added={setMade}
        />
      )}
      {asked?.what === 'remove' && <RemovePerson profile={asked.who} close={close} />}
      {asked && asked.what !== 'remove' && (
        <AskFirst
          title={t(`people.${asked.what}Title`, asked.who)}
          confirm={t(`people.${asked.what}`)}
          close={close}
          act={() => act(asked, setMade)}
        >
          {t(`people.${asked.what}Text`)}
        </AskFirst>
      )}
      {made && <OneTime {...made} close={() => setMade(undefined)} />}
    </>
  );
}

async function act({ what, who }: Asked, made: (password: OneTimePassword) => void) {
  const path = `/api/profiles/${who.profileName}`;
  if (what !== 'reset')
    return requestNothing(path, { method: 'PATCH', body: { disabled: what === 'disable' } });
  made(
    await request(oneTimePasswordSchema, `${path}/one-time-password`, { method: 'POST', body: {} }),
  );
}

function OneTime({ profileName, oneTimePassword, close }: OneTimePassword & { close: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      visible
      header={t('people.oneTimeTitle', { profileName })}
      closeAriaLabel={t('close')}
      onDismiss={close}
      footer={
        <Box float="right">
          <Button variant="primary" onClick={close}>
            {t('close')}
          </Button>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <div>{t('people.oneTimeText')}</div>
        <SpaceBetween direction="horizontal" size="s">
          <span className="one-time-password">{oneTimePassword}</span>
          <CopyToClipboard
            variant="icon"
            textToCopy={oneTimePassword}
            copyButtonAriaLabel={t('copy')}
            copySuccessText={t('copied')}
            copyErrorText=""
          />
        </SpaceBetween>
      </SpaceBetween>
    </Modal>
  );
}
