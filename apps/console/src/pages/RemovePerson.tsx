import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Profile } from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { requestNothing } from '../api/request.ts';
import { AskFirst } from '../shell/AskFirst.tsx';

export function RemovePerson({ profile, close }: { profile: Profile; close: () => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [deleteHome, setDeleteHome] = useState(false);
  return (
    <AskFirst
      title={t('people.removeTitle', profile)}
      confirm={t('people.remove')}
      isReady={typed === profile.profileName}
      close={close}
      act={() =>
        requestNothing(`/api/profiles/${profile.profileName}`, {
          method: 'DELETE',
          body: { deleteHome },
        })
      }
    >
      <SpaceBetween size="m">
        <div>{t('people.removeText')}</div>
        <Checkbox checked={deleteHome} onChange={({ detail }) => setDeleteHome(detail.checked)}>
          {t('people.deleteHome')}
        </Checkbox>
        <FormField label={t('people.removeType', profile)}>
          <Input value={typed} onChange={({ detail }) => setTyped(detail.value)} />
        </FormField>
      </SpaceBetween>
    </AskFirst>
  );
}
