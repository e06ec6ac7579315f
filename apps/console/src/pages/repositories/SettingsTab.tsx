import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { RepositoryDetails } from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { AccessForm } from './AccessForm.tsx';
import { DeleteRepository } from './DeleteRepository.tsx';
import { DescriptionForm } from './DescriptionForm.tsx';
import { ProtectedBranches } from './ProtectedBranches.tsx';

/** What whoever manages a repository changes of it. */
export function SettingsTab({ details }: { readonly details: RepositoryDetails }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [isDeleting, setDeleting] = useState(false);
  return (
    <SpaceBetween size="l">
      <DescriptionForm details={details} />
      <AccessForm details={details} />
      <ProtectedBranches details={details} />
      <Container
        header={
          <Header
            variant="h2"
            description={t('repositories.settings.deleteText')}
            actions={<Button onClick={() => setDeleting(true)}>{t('repositories.delete')}</Button>}
          >
            {t('repositories.settings.delete')}
          </Header>
        }
      />
      {isDeleting && (
        <DeleteRepository
          repository={details.name}
          close={() => setDeleting(false)}
          deleted={() => void navigate('/repositories')}
        />
      )}
    </SpaceBetween>
  );
}
