import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type KeyCommandName, type KeyOverview, keySummarySchema } from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryClient } from '../api/queries.ts';
import { request } from '../api/request.ts';
import { AskFirst } from '../shell/AskFirst.tsx';
import { nameOfKey } from './name-of-key.ts';
import { SealedData } from './SealedData.tsx';

interface ChangeKeyProps {
  readonly subject: KeyOverview;
  readonly command: KeyCommandName;
  readonly close: () => void;
}

const waitingPeriods = [7, 14, 21, 30];

/** Names what becomes unreadable before it does; what takes data away is confirmed by the alias. */
export function ChangeKey({ subject, command, close }: ChangeKeyProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [waitingDays, setWaitingDays] = useState(30);
  const alias = nameOfKey(subject);
  const isDeletion = command === 'schedule-deletion';
  const takesAway = isDeletion || command === 'disable';
  const describeDays = (days: number) => ({
    ...{ value: String(days), label: t('keys.days', { count: days }) },
  });
  return (
    <AskFirst
      title={t(`keys.titles.${command}`, { alias })}
      confirm={t(`keys.commands.${command}`)}
      isReady={!takesAway || typed === alias}
      close={close}
      act={async () => {
        const days = isDeletion ? { waitingDays } : {};
        const body = { key: subject.keyId, command, ...days };
        await request(keySummarySchema, '/api/keys', { method: 'POST', body });
        await Promise.all(
          ['keys', 'buckets'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })),
        );
      }}
    >
      <SpaceBetween size="m">
        {!takesAway && <div>{t(`keys.texts.${command}`)}</div>}
        {takesAway && <Alert type="warning">{t(`keys.texts.${command}`)}</Alert>}
        {takesAway && (
          <div>
            <b>{t(isDeletion ? 'keys.becomesLost' : 'keys.becomesUnreadable')}</b>
            <SealedData seals={subject.seals} />
          </div>
        )}
        {isDeletion && (
          <FormField label={t('keys.waitingDays')} constraintText={t('keys.waitingRule')}>
            <Select
              options={waitingPeriods.map(describeDays)}
              selectedOption={describeDays(waitingDays)}
              onChange={({ detail }) => setWaitingDays(Number(detail.selectedOption.value))}
            />
          </FormField>
        )}
        {takesAway && (
          <FormField label={t('keys.typeAlias', { alias })}>
            <Input
              value={typed}
              spellcheck={false}
              onChange={({ detail }) => setTyped(detail.value)}
            />
          </FormField>
        )}
      </SpaceBetween>
    </AskFirst>
  );
}
