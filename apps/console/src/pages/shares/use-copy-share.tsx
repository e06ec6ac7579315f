import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import type { ShareCopy } from '@strongroom/contracts';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyShare } from '../../api/shares.ts';
import { Failure } from '../../shell/Failure.tsx';
import { useAction } from '../../shell/use-action.ts';

/** The button that copies a version into one's own home, and what came of it. */
export function useCopyShare(
  shareId: string,
  version: number,
): { readonly button: ReactNode; readonly outcome: ReactNode } {
  const { t } = useTranslation();
  const [copy, setCopy] = useState<ShareCopy>();
  const { isBusy, error, run } = useAction();
  const start = () => {
    setCopy(undefined);
    void run(async () => setCopy(await copyShare(shareId, version)));
  };
  return {
    button: (
      <Button
        variant="primary"
        iconName="copy"
        loading={isBusy}
        loadingText={t('shares.view.copying')}
        onClick={start}
      >
        {t('shares.view.copy')}
      </Button>
    ),
    outcome: (
      <>
        {error !== undefined && (
          <Failure title={t('shares.view.notCopied')} error={error} retry={start} />
        )}
        {copy && <Copied copy={copy} close={() => setCopy(undefined)} />}
      </>
    ),
  };
}

function Copied({ copy: { path, openUrl }, close }: { copy: ShareCopy; close: () => void }) {
  const { t } = useTranslation();
  return (
    <Alert
      type="success"
      dismissible
      dismissAriaLabel={t('close')}
      onDismiss={close}
      header={<span className="long-name">{t('shares.view.copied', { path })}</span>}
      action={
        <Button href={openUrl} target="_blank" iconName="external" iconAlign="right">
          {t('shares.view.openCopy')}
        </Button>
      }
    >
      {t('shares.view.copiedText')}
    </Alert>
  );
}
