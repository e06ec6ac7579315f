import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failure } from '../../shell/Failure.tsx';
import { useAction } from '../../shell/use-action.ts';

interface SaveBarProps {
  /** Something differs from what is stored. */
  readonly isChanged: boolean;
  readonly isReady: boolean;
  readonly save: () => Promise<void>;
  readonly discard: () => void;
}

/** Saves a form, says that it is saved or why it is not. */
export function SaveBar({ isChanged, isReady, save, discard }: SaveBarProps) {
  const { t } = useTranslation();
  const { isBusy, error, run } = useAction();
  const [isSaved, setSaved] = useState(false);
  return (
    <SpaceBetween size="s">
      <SpaceBetween direction="horizontal" size="xs" alignItems="center">
        <Button
          disabled={!isChanged || !isReady}
          loading={isBusy}
          onClick={() =>
            void run(async () => {
              setSaved(false);
              await save();
              setSaved(true);
            })
          }
        >
          {t('repositories.settings.save')}
        </Button>
        {isChanged && (
          <Button variant="link" onClick={discard}>
            {t('repositories.settings.discard')}
          </Button>
        )}
        <span aria-live="polite">
          {isSaved && !isChanged && error === undefined && (
            <StatusIndicator>{t('repositories.settings.saved')}</StatusIndicator>
          )}
        </span>
      </SpaceBetween>
      {error !== undefined && <Failure error={error} />}
    </SpaceBetween>
  );
}
