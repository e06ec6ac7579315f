import Tabs from '@cloudscape-design/components/tabs';
import type { Person, ShareCommentList, ShareDetails, ShareVersion } from '@strongroom/contracts';
import { useTranslation } from 'react-i18next';
import { Failure } from '../../shell/Failure.tsx';
import { CommentsPanel } from './CommentsPanel.tsx';
import { OutlineList } from './OutlineList.tsx';
import type { NotebookView, PanelTab } from './use-notebook-view.ts';

interface SharePanelProps {
  readonly share: ShareDetails;
  readonly shown: ShareVersion;
  readonly person: Person;
  readonly view: NotebookView;
  /** Undefined while they are loaded. */
  readonly comments: ShareCommentList | undefined;
  readonly error: unknown;
  readonly show: (version: number) => void;
}

/** Beside the notebook: its headings, and what people say about it. */
export function SharePanel({ share, shown, person, view, comments, error, show }: SharePanelProps) {
  const { t } = useTranslation();
  const openCount = comments?.comments.filter(({ resolvedAt }) => resolvedAt === null).length ?? 0;
  const goToCell = (version: number, cellIndex: number) => {
    if (version !== shown.version) {
      view.cellToShow.current = cellIndex;
      show(version);
    } else view.frame.current?.tell({ type: 'scroll-to-cell', cellIndex });
  };
  return (
    <aside className="share-panel" aria-label={t('shares.view.panel')}>
      <Tabs
        ariaLabel={t('shares.view.panel')}
        activeTabId={view.tab}
        onChange={({ detail }) => view.setTab(detail.activeTabId as PanelTab)}
        tabs={[
          {
            id: 'outline',
            label: t('shares.view.outline'),
            content: (
              <OutlineList
                outline={view.outline}
                go={(headingId) =>
                  view.frame.current?.tell({ type: 'scroll-to-heading', headingId })
                }
              />
            ),
          },
          {
            id: 'comments',
            label:
              openCount === 0
                ? t('shares.comment.title')
                : t('shares.comment.counted', { count: openCount }),
            content: (
              <>
                {error != null && <Failure error={error} />}
                {comments !== undefined && (
                  <CommentsPanel
                    {...{ share, shown, person, goToCell }}
                    list={comments}
                    target={view.target}
                  />
                )}
              </>
            ),
          },
        ]}
      />
    </aside>
  );
}
