import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { RepositoryCommit, RepositoryDetails } from '@strongroom/contracts';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { useCommit } from '../../api/repositories.ts';
import { Failure } from '../../shell/Failure.tsx';
import { Moment } from '../../shell/Moment.tsx';
import { PageLink } from '../../shell/PageLink.tsx';
import { ChangedFileView } from './ChangedFileView.tsx';
import { repositoryAddress } from './repository-address.ts';
import { shortCommit } from './short-commit.ts';
import { shownName } from './shown-name.ts';
import { useMore } from './use-more.tsx';

const filesAtOnce = 30;

/** A commit: what it says, and what it changes against its first parent. */
export function CommitPage({ details }: { readonly details: RepositoryDetails }) {
  const { t } = useTranslation();
  const { commit: commitId = '' } = useParams();
  const repository = details.name;
  const answer = useCommit(repository, commitId);
  if (answer.error) return <Failure error={answer.error} retry={() => void answer.refetch()} />;
  if (!answer.data) return <StatusIndicator type="loading">{t('loading')}</StatusIndicator>;
  return <Commit key={commitId} repository={repository} {...answer.data} />;
}

interface CommitProps {
  readonly repository: string;
  readonly commit: RepositoryCommit;
  readonly files: Parameters<typeof ChangedFileView>[0]['file'][];
  readonly fileCount: number;
}

function Commit({ repository, commit, files, fileCount }: CommitProps) {
  const { t } = useTranslation();
  const { shown, button } = useMore(files, filesAtOnce);
  return (
    <SpaceBetween size="m">
      <Message repository={repository} commit={commit} />
      <Header variant="h3">
        {fileCount === 0
          ? t('repositories.noChangedFiles')
          : t('repositories.changedFiles', { count: fileCount })}
      </Header>
      {fileCount > files.length && (
        <Alert type="info">
          {t('repositories.notAllFiles', { shown: files.length, count: fileCount })}
        </Alert>
      )}
      {shown.map((file) => (
        <ChangedFileView
          key={`${file.oldPath}\0${file.newPath}`}
          {...{ repository, file, commit }}
        />
      ))}
      {button}
    </SpaceBetween>
  );
}

function Message({ repository, commit }: Pick<CommitProps, 'repository' | 'commit'>) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { commitId, subject, body, author, authorEmail, authoredAt, parents } = commit;
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <Button
              onClick={() => void navigate(repositoryAddress({ repository, revision: commitId }))}
            >
              {t('repositories.browseHere')}
            </Button>
          }
        >
          <bdi className="long-name">{shownName(subject) || t('repositories.noSubject')}</bdi>
        </Header>
      }
    >
      <SpaceBetween size="m">
        {body.trim() !== '' && <div className="commit-body">{body.trimEnd()}</div>}
        <KeyValuePairs
          columns={4}
          items={[
            {
              label: t('repositories.author'),
              value: (
                <>
                  <bdi className="long-name">{shownName(author)}</bdi>
                  <Box variant="small" display="block">
                    <bdi className="long-name">{shownName(authorEmail)}</bdi>
                  </Box>
                </>
              ),
            },
            { label: t('repositories.authored'), value: <Moment at={authoredAt} /> },
            {
              label: t('repositories.commit'),
              value: (
                <CopyToClipboard
                  variant="inline"
                  textToCopy={commitId}
                  textToDisplay={shortCommit(commitId)}
                  copyButtonAriaLabel={t('repositories.copyNamed', {
                    name: t('repositories.commitNamed', { commit: shortCommit(commitId) }),
                  })}
                  copySuccessText={t('copied')}
                  copyErrorText=""
                />
              ),
            },
            {
              label: t('repositories.parents'),
              value:
                parents.length === 0
                  ? t('repositories.firstCommit')
                  : parents.map((parent) => (
                      <div key={parent}>
                        <PageLink to={repositoryAddress({ repository }, `/commits/${parent}`)}>
                          {shortCommit(parent)}
                        </PageLink>
                      </div>
                    )),
            },
          ]}
        />
      </SpaceBetween>
    </Container>
  );
}
