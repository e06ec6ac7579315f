import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { repositoryRequestSchema } from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createRepository } from '../../api/repositories.ts';
import { AskFirst } from '../../shell/AskFirst.tsx';
import { AccessEditor } from './AccessEditor.tsx';
import { type AccessLine, areReady, grantsOf } from './access-lines.ts';
import { nameProblem } from './name-problem.ts';

interface CreateRepositoryProps {
  readonly profileName: string;
  readonly taken: readonly string[];
  readonly created: (name: string) => void;
  readonly close: () => void;
}

export function CreateRepository({ profileName, taken, created, close }: CreateRepositoryProps) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [lines, setLines] = useState<readonly AccessLine[]>([]);
  const problem = nameProblem(name, taken);
  const isDescription = repositoryRequestSchema.shape.description.safeParse(description).success;
  return (
    <AskFirst
      size="large"
      title={t('repositories.createTitle')}
      confirm={t('repositories.submit')}
      isReady={name !== '' && problem === undefined && isDescription && areReady(lines)}
      close={close}
      act={async () => {
        const access = grantsOf(lines);
        created((await createRepository({ name, description, access })).name);
      }}
    >
      <SpaceBetween size="m">
        <FormField
          label={t('repositories.nameLabel')}
          constraintText={t('repositories.nameRule')}
          errorText={problem && t(`repositories.nameProblems.${problem.kind}`, { ...problem })}
        >
          <Input
            value={name}
            spellcheck={false}
            autoComplete={false}
            onChange={({ detail }) => setName(detail.value)}
          />
        </FormField>
        <FormField
          label={t('repositories.descriptionLabel')}
          errorText={!isDescription && t('repositories.descriptionProblem')}
        >
          <Textarea
            value={description}
            rows={2}
            onChange={({ detail }) => setDescription(detail.value)}
          />
        </FormField>
        <FormField
          stretch
          label={t('repositories.access')}
          description={t('repositories.accessRule')}
        >
          <AccessEditor lines={lines} owner={profileName} change={setLines} />
        </FormField>
      </SpaceBetween>
    </AskFirst>
  );
}
