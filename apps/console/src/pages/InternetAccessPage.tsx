import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { Egress, EgressRequest } from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryClient, useEgress } from '../api/queries.ts';
import { requestNothing } from '../api/request.ts';
import { AskFirst } from '../shell/AskFirst.tsx';
import { Failure } from '../shell/Failure.tsx';
import { Moment } from '../shell/Moment.tsx';
import { useTitle } from '../shell/use-title.ts';
import { AskForAccess } from './AskForAccess.tsx';
import { type EgressAct, EgressRequests } from './EgressRequests.tsx';

interface Asked {
  readonly act: EgressAct;
  readonly request: EgressRequest;
}

/** What one's studio reaches outside, asking for more, and for administrators deciding about it. */
export function InternetAccessPage({ profileName }: { profileName: string }) {
  const { t } = useTranslation();
  const egress = useEgress();
  const [isAsking, setAsking] = useState(false);
  const [asked, setAsked] = useState<Asked>();
  useTitle(t('egress.title'));
  if (egress.error) return <Failure error={egress.error} retry={() => void egress.refetch()} />;
  if (!egress.data) return <StatusIndicator type="loading">{t('loading')}</StatusIndicator>;
  const { requests, mayDecide, mayRequest, now } = egress.data;
  const ask = (act: EgressAct, request: EgressRequest) => setAsked({ act, request });
  const shown = { profileName, mayDecide, ask };
  const pending = requests.filter(({ state }) => state === 'Pending');
  const open = requests.filter(({ state }) => state === 'Approved');
  const over = requests.filter(({ state }) => state !== 'Pending' && state !== 'Approved');
  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        description={t('egress.explain')}
        actions={
          mayRequest && (
            <Button variant="primary" onClick={() => setAsking(true)}>
              {t('egress.ask')}
            </Button>
          )
        }
      >
        {t('egress.title')}
      </Header>
      {mayRequest && <Now now={now} />}
      <EgressRequests {...shown} id="pending" requests={pending} />
      <EgressRequests {...shown} id="open" requests={open} />
      <EgressRequests {...shown} id="over" requests={over} />
      {isAsking && (
        <AskForAccess
          egress={egress.data}
          profileName={profileName}
          close={() => setAsking(false)}
        />
      )}
      {asked && (
        <AskFirst
          title={t(`egress.acts.${asked.act}Title`)}
          confirm={t(`egress.acts.${asked.act}`)}
          close={() => setAsked(undefined)}
          act={async () => {
            const path = `/api/egress/requests/${asked.request.requestId}/${asked.act}`;
            await requestNothing(path, { method: 'POST', body: {} });
            await queryClient.invalidateQueries({ queryKey: ['egress'] });
          }}
        >
          {t(`egress.acts.${asked.act}Text`, { name: asked.request.requestedBy })}
        </AskFirst>
      )}
    </SpaceBetween>
  );
}

function Now({ now }: { now: Egress['now'] }) {
  const { t } = useTranslation();
  const type = now.mode === 'off' ? 'stopped' : now.mode === 'open' ? 'warning' : 'success';
  return (
    <Container header={<Header variant="h2">{t('egress.now')}</Header>}>
      <SpaceBetween size="s">
        <StatusIndicator type={type}>{t(`egress.modes.${now.mode}`)}</StatusIndicator>
        <Box variant="p">{t(`egress.modeTexts.${now.mode}`)}</Box>
        {now.destinations.map(({ list, names, ports }) => (
          <Box key={`${list} ${names.join(' ')}`}>
            {names.join(', ')} ({t('egress.ports', { ports: ports.join(', ') })})
          </Box>
        ))}
        {now.until !== null && (
          <Box variant="small">
            {t('egress.until')} <Moment at={now.until} />
          </Box>
        )}
      </SpaceBetween>
    </Container>
  );
}
