import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import type { RepositoryDetails } from '@strongroom/contracts';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useCommits } from '../../api/repositories.ts';
import { Failure } from '../../shell/Failure.tsx';
import { Moment } from '../../shell/Moment.tsx';
import { PageLink } from '../../shell/PageLink.tsx';
import { RevisionChoice } from './RevisionChoice.tsx';
import { repositoryAddress } from './repository-address.ts';
import { shortCommit } from './short-commit.ts';
import { shownName } from './shown-name.ts';
import { usePlace } from './use-place.ts';

/** The history of a revision, or of one path of it. */
export function CommitsTab({ details }: { readonly details: RepositoryDetails }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const place = usePlace(details);
  const { repository, path } = place;
  const commits = useCommits(place);
  const all = commits.data?.pages.flatMap((page) => page.commits) ?? [];
  return (
    <SpaceBetween size="m">
      <RevisionChoice
        {...place}
        choose={(revision) =>
          void navigate(repositoryAddress({ repository, revision, path }, '/commits'))
        }
      />
      {commits.error && <Failure error={commits.error} retry={() => void commits.refetch()} />}
      {(!commits.error || all.length > 0) && (
        <Table
          wrapLines
          items={all}
          trackBy="commitId"
          loading={commits.isPending}
          loadingText={t('loading')}
          header={
            <Header
              actions={
                path !== '' && (
                  <Button
                    onClick={() =>
                      void navigate(repositoryAddress({ ...place, path: '' }, '/commits'))
                    }
                  >
                    {t('repositories.allCommits')}
                  </Button>
                )
              }
            >
              <span className="long-name">
                {path === ''
                  ? t('repositories.commits')
                  : t('repositories.commitsOf', { path: shownName(path) })}
              </span>
            </Header>
          }
          empty={<Box textAlign="center">{t('repositories.noCommits')}</Box>}
          footer={
            commits.hasNextPage && (
              <div className="show-more">
                <Button
                  loading={commits.isFetchingNextPage}
                  onClick={() => void commits.fetchNextPage()}
                >
                  {t('repositories.moreCommits')}
                </Button>
              </div>
            )
          }
          columnDefinitions={[
            {
              id: 'subject',
              header: t('repositories.subject'),
              isRowHeader: true,
              minWidth: 240,
              cell: ({ commitId, subject }) => (
                <PageLink to={repositoryAddress({ repository }, `/commits/${commitId}`)}>
                  <bdi className="long-name">
                    {shownName(subject) || t('repositories.noSubject')}
                  </bdi>
                </PageLink>
              ),
            },
            {
              id: 'author',
              header: t('repositories.author'),
              minWidth: 140,
              cell: ({ author }) => <bdi className="long-name">{shownName(author)}</bdi>,
            },
            {
              id: 'when',
              header: t('repositories.authored'),
              minWidth: 120,
              cell: ({ authoredAt }) => <Moment at={authoredAt} />,
            },
            {
              id: 'commit',
              header: t('repositories.commit'),
              minWidth: 120,
              cell: ({ commitId }) => <code>{shortCommit(commitId)}</code>,
            },
          ]}
        />
      )}
    </SpaceBetween>
  );
}
