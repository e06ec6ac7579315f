import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { RepositoryDetails } from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PageLink } from '../../shell/PageLink.tsx';
import { CopyLine } from './CopyLine.tsx';

interface CloneButtonProps {
  readonly details: RepositoryDetails;
  readonly profileName: string;
}

/** Where it is cloned from: in a studio, and elsewhere. */
export function CloneButton({ details, profileName }: CloneButtonProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="primary" iconName="download" onClick={() => setOpen(true)}>
        {t('repositories.clone')}
      </Button>
      {isOpen && (
        <Modal
          visible
          size="large"
          header={t('repositories.cloneTitle')}
          closeAriaLabel={t('close')}
          onDismiss={() => setOpen(false)}
        >
          <SpaceBetween size="l">
            <div>
              <Box variant="h3">{t('repositories.inStudio')}</Box>
              <Box variant="p">{t('repositories.inStudioText')}</Box>
              <CopyLine name={t('repositories.inStudio')} text={details.studioCloneUrl} />
            </div>
            <div>
              <Box variant="h3">{t('repositories.outside')}</Box>
              <Box variant="p">
                {t('repositories.outsideText', { profileName })}{' '}
                <PageLink to="/tokens">{t('repositories.toTokens')}</PageLink>
              </Box>
              <CopyLine name={t('repositories.outside')} text={details.outsideCloneUrl} />
            </div>
          </SpaceBetween>
        </Modal>
      )}
    </>
  );
}
