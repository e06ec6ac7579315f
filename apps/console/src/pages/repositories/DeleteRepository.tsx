import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { deleteRepository } from '../../api/repositories.ts';
import { AskFirst } from '../../shell/AskFirst.tsx';

interface DeleteRepositoryProps {
  readonly repository: string;
  readonly deleted: () => void;
  readonly close: () => void;
}

export function DeleteRepository({ repository, deleted, close }: DeleteRepositoryProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  return (
    <AskFirst
      title={t('repositories.deleteTitle', { repository })}
      confirm={t('repositories.delete')}
      isReady={typed === repository}
      close={close}
      act={async () => {
        await deleteRepository(repository);
        deleted();
      }}
    >
      <SpaceBetween size="m">
        <Alert type="warning">{t('repositories.deleteWarning')}</Alert>
        <FormField
          label={<span className="long-name">{t('repositories.deleteType', { repository })}</span>}
        >
          <Input
            value={typed}
            spellcheck={false}
            autoComplete={false}
            onChange={({ detail }) => setTyped(detail.value)}
          />
        </FormField>
      </SpaceBetween>
    </AskFirst>
  );
}
