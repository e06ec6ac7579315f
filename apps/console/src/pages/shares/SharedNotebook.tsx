import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Person, ShareDetails } from '@strongroom/contracts';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useShareComments, useSharedNotebook } from '../../api/shares.ts';
import { useRuntime } from '../../api/spaces.ts';
import { NotebookFrame } from '../../notebooks/NotebookFrame.tsx';
import { Failure } from '../../shell/Failure.tsx';
import { useTitle } from '../../shell/use-title.ts';
import { countComments } from './count-comments.ts';
import { FindBox } from './FindBox.tsx';
import { isolate } from './isolate.ts';
import { ShareBanner } from './ShareBanner.tsx';
import { ShareHeader } from './ShareHeader.tsx';
import { SharePanel } from './SharePanel.tsx';
import { useCopyShare } from './use-copy-share.tsx';
import { useNotebookView } from './use-notebook-view.ts';

interface SharedNotebookProps {
  readonly share: ShareDetails;
  readonly person: Person;
  readonly isDisconnected: boolean;
}

export function SharedNotebook({ share, person, isDisconnected }: SharedNotebookProps) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const { shareId, title, versions, latestVersion, viewerOrigin, may } = share;
  // A version that comes while one reads is offered, and not put in the place of what one reads.
  const [firstSeen] = useState(latestVersion.version);
  const asked = Number(search.get('version') ?? firstSeen);
  const shown = versions.find(({ version }) => version === asked) ?? latestVersion;
  const show = (version: number) => setSearch({ version: String(version) });
  const notebook = useSharedNotebook(shareId, shown.version);
  const comments = useShareComments(shareId, may.read);
  const all = comments.data?.comments;
  const commentCounts = useMemo(() => countComments(all ?? [], shown.version), [all, shown]);
  const view = useNotebookView();
  const copy = useCopyShare(shareId, shown.version);
  const isOnAws = useRuntime() === 'sagemaker';
  useTitle(title);
  return (
    <SpaceBetween size="m">
      <ShareHeader share={share} shown={shown} show={show} print={view.print}>
        {/* Homes in SageMaker are not this console's to write into. */}
        {!isOnAws && copy.button}
      </ShareHeader>
      <ShareBanner share={share} shown={shown} person={person} />
      {copy.outcome}
      {isDisconnected && <Alert type="warning">{t('shares.view.disconnected')}</Alert>}
      {shown.version < latestVersion.version && (
        <Alert
          type="info"
          action={
            <Button onClick={() => show(latestVersion.version)}>
              {t('shares.view.showNewest')}
            </Button>
          }
        >
          {t('shares.view.newVersion', { version: latestVersion.version })}
        </Alert>
      )}
      {notebook.error ? (
        <Failure error={notebook.error} retry={() => void notebook.refetch()} />
      ) : (
        <div className="share-space">
          <div className={`share-body ${view.isPanelOpen ? 'share-body-with-panel' : ''}`}>
            <div className="share-main">
              <FindBox view={view} />
              <NotebookFrame
                key={shown.version}
                ref={view.frame}
                {...{ viewerOrigin, commentCounts }}
                notebook={notebook.data}
                title={t('notebooks.frame', { title: isolate(title) })}
                mayComment={may.comment}
                onMessage={view.hear}
                onFailure={view.fail}
              />
            </div>
            {view.isPanelOpen && (
              <SharePanel
                {...{ share, shown, person, view, show }}
                comments={comments.data}
                error={comments.error}
              />
            )}
          </div>
        </div>
      )}
    </SpaceBetween>
  );
}
