import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { NewPersonalToken } from '@strongroom/contracts';
import { useTranslation } from 'react-i18next';
import { CopyLine } from '../repositories/CopyLine.tsx';
import '../repositories/repositories.css';

interface NewTokenProps {
  readonly token: NewPersonalToken;
  readonly profileName: string;
  readonly close: () => void;
}

const steps = ['clone', 'user', 'password'] as const;
/** The helper that Git itself brings along; it forgets after an hour. */
const rememberCommand = "git config --global credential.helper 'cache --timeout=3600'";

/** The only time that a secret is seen; closing it forgets it. A click beside it does not. */
export function NewToken({ token, profileName, close }: NewTokenProps) {
  const { t } = useTranslation();
  return (
    <Modal
      visible
      header={t('tokens.newTitle', { name: token.name })}
      closeAriaLabel={t('close')}
      onDismiss={({ detail }) => {
        if (detail.reason !== 'overlay') close();
      }}
      footer={
        <Box float="right">
          <Button variant="primary" onClick={close}>
            {t('tokens.done')}
          </Button>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Alert type="warning">{t('tokens.newWarning')}</Alert>
        <div className="copy-line">
          <section aria-label={t('tokens.secret')}>
            <pre className="new-token">{token.secret}</pre>
          </section>
          <CopyToClipboard
            textToCopy={token.secret}
            copyButtonText={t('copy')}
            copyButtonAriaLabel={t('tokens.copySecret')}
            copySuccessText={t('copied')}
            copyErrorText=""
          />
        </div>
        <div>
          <Box variant="h3">{t('tokens.use')}</Box>
          <ol className="repository-steps">
            {steps.map((step) => (
              <li key={step}>{t(`tokens.useSteps.${step}`, { profileName })}</li>
            ))}
          </ol>
        </div>
        <div>
          <Box padding={{ bottom: 'xs' }}>{t('tokens.remember')}</Box>
          <CopyLine name={t('tokens.use')} text={rememberCommand} />
        </div>
      </SpaceBetween>
    </Modal>
  );
}
