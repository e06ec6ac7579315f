import Badge, { type BadgeProps } from '@cloudscape-design/components/badge';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import type { ChangedFile, RepositoryCommit } from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PageLink } from '../../shell/PageLink.tsx';
import { isolate } from '../shares/isolate.ts';
import { changeKind } from './change-kind.ts';
import { NotebookChange } from './NotebookChange.tsx';
import { Patch } from './Patch.tsx';
import { repositoryAddress } from './repository-address.ts';
import { shownName } from './shown-name.ts';

interface ChangedFileViewProps {
  readonly repository: string;
  readonly commit: RepositoryCommit;
  readonly file: ChangedFile;
}

/** Larger changes are opened by whoever wants to see them. */
const openUpToLines = 400;
const colours: Readonly<Record<ChangedFile['status'], NonNullable<BadgeProps['color']>>> = {
  added: 'green',
  modified: 'blue',
  deleted: 'red',
  renamed: 'grey',
  copied: 'grey',
  'type-changed': 'grey',
};

/** One file that a commit changes; what it draws is drawn only while it is open. */
export function ChangedFileView({ repository, commit, file }: ChangedFileViewProps) {
  const { t } = useTranslation();
  const { oldPath, newPath, status, addedLines, deletedLines } = file;
  const [isOpen, setOpen] = useState((addedLines ?? 0) + (deletedLines ?? 0) <= openUpToLines);
  const path = newPath ?? oldPath ?? '';
  const isMoved = (status === 'renamed' || status === 'copied') && oldPath !== null;
  return (
    <ExpandableSection
      variant="container"
      expanded={isOpen}
      onChange={({ detail }) => setOpen(detail.expanded)}
      headerText={<bdi className="long-name">{shownName(path)}</bdi>}
      headerInfo={<Badge color={colours[status]}>{t(`repositories.statuses.${status}`)}</Badge>}
      headerDescription={
        isMoved ? t('repositories.renamedFrom', { path: isolate(shownName(oldPath)) }) : ''
      }
      headerActions={
        <span className="line-counts">
          {/* Of a notebook they would be lines of its JSON. */}
          {!file.isNotebook && <LineCounts {...{ addedLines, deletedLines }} />}
          {newPath !== null && (
            <PageLink
              to={repositoryAddress(
                { repository, revision: commit.commitId, path: newPath },
                '/file',
              )}
              ariaLabel={`${t('repositories.showFile')}: ${shownName(newPath)}`}
            >
              {t('repositories.showFile')}
            </PageLink>
          )}
        </span>
      }
    >
      {isOpen && <Change {...{ repository, commit, file, path }} />}
    </ExpandableSection>
  );
}

function LineCounts({
  addedLines: added,
  deletedLines: deleted,
}: Pick<ChangedFile, 'addedLines' | 'deletedLines'>) {
  const { t } = useTranslation();
  if (added === null || deleted === null || added + deleted === 0) return null;
  return (
    <>
      <span className="visually-hidden">{t('repositories.lineCounts', { added, deleted })}</span>
      <span aria-hidden="true">
        +{added} −{deleted}
      </span>
    </>
  );
}

function Change({ repository, commit, file, path }: ChangedFileViewProps & { path: string }) {
  const { t } = useTranslation();
  const { commitId } = commit;
  const kind = changeKind(file);
  if (kind === 'notebook') return <NotebookChange {...{ repository, commitId, path }} />;
  if (kind === 'binary') return <p>{t('repositories.binaryChange')}</p>;
  if (kind === 'large') return <p>{t('repositories.largeChange')}</p>;
  if (kind === 'empty') return <p>{t('repositories.emptyFile')}</p>;
  return <Patch patch={file.patch ?? ''} name={shownName(path)} />;
}
