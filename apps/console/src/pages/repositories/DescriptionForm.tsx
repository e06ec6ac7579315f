import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { type RepositoryDetails, repositoryRequestSchema } from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeRepository } from '../../api/repositories.ts';
import { SaveBar } from './SaveBar.tsx';

export function DescriptionForm({ details }: { readonly details: RepositoryDetails }) {
  const { t } = useTranslation();
  const [description, setDescription] = useState(details.description);
  const isReady = repositoryRequestSchema.shape.description.safeParse(description).success;
  return (
    <Container header={<Header variant="h2">{t('repositories.settings.description')}</Header>}>
      <SpaceBetween size="m">
        <FormField
          stretch
          label={t('repositories.descriptionLabel')}
          errorText={!isReady && t('repositories.descriptionProblem')}
        >
          <Textarea
            value={description}
            rows={2}
            onChange={({ detail }) => setDescription(detail.value)}
          />
        </FormField>
        <SaveBar
          isReady={isReady}
          isChanged={description.trim() !== details.description}
          save={() => changeRepository(details.name, { description })}
          discard={() => setDescription(details.description)}
        />
      </SpaceBetween>
    </Container>
  );
}
