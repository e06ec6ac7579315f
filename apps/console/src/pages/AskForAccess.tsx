import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Multiselect from '@cloudscape-design/components/multiselect';
import RadioGroup from '@cloudscape-design/components/radio-group';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import {
  type Egress,
  type EgressMode,
  type EgressSubject,
  egressModeSchema,
  egressNameSchema,
  egressPortSchema,
  egressRequestSchema,
} from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryClient, useDomain } from '../api/queries.ts';
import { request } from '../api/request.ts';
import { AskFirst } from '../shell/AskFirst.tsx';

interface AskForAccessProps {
  readonly egress: Egress;
  readonly profileName: string;
  readonly close: () => void;
}

const hourChoices = [1, 4, 8, 24, 72, 168, 720];
const minimumReasonLength = 10;

export function AskForAccess({ egress, profileName, close }: AskForAccessProps) {
  const { t } = useTranslation();
  const subjects = useSubjects(egress.mayDecide, profileName);
  const [subject, setSubject] = useState(subjects[0]?.value ?? '');
  const [mode, setMode] = useState<EgressMode>('allow-list');
  const [lists, setLists] = useState<readonly string[]>([]);
  const [nameText, setNameText] = useState('');
  const [portText, setPortText] = useState('443');
  const [reason, setReason] = useState('');
  const within = hourChoices.filter((count) => count <= egress.maximumHours);
  const hours = within.length > 0 ? within : [egress.maximumHours];
  const [hourCount, setHourCount] = useState(hours[0] ?? egress.maximumHours);
  const names = split(nameText);
  const ports = split(portText).map(Number);
  const wrongName = names.find((name) => !egressNameSchema.safeParse(name).success);
  const wrongPort = ports.some((port) => !egressPortSchema.safeParse(port).success);
  const hasDestination = mode === 'open' || lists.length > 0 || names.length > 0;
  const isReady =
    hasDestination &&
    wrongName === undefined &&
    !wrongPort &&
    reason.trim().length >= minimumReasonLength;
  return (
    <AskFirst
      title={t('egress.askTitle')}
      confirm={t('egress.submit')}
      isReady={isReady}
      close={close}
      act={async () => {
        const endsAt = new Date(Date.now() + hourCount * 3_600_000).toISOString();
        const asked = subjects.find(({ value }) => value === subject)?.subject;
        const isList = mode === 'allow-list';
        await request(egressRequestSchema, '/api/egress/requests', {
          method: 'POST',
          body: {
            ...{ subject: asked, mode, reason, endsAt, ports },
            ...{ allowLists: isList ? lists : [], names: isList ? names : [] },
          },
        });
        await queryClient.invalidateQueries({ queryKey: ['egress'] });
      }}
    >
      <SpaceBetween size="m">
        {subjects.length > 1 && (
          <FormField label={t('egress.who')}>
            <Select
              options={subjects.map(({ value, label }) => ({ value, label }))}
              selectedOption={subjects.find(({ value }) => value === subject) ?? null}
              onChange={({ detail }) => setSubject(detail.selectedOption.value ?? '')}
            />
          </FormField>
        )}
        <FormField label={t('egress.what')}>
          <RadioGroup
            value={mode}
            items={egressModeSchema.options.map((value) => ({
              value,
              label: t(`egress.modes.${value}`),
              description: t(`egress.modeHelp.${value}`),
            }))}
            onChange={({ detail }) => setMode(egressModeSchema.parse(detail.value))}
          />
        </FormField>
        {mode === 'allow-list' && egress.allowLists.length > 0 && (
          <FormField label={t('egress.lists')}>
            <Multiselect
              options={egress.allowLists.map(({ name, description, names: inList }) => ({
                value: name,
                label: name,
                description: description ?? inList.join(', '),
              }))}
              selectedOptions={lists.map((value) => ({ value, label: value }))}
              placeholder={t('egress.chooseLists')}
              onChange={({ detail }) =>
                setLists(detail.selectedOptions.map(({ value = '' }) => value))
              }
            />
          </FormField>
        )}
        {mode === 'allow-list' && (
          <FormField
            label={t('egress.names')}
            constraintText={t('egress.namesRule')}
            {...(wrongName === undefined
              ? {}
              : { errorText: t('egress.wrongName', { name: wrongName }) })}
          >
            <Input
              value={nameText}
              spellcheck={false}
              placeholder="pypi.org, *.pythonhosted.org"
              onChange={({ detail }) => setNameText(detail.value)}
            />
          </FormField>
        )}
        {mode === 'allow-list' && names.length > 0 && (
          <FormField
            label={t('egress.portsLabel')}
            {...(wrongPort ? { errorText: t('egress.wrongPort') } : {})}
          >
            <Input value={portText} onChange={({ detail }) => setPortText(detail.value)} />
          </FormField>
        )}
        <FormField label={t('egress.reason')} constraintText={t('egress.reasonRule')}>
          <Textarea value={reason} onChange={({ detail }) => setReason(detail.value)} />
        </FormField>
        <FormField label={t('egress.howLong')}>
          <Select
            options={hours.map((count) => ({
              value: String(count),
              label: t('egress.hours', { count }),
            }))}
            selectedOption={{
              value: String(hourCount),
              label: t('egress.hours', { count: hourCount }),
            }}
            onChange={({ detail }) => setHourCount(Number(detail.selectedOption.value))}
          />
        </FormField>
      </SpaceBetween>
    </AskFirst>
  );
}

function split(text: string): string[] {
  return text
    .split(/[\s,]+/)
    .map((part) => part.trim().toLowerCase())
    .filter((part) => part !== '');
}

/** Administrators may ask for others; everybody else only for themselves. */
function useSubjects(mayDecide: boolean, profileName: string) {
  const { t } = useTranslation();
  const domain = useDomain();
  const person = (name: string) => ({
    value: `person ${name}`,
    label: name,
    subject: { kind: 'person', profileName: name } as EgressSubject,
  });
  if (!mayDecide) return [person(profileName)];
  const profiles = domain.data?.profiles ?? [];
  const others = profiles.filter((each) => !each.isSelf && each.role !== 'auditor');
  const teams = [...new Set(profiles.map((each) => each.team))];
  return [
    person(profileName),
    ...others.map((each) => person(each.profileName)),
    ...teams.map((team) => ({
      value: `team ${team}`,
      label: t('egress.subjects.team', { team }),
      subject: { kind: 'team', team } as EgressSubject,
    })),
    {
      value: 'domain',
      label: t('egress.subjects.domain'),
      subject: { kind: 'domain' } as EgressSubject,
    },
  ];
}
