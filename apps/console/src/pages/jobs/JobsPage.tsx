import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import type { JobSchedule, Person } from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useHasJobs } from '../../api/jobs.ts';
import { useTitle } from '../../shell/use-title.ts';
import { NotFoundPage } from '../NotFoundPage.tsx';
import { JobDialog } from './JobDialog.tsx';
import { JobsTable } from './JobsTable.tsx';
import { SchedulesTable } from './SchedulesTable.tsx';

/** What the dialog is open for. */
type Writing = 'job' | 'schedule' | JobSchedule;

/** Notebooks that run without a browser, once or by a schedule. */
export function JobsPage(person: Pick<Person, 'profileName' | 'role'>) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const [writing, setWriting] = useState<Writing>();
  const hasJobs = useHasJobs(true);
  const tab = search.get('tab') ?? 'jobs';
  useTitle(t('jobs.title'));
  if (hasJobs.data === false) return <NotFoundPage />;
  const isSchedules = tab === 'schedules';
  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        description={t('jobs.explain')}
        actions={
          <Button variant="primary" onClick={() => setWriting(isSchedules ? 'schedule' : 'job')}>
            {t(isSchedules ? 'jobs.createSchedule' : 'jobs.create')}
          </Button>
        }
      >
        {t('jobs.title')}
      </Header>
      <Tabs
        ariaLabel={t('jobs.title')}
        activeTabId={tab}
        onChange={({ detail }) => setSearch({ tab: detail.activeTabId }, { replace: true })}
        tabs={[
          { id: 'jobs', label: t('jobs.list'), content: <JobsTable {...person} /> },
          {
            id: 'schedules',
            label: t('jobs.schedules.title'),
            content: <SchedulesTable {...person} edit={setWriting} />,
          },
        ]}
      />
      {writing && (
        <JobDialog
          profileName={person.profileName}
          isScheduled={writing !== 'job'}
          {...(typeof writing === 'string' ? {} : { schedule: writing })}
          close={() => setWriting(undefined)}
          saved={(kind) => setSearch({ tab: kind }, { replace: true })}
        />
      )}
    </SpaceBetween>
  );
}
