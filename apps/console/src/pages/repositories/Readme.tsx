import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { RepositoryFolder } from '@strongroom/contracts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type RepositoryPlace, useRepositoryFile } from '../../api/repositories.ts';
import { NotebookFrame } from '../../notebooks/NotebookFrame.tsx';
import { Failure } from '../../shell/Failure.tsx';
import { isMarkdown, markdownNotebook } from './markdown-notebook.ts';
import { TextFile } from './TextFile.tsx';

interface ReadmeProps {
  readonly place: RepositoryPlace;
  readonly entries: RepositoryFolder['entries'];
}

/** What a folder says about itself. */
export function Readme({ place, entries }: ReadmeProps) {
  const name = entries.find(
    ({ name, kind }) => kind === 'file' && /^readme(?:\.(?:md|markdown|txt))?$/i.test(name),
  )?.name;
  if (name === undefined) return null;
  const path = place.path === '' ? name : `${place.path}/${name}`;
  return <ReadmeFile place={{ ...place, path }} name={name} />;
}

function ReadmeFile({ place, name }: { readonly place: RepositoryPlace; readonly name: string }) {
  const { t } = useTranslation();
  const file = useRepositoryFile(place);
  const { kind, text, viewerOrigin } = file.data ?? {};
  const markdown = kind === 'text' && typeof text === 'string' && isMarkdown(name) ? text : null;
  const notebook = useMemo(
    () => (markdown === null ? undefined : markdownNotebook(markdown)),
    [markdown],
  );
  if (file.data && (kind !== 'text' || text === '')) return null;
  return (
    <Container header={<Header variant="h2">{name}</Header>}>
      {file.error && <Failure error={file.error} retry={() => void file.refetch()} />}
      {file.isPending && <StatusIndicator type="loading">{t('loading')}</StatusIndicator>}
      {notebook !== undefined && viewerOrigin !== undefined && (
        <div className="readme">
          <NotebookFrame {...{ viewerOrigin, notebook }} title={name} />
        </div>
      )}
      {markdown === null && typeof text === 'string' && (
        <TextFile name={name} text={text} isWrapped />
      )}
    </Container>
  );
}
