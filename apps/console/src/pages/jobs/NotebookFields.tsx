import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChooseNotebook } from '../shares/ChooseNotebook.tsx';
import type { FieldsProps } from './JobDialog.tsx';

interface NotebookFieldsProps extends FieldsProps {
  readonly profileName: string;
}

/** What it is called, and which notebook runs. */
export function NotebookFields({ draft, change, isWrong, profileName }: NotebookFieldsProps) {
  const { t } = useTranslation();
  const [isChoosing, setChoosing] = useState(false);
  return (
    <SpaceBetween size="m">
      <FormField label={t('jobs.name')} errorText={isWrong('name') && t('jobs.form.nameProblem')}>
        <Input value={draft.name} onChange={({ detail }) => change({ name: detail.value })} />
      </FormField>
      <FormField
        label={t('jobs.form.notebook')}
        constraintText={t('jobs.form.notebookRule')}
        errorText={isWrong('notebookPath') && t('jobs.form.notebookProblem')}
        secondaryControl={
          <Button formAction="none" onClick={() => setChoosing(true)}>
            {t('jobs.form.choose')}
          </Button>
        }
      >
        <Input
          value={draft.notebookPath}
          spellcheck={false}
          onChange={({ detail }) => change({ notebookPath: detail.value })}
        />
      </FormField>
      {isChoosing && (
        <ChooseNotebook
          profileName={profileName}
          close={() => setChoosing(false)}
          choose={(notebookPath) => {
            change({ notebookPath, ...(draft.name === '' ? { name: nameOf(notebookPath) } : {}) });
            setChoosing(false);
          }}
        />
      )}
    </SpaceBetween>
  );
}

function nameOf(notebookPath: string): string {
  const name = notebookPath.slice(notebookPath.lastIndexOf('/') + 1).replace(/\.ipynb$/, '');
  return name.slice(0, 100);
}
