import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AskFirst } from '../shell/AskFirst.tsx';

interface CreateFolderProps {
  readonly open: (name: string) => void;
  readonly close: () => void;
}

/** Nothing is stored: it is the place that the next upload goes to. */
export function CreateFolder({ open, close }: CreateFolderProps) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const plain = name.trim().replace(/^\/+|\/+$/g, '');
  return (
    <AskFirst
      title={t('objects.newFolderTitle')}
      confirm={t('objects.newFolderSubmit')}
      isReady={plain !== ''}
      close={close}
      act={async () => open(plain)}
    >
      <FormField label={t('objects.newFolderLabel')} constraintText={t('objects.newFolderRule')}>
        <Input value={name} spellcheck={false} onChange={({ detail }) => setName(detail.value)} />
      </FormField>
    </AskFirst>
  );
}
