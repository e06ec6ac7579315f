import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import type { Job, Person } from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cancelJob, useJobs } from '../../api/jobs.ts';
import { AskFirst } from '../../shell/AskFirst.tsx';
import { Failure } from '../../shell/Failure.tsx';
import { useIsNarrow } from '../../shell/use-is-narrow.ts';
import { JobLog } from './JobLog.tsx';
import { jobColumns } from './job-columns.tsx';

/** The newest first, with how far each is and what came of it. */
export function JobsTable({ profileName, role }: Pick<Person, 'profileName' | 'role'>) {
  const { t, i18n } = useTranslation();
  const answer = useJobs();
  const isNarrow = useIsNarrow();
  const [cancelling, setCancelling] = useState<Job>();
  const [logged, setLogged] = useState<Job>();
  const jobs = answer.data?.pages.flatMap((page) => page.jobs) ?? [];
  if (answer.error) return <Failure error={answer.error} retry={() => void answer.refetch()} />;
  return (
    <SpaceBetween size="m">
      <Table
        wrapLines
        stickyColumns={{ last: isNarrow ? 0 : 1 }}
        items={jobs}
        trackBy="jobId"
        loading={answer.isPending}
        loadingText={t('loading')}
        header={
          <Header counter={`(${jobs.length}${answer.hasNextPage ? '+' : ''})`}>
            {t('jobs.list')}
          </Header>
        }
        columnDefinitions={jobColumns({
          ...{ t, language: i18n.language, profileName },
          ...{ seesAll: role !== 'data-scientist', isNarrow },
          acts: { cancel: setCancelling, showLog: setLogged },
        })}
        empty={
          <Box textAlign="center">
            <b>{t('jobs.empty')}</b>
            <Box variant="p">{t('jobs.emptyHint')}</Box>
          </Box>
        }
        footer={
          answer.hasNextPage && (
            <Box textAlign="center">
              <Button
                loading={answer.isFetchingNextPage}
                onClick={() => void answer.fetchNextPage()}
              >
                {t('logs.more')}
              </Button>
            </Box>
          )
        }
      />
      {logged && <JobLog job={logged} close={() => setLogged(undefined)} />}
      {cancelling && (
        <AskFirst
          title={t('jobs.cancel.title', { name: cancelling.definition.name })}
          confirm={t('jobs.cancel.action')}
          close={() => setCancelling(undefined)}
          act={() => cancelJob(cancelling.jobId)}
        >
          {t('jobs.cancel.text')}
        </AskFirst>
      )}
    </SpaceBetween>
  );
}
