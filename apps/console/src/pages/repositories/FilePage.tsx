import Button from '@cloudscape-design/components/button';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Toggle from '@cloudscape-design/components/toggle';
import type { RepositoryDetails, ViewedRepositoryFile } from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { type RepositoryPlace, rawAddress, useRepositoryFile } from '../../api/repositories.ts';
import { Failure } from '../../shell/Failure.tsx';
import { formatBytes } from '../../shell/format-bytes.ts';
import { CommitLine } from './CommitLine.tsx';
import { FileContent } from './FileContent.tsx';
import { isMarkdown } from './markdown-notebook.ts';
import { PlaceHead } from './PlaceHead.tsx';
import { repositoryAddress } from './repository-address.ts';
import { usePlace } from './use-place.ts';

/** A file of a revision. */
export function FilePage({ details }: { readonly details: RepositoryDetails }) {
  const { t } = useTranslation();
  const place = usePlace(details);
  const file = useRepositoryFile(place);
  return (
    <SpaceBetween size="m">
      <div className="place-bar">
        <PlaceHead place={place} section="/file" />
      </div>
      {file.error && <Failure error={file.error} retry={() => void file.refetch()} />}
      {file.isPending && <StatusIndicator type="loading">{t('loading')}</StatusIndicator>}
      {/* Another file begins anew: rendered, its first lines. */}
      {file.data && (
        <File key={`${file.data.commit.commitId}/${place.path}`} place={place} file={file.data} />
      )}
    </SpaceBetween>
  );
}

interface FileProps {
  readonly place: RepositoryPlace;
  readonly file: ViewedRepositoryFile;
}

const views = ['rendered', 'source'] as const;

function File({ place, file }: FileProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [view, setView] = useState<(typeof views)[number]>('rendered');
  const [isWrapped, setWrapped] = useState(true);
  const canRender = file.kind === 'notebook' || (file.kind === 'text' && isMarkdown(file.path));
  const isText = (canRender && view === 'source') || (file.kind === 'text' && !canRender);
  return (
    <div className="file-view">
      <div className="file-view-head">
        <CommitLine repository={place.repository} commit={file.commit} />
        <div className="file-view-acts">
          <span>{formatBytes(file.sizeBytes)}</span>
          {isText && (
            <Toggle checked={isWrapped} onChange={({ detail }) => setWrapped(detail.checked)}>
              {t('repositories.wrap')}
            </Toggle>
          )}
          {canRender && (
            <SegmentedControl
              label={t('repositories.view')}
              selectedId={view}
              options={views.map((id) => ({ id, text: t(`repositories.views.${id}`) }))}
              onChange={({ detail }) =>
                setView(views.find((id) => id === detail.selectedId) ?? view)
              }
            />
          )}
          <Button
            iconName="status-pending"
            onClick={() => void navigate(repositoryAddress(place, '/commits'))}
          >
            {t('repositories.history')}
          </Button>
          <Button iconName="download" href={rawAddress(place)} download>
            {t('repositories.download')}
          </Button>
        </div>
      </div>
      <div className="file-view-body">
        <FileContent file={file} isRendered={canRender && view === 'rendered'} {...{ isWrapped }} />
      </div>
    </div>
  );
}
