import Autosuggest from '@cloudscape-design/components/autosuggest';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import {
  oneTimePasswordSchema,
  profileNameSchema,
  type Role,
  roleSchema,
} from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api/request.ts';
import { AskFirst } from '../shell/AskFirst.tsx';

interface AddPersonProps {
  readonly teams: readonly string[];
  readonly close: () => void;
  readonly added: (password: { profileName: string; oneTimePassword: string }) => void;
}

export function AddPerson({ teams, close, added }: AddPersonProps) {
  const { t } = useTranslation();
  const [profileName, setProfileName] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [team, setTeam] = useState(teams[0] ?? '');
  const [role, setRole] = useState<Role>('data-scientist');
  const isName = profileNameSchema.safeParse(profileName).success;
  return (
    <AskFirst
      title={t('people.addTitle')}
      confirm={t('people.submit')}
      isReady={isName && displayName.trim() !== '' && team.trim() !== ''}
      close={close}
      act={async () => {
        const body = { profileName, displayName, role, team };
        added(await request(oneTimePasswordSchema, '/api/profiles', { method: 'POST', body }));
      }}
    >
      <SpaceBetween size="m">
        <FormField
          label={t('people.profileName')}
          constraintText={t('people.profileNameRule')}
          {...(profileName === '' || isName ? {} : { errorText: t('people.profileNameRule') })}
        >
          <Input
            value={profileName}
            spellcheck={false}
            onChange={({ detail }) => setProfileName(detail.value)}
          />
        </FormField>
        <FormField label={t('people.displayName')}>
          <Input value={displayName} onChange={({ detail }) => setDisplayName(detail.value)} />
        </FormField>
        <FormField label={t('people.team')}>
          <Autosuggest
            value={team}
            enteredTextLabel={(text) => text}
            options={teams.map((value) => ({ value }))}
            onChange={({ detail }) => setTeam(detail.value)}
          />
        </FormField>
        <FormField label={t('people.role')}>
          <RadioGroup
            value={role}
            items={roleSchema.options.map((value) => ({ value, label: t(`role.${value}`) }))}
            onChange={({ detail }) => setRole(roleSchema.parse(detail.value))}
          />
        </FormField>
      </SpaceBetween>
    </AskFirst>
  );
}
