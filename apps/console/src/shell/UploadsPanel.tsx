import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import { uploads, useUploads } from '../api/uploads.ts';
import { Failure } from './Failure.tsx';
import { formatBytes } from './format-bytes.ts';

const shownFailures = 5;

/** How far the uploads are, and why some of them failed; nothing where there are none. */
export function UploadsPanel() {
  const { t } = useTranslation();
  const all = useUploads();
  if (all.length === 0) return null;
  const done = all.filter(({ state }) => state === 'done');
  const failed = all.filter(({ state }) => state === 'failed');
  const isRunning = done.length + failed.length < all.length;
  const sizeBytes = all.reduce((sum, each) => sum + each.sizeBytes, 0);
  const sentBytes = all.reduce((sum, each) => sum + each.sentBytes, 0);
  const sending = all.find(({ state }) => state === 'sending');
  return (
    <SpaceBetween size="s">
      {isRunning && (
        <ProgressBar
          variant="standalone"
          label={sending?.key.split('/').at(-1) ?? t('uploads.title')}
          description={t('uploads.running')}
          value={sizeBytes === 0 ? 0 : Math.floor((sentBytes / sizeBytes) * 100)}
          additionalInfo={t('uploads.count', {
            ...{ done: done.length, count: all.length },
            ...{ sent: formatBytes(sentBytes), size: formatBytes(sizeBytes) },
          })}
        />
      )}
      {isRunning && <Button onClick={() => uploads.stop()}>{t('uploads.stop')}</Button>}
      {!isRunning && (
        <Alert
          type={failed.length > 0 ? 'warning' : 'success'}
          dismissible
          dismissAriaLabel={t('uploads.close')}
          onDismiss={() => uploads.stop()}
        >
          {done.length > 0 && t('uploads.done', { count: done.length })}
          {done.length > 0 && failed.length > 0 && '. '}
          {failed.length > 0 && t('uploads.failed', { count: failed.length })}
        </Alert>
      )}
      {failed.slice(0, shownFailures).map(({ id, key, error }) => (
        <Failure key={id} title={t('objects.refusedTitle', { name: key })} error={error} />
      ))}
    </SpaceBetween>
  );
}
