import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useTranslation } from 'react-i18next';
import { useNotebookVersions } from '../../api/repositories.ts';
import { NotebookDiff } from '../../notebooks/NotebookDiff.tsx';
import { Failure } from '../../shell/Failure.tsx';

interface NotebookChangeProps {
  readonly repository: string;
  readonly commitId: string;
  readonly path: string;
}

/** What was not there had no cells. */
const noNotebook = '{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[]}';

/** How a commit changes a notebook, cell by cell. */
export function NotebookChange({ repository, commitId, path }: NotebookChangeProps) {
  const { t } = useTranslation();
  const versions = useNotebookVersions(repository, commitId, path);
  if (versions.error)
    return <Failure error={versions.error} retry={() => void versions.refetch()} />;
  if (!versions.data) return <StatusIndicator type="loading">{t('loading')}</StatusIndicator>;
  return (
    <NotebookDiff
      before={versions.data.before ?? noNotebook}
      after={versions.data.after ?? noNotebook}
      beforeName={t('repositories.before')}
      afterName={t('repositories.after')}
    />
  );
}
