import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';

const steps = ['copy', 'panel', 'paste'] as const;

/** Instead of an empty list: how one gets a repository, and how it comes into the studio. */
export function NoRepositories({ mayCreate }: { readonly mayCreate: boolean }) {
  const { t } = useTranslation();
  return (
    <Box textAlign="center" padding={{ vertical: 'l' }}>
      <SpaceBetween size="s">
        <b>{t('repositories.empty')}</b>
        <div>{t(mayCreate ? 'repositories.emptyMayCreate' : 'repositories.emptyHint')}</div>
        <ol className="repository-steps">
          {steps.map((step) => (
            <li key={step}>{t(`repositories.emptySteps.${step}`)}</li>
          ))}
        </ol>
      </SpaceBetween>
    </Box>
  );
}
