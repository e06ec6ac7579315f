import type { RepositoryCommit } from '@strongroom/contracts';
import { useTranslation } from 'react-i18next';
import { Moment } from '../../shell/Moment.tsx';
import { PageLink } from '../../shell/PageLink.tsx';
import { repositoryAddress } from './repository-address.ts';
import { shortCommit } from './short-commit.ts';
import { shownName } from './shown-name.ts';

interface CommitLineProps {
  readonly repository: string;
  readonly commit: RepositoryCommit;
}

/** Who changed what when, and the commit's id that leads to the rest. */
export function CommitLine({ repository, commit }: CommitLineProps) {
  const { t } = useTranslation();
  const { commitId, author, subject, authoredAt } = commit;
  return (
    <div className="commit-line">
      <bdi className="commit-line-author">{shownName(author)}</bdi>
      <span className="commit-line-subject">
        <PageLink to={repositoryAddress({ repository }, `/commits/${commitId}`)}>
          <bdi>{shownName(subject) || t('repositories.noSubject')}</bdi>
        </PageLink>
      </span>
      <span className="commit-line-end">
        <code>{shortCommit(commitId)}</code> <Moment at={authoredAt} />
      </span>
    </div>
  );
}
