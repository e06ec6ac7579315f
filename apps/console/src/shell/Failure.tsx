import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { useTranslation } from 'react-i18next';
import { errorValues } from '../api/error-values.ts';
import { ApiError } from '../api/request.ts';

interface FailureProps {
  readonly error: unknown;
  /** What failed, where several things could. */
  readonly title?: string;
  readonly retry?: () => void;
}

/** What failed in the reader's language, what to do, and the reference that the log knows. */
export function Failure({ error, title, retry }: FailureProps) {
  const { t, i18n } = useTranslation();
  const isApiError = error instanceof ApiError;
  const message = error instanceof Error ? error.message : '';
  const key = isApiError ? `error.${error.code}` : 'error.Internal';
  const text = i18n.exists(key)
    ? t(key, { message, ...(isApiError ? errorValues(error, i18n.language) : {}) })
    : message;
  return (
    <Alert
      type="error"
      header={title ?? t('error.title')}
      action={retry && <Button onClick={retry}>{t('retry')}</Button>}
    >
      <div>{text}</div>
      {isApiError && error.remedy && i18n.language === 'en' && <div>{error.remedy}</div>}
      {isApiError && error.reference !== '' && (
        <Box variant="small">{t('reference', { reference: error.reference })}</Box>
      )}
    </Alert>
  );
}
