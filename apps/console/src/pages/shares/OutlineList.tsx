import Box from '@cloudscape-design/components/box';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useTranslation } from 'react-i18next';
import type { Outline } from './use-notebook-view.ts';

interface OutlineListProps {
  /** Undefined while the frame renders. */
  readonly outline: Outline | undefined;
  readonly go: (headingId: string) => void;
}

/** The notebook's headings. Their words came from the frame and are shown as text. */
export function OutlineList({ outline, go }: OutlineListProps) {
  const { t } = useTranslation();
  if (outline === undefined)
    return <StatusIndicator type="loading">{t('loading')}</StatusIndicator>;
  if (outline.length === 0)
    return <Box color="text-body-secondary">{t('shares.view.noOutline')}</Box>;
  return (
    <nav aria-label={t('shares.view.outline')}>
      <ul className="share-outline">
        {outline.map(({ headingId, level, text }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a hostile notebook may repeat its ids
          <li key={index} className={`share-outline-${level}`}>
            <button type="button" onClick={() => go(headingId)}>
              <bdi className="long-name">{text === '' ? '–' : text}</bdi>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
