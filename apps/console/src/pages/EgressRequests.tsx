import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator, {
  type StatusIndicatorProps,
} from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import type { EgressRequest, EgressState } from '@strongroom/contracts';
import { useTranslation } from 'react-i18next';
import { Moment } from '../shell/Moment.tsx';

export type EgressAct = 'approve' | 'refuse' | 'withdraw' | 'end';

interface EgressRequestsProps {
  readonly id: 'pending' | 'open' | 'over';
  readonly requests: readonly EgressRequest[];
  readonly profileName: string;
  readonly mayDecide: boolean;
  readonly ask: (act: EgressAct, request: EgressRequest) => void;
}

const indicators: Readonly<Record<EgressState, StatusIndicatorProps.Type>> = {
  Pending: 'pending',
  Approved: 'success',
  Refused: 'error',
  Withdrawn: 'stopped',
  Ended: 'stopped',
  Expired: 'stopped',
};

export function EgressRequests({ id, requests, profileName, mayDecide, ask }: EgressRequestsProps) {
  const { t } = useTranslation();
  const actsFor = (request: EgressRequest) => actsOf(request, profileName, mayDecide);
  const columns = [
    { id: 'who', header: t('egress.who'), isRowHeader: true, cell: Subject },
    { id: 'what', header: t('egress.what'), cell: What },
    { id: 'reason', header: t('egress.reason'), cell: ({ reason }: EgressRequest) => reason },
    {
      id: 'asked',
      header: t('egress.asked'),
      cell: ({ requestedBy, requestedAt }: EgressRequest) => (
        <>
          {requestedBy}
          <br />
          <Moment at={requestedAt} />
        </>
      ),
    },
    {
      id: 'until',
      header: t('egress.ends'),
      cell: ({ endsAt }: EgressRequest) => <Moment at={endsAt} />,
    },
    { id: 'state', header: t('egress.state'), minWidth: 140, cell: State },
    ...(requests.some((request) => actsFor(request).length > 0)
      ? [
          {
            id: 'acts',
            header: t('domain.actions'),
            minWidth: 220,
            cell: (request: EgressRequest) => (
              <SpaceBetween direction="horizontal" size="xs">
                {actsFor(request).map((act) => (
                  <Button key={act} onClick={() => ask(act, request)}>
                    {t(`egress.acts.${act}`)}
                  </Button>
                ))}
              </SpaceBetween>
            ),
          },
        ]
      : []),
  ];
  return (
    <Table
      wrapLines
      items={requests}
      trackBy="requestId"
      header={
        <Header variant="h2" counter={`(${requests.length})`}>
          {t(`egress.tables.${id}`)}
        </Header>
      }
      empty={<Box textAlign="center">{t(`egress.empty.${id}`)}</Box>}
      columnDefinitions={columns}
    />
  );
}

/** Nobody approves what they asked for, nor what is for themselves. */
function actsOf(request: EgressRequest, profileName: string, mayDecide: boolean): EgressAct[] {
  const { state, subject, requestedBy } = request;
  const isAboutMe = subject.kind === 'person' && subject.profileName === profileName;
  const isMine = requestedBy === profileName;
  if (state === 'Approved') return mayDecide || isMine || isAboutMe ? ['end'] : [];
  if (state !== 'Pending') return [];
  if (isMine || isAboutMe) return ['withdraw'];
  return mayDecide ? ['approve', 'refuse'] : [];
}

function Subject({ subject }: EgressRequest) {
  const { t } = useTranslation();
  switch (subject.kind) {
    case 'domain':
      return <>{t('egress.subjects.domain')}</>;
    case 'team':
      return <>{t('egress.subjects.team', { team: subject.team })}</>;
    case 'person':
      return <>{subject.profileName}</>;
  }
}

function What({ mode, destinations }: EgressRequest) {
  const { t } = useTranslation();
  if (mode === 'open') return <>{t('egress.modes.open')}</>;
  return (
    <>
      {destinations.map(({ list, names, ports }) => (
        <div key={`${list} ${names.join(' ')}`}>
          {names.join(', ')}
          <br />
          <small>
            {list !== null && `${list}, `}
            {t('egress.ports', { ports: ports.join(', ') })}
          </small>
        </div>
      ))}
    </>
  );
}

function State({ state, decidedBy, endedBy }: EgressRequest) {
  const { t } = useTranslation();
  const by = endedBy ?? decidedBy;
  return (
    <>
      <StatusIndicator type={indicators[state]}>{t(`egress.states.${state}`)}</StatusIndicator>
      {by !== null && <div>{t('egress.by', { name: by })}</div>}
    </>
  );
}
